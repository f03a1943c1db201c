//! The township: areas, households, people, staff, and what was recorded of them, when.

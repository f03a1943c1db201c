//! Invented towns for trying things out: Mangbang by its timeline, or any size.

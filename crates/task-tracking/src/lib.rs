//! Drives programmes item by item to completion, and says what is left.

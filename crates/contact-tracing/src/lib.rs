//! Finds whom a case may have infected, and by which path.

//! One pure function: everything known up to a day in, the day's whole response out.

mod records;

pub use records::Records;

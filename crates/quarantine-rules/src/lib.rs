//! Says what holds for a person on a day, by which clause and which facts.

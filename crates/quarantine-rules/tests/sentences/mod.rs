//! What every sentence is held to: the same figures in both languages, no key words.

#![allow(dead_code, reason = "each file of tests uses its own part")]

use std::sync::LazyLock;

use quarantine_rules::{Books, CountedFrom, FactName, Measure, OrderEventKind, Subject};

/// The shipped books, read once.
pub(crate) fn books() -> &'static Books {
    static BOOKS: LazyLock<Books> = LazyLock::new(|| Books::shipped().unwrap());
    &BOOKS
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Every whole number of a text in order of size; the name of a month counts as its number, and a
/// date written with hyphens as three.
pub(crate) fn numbers_in(text: &str) -> Vec<u64> {
    let mut numbers = Vec::new();
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        let month = MONTHS.iter().position(|month| *month == word);
        numbers.extend(month.map(|month| month as u64 + 1));
        let digits = word.split(|letter: char| !letter.is_ascii_digit());
        numbers.extend(digits.filter_map(|digits| digits.parse::<u64>().ok()));
    }
    numbers.sort_unstable();
    numbers
}

/// The text without what it quotes from a book.
pub(crate) fn quoted_apart(text: &str) -> String {
    let mut own = String::new();
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '“' => quoted = true,
            '”' => quoted = false,
            letter if !quoted => own.push(letter),
            _ => {}
        }
    }
    own
}

/// The key words of the tables that stand in a text.
pub(crate) fn keywords_in(text: &str) -> Vec<&'static str> {
    let all = [
        FactName::WORDS,
        Measure::WORDS,
        Subject::WORDS,
        CountedFrom::WORDS,
        OrderEventKind::WORDS,
    ];
    // Words without an underscore are plain English, as "age" or "onset" are.
    let keys = all.into_iter().flatten().filter(|word| word.contains('_'));
    keys.copied().filter(|word| text.contains(*word)).collect()
}

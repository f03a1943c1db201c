//! Identities that can belong to nobody.
//!
//! Names are put together from two lists. Identity numbers begin with 539, a stretch of regions
//! of Yunnan that GB/T 2260 has never given to any prefecture, and are otherwise well formed.
//! Telephones begin with 154, a range of mobile numbers no operator has been given.

use register::{Entry, Register};

use crate::chance::Chance;
use crate::names::{person_name, surnames};
use crate::people::People;

/// An entry for every person, by the keys given.
pub(crate) fn register(people: &People, keys: &[String], chance: &mut Chance) -> Register {
    let mut entries = Vec::with_capacity(keys.len());
    let (mut home, mut surname) = (None, 0);
    for (person, key) in keys.iter().enumerate() {
        let own = people.home(person);
        // A household shares a surname but for those who married into it.
        if own.is_none() || own != home {
            (home, surname) = (own, chance.below(surnames()));
        }
        let married_in = chance.in_thousand(300);
        let shown = if married_in {
            chance.below(surnames())
        } else {
            surname
        };
        let name = person_name(shown, chance);
        let number = identity_number(people, person, chance);
        let telephone = format!(
            "154{:08}",
            (person as u64 * 7_919 + 20_200_122) % 100_000_000
        );
        entries.push(Entry::new(key, &name, &number, &telephone));
    }
    // Each key is there once, so nothing is refused.
    let (register, refused) = Register::build(entries);
    debug_assert!(refused.is_empty(), "{refused:?}");
    register
}

/// A number of a region that does not exist, with the person's year of birth.
fn identity_number(people: &People, person: usize, chance: &mut Chance) -> String {
    let born = people.rows[person].birth_year.unwrap_or(1970);
    let (month, day) = (chance.between(1, 12), chance.between(1, 28));
    let region = person / 1_000 % 1_000;
    let number = format!(
        "539{region:03}{born:04}{month:02}{day:02}{:03}",
        person % 1_000
    );
    let check = check_character(&number);
    number + check
}

/// The check character of GB 11643-1999 (ISO 7064, MOD 11-2).
fn check_character(number: &str) -> &'static str {
    const CHARACTERS: [&str; 11] = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"];
    let doubled =
        |sum: usize, digit: char| (sum + digit.to_digit(10).unwrap_or(0) as usize) * 2 % 11;
    CHARACTERS[number.chars().fold(0, doubled)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_is_that_of_the_standards_own_examples() {
        assert_eq!(check_character("11010519491231002"), "X");
        assert_eq!(check_character("44052418800101001"), "4");
    }
}

//! Who is who stays in the register; who is under what stays inside.

use std::collections::BTreeSet;

use line_list::Limits;
use outbreak_response::{Day, Records};
use register::{Entry, Register};
use reporting::{Edition, Language, to_html, to_markdown};
use synthetic_township::{Town, scaled};
use township_folder::{Extras, File, read, write};

use crate::support::{all_files, evening, internal_files, on, page, public_files};

/// The words of a page that could be keys.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// A town whose every person and household has a key that no page could hold by chance, and
/// whose every identity is a secret one would know again.
fn planted() -> Town {
    let town = scaled(300, 9);
    let people = town.township.people();
    let entries = (0..people.len()).map(|number| {
        Entry::new(
            people.id(number),
            &format!("密名{number}"),
            &format!("SECRETID{number:06}"),
            &format!("SECRETTEL{number:06}"),
        )
    });
    let (register, _) = Register::build(entries.collect());
    assert_eq!(register.len(), people.len());
    Town { register, ..town }
}

fn holds_no_secret(what: &str, text: &str) {
    for secret in ["密名", "SECRETID", "SECRETTEL"] {
        assert!(!text.contains(secret), "{what} holds {secret}");
    }
}

#[test]
fn no_public_file_names_a_person_or_a_household() {
    let town = scaled(300, 9);
    let (township, records) = (&town.township, &town.records);
    let (people, homes) = (township.people(), township.households());
    let keys: BTreeSet<&str> = (0..people.len())
        .map(|number| people.id(number))
        .chain((0..homes.len()).map(|number| homes.id(number)))
        .collect();
    let mut seen_inside = 0;
    for date in [on(1, 31), on(2, 12), on(2, 29)] {
        let found = evening(township, records, date);
        for (name, text) in public_files(township, records, &found) {
            let named: Vec<&str> = words(&text).intersection(&keys).copied().collect();
            assert!(named.is_empty(), "{date}, {name}: {named:?}");
            for entry in town.register.iter() {
                for known in [entry.name(), entry.identity_number(), entry.telephone()] {
                    assert!(
                        known.is_none_or(|known| !text.contains(known)),
                        "{date}, {name}"
                    );
                }
            }
        }
        for (_, text) in internal_files(township, records, &found) {
            seen_inside += words(&text).intersection(&keys).count();
        }
    }
    assert!(
        seen_inside > 100,
        "the keys are such that a page that holds them is found out"
    );
}

#[test]
fn no_output_whatever_holds_a_name_an_identity_number_or_a_telephone() {
    let town = planted();
    let files = write(
        &town.township,
        &town.records,
        &town.register,
        &Extras::default(),
    );
    let mut kept = 0;
    let mut spoilt: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, bytes) in files {
        let mut text = String::from_utf8(bytes).unwrap();
        if name.starts_with("register") {
            assert!(text.contains("SECRETTEL"));
            kept += 1;
            // Rows that will be refused: of nobody, twice, too long.
            text.push_str("NOBODY,密名甲,SECRETID甲,SECRETTEL甲\n");
            let first = text.lines().nth(1).unwrap().to_owned();
            text.push_str(&format!("{first}\n,密名乙,SECRETID乙,SECRETTEL乙,more\n"));
        } else {
            holds_no_secret(name.as_ref(), &text);
        }
        spoilt.push((name.to_string(), text.into_bytes()));
    }
    assert_eq!(kept, 1, "the register alone is who is who");
    let files: Vec<File<'_>> = spoilt
        .iter()
        .map(|(name, bytes)| File { name, bytes })
        .collect();
    let folder = read(&files, &Limits::standard());
    assert!(folder.rejected.len() >= 2, "{:?}", folder.rejected);
    for refused in &folder.rejected {
        holds_no_secret("a refusal", &refused.to_string());
    }
    for warning in &folder.warnings {
        holds_no_secret("a warning", &warning.to_string());
    }
    let rejected = township_folder::write_rejected(&folder.rejected);
    holds_no_secret("rejected.csv", std::str::from_utf8(&rejected).unwrap());
    holds_no_secret("Debug of a folder", &format!("{folder:?}"));
    for date in [on(2, 5), on(2, 29)] {
        let found: Day = evening(&folder.township, &folder.records, date);
        for (name, text) in all_files(&folder.township, &folder.records, &found) {
            holds_no_secret(&name, &text);
        }
        holds_no_secret("Debug of a day", &format!("{found:?}"));
    }
}

#[test]
fn every_internal_page_says_that_it_goes_no_further() {
    let town = scaled(300, 9);
    let (township, records): (_, &Records) = (&town.township, &town.records);
    let found = evening(township, records, on(2, 29));
    let warnings = ["内部使用 不得外传", "Internal, do not forward"];
    for (language, warning) in Language::ALL.into_iter().zip(warnings) {
        let inside = page(township, records, &found, Edition::Internal);
        assert!(to_html(&inside, language).unwrap().contains(warning));
        assert!(to_markdown(&inside, language).contains(warning));
        let outside = page(township, records, &found, Edition::Public);
        assert!(!to_html(&outside, language).unwrap().contains(warning));
    }
}

#[test]
fn no_public_page_holds_a_list() {
    let town = scaled(300, 9);
    let found = evening(&town.township, &town.records, on(2, 29));
    let outside = page(&town.township, &town.records, &found, Edition::Public);
    assert!(
        outside
            .sections
            .iter()
            .all(|section| section.lists.is_empty())
    );
    assert!(outside.corrections.is_none());
    let inside = page(&town.township, &town.records, &found, Edition::Internal);
    let lists: usize = inside
        .sections
        .iter()
        .map(|section| section.lists.len())
        .sum();
    assert_eq!(
        lists + 1,
        found.lists(&town.township, &town.records).len(),
        "none is lost"
    );
}

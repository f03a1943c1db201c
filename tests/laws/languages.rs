//! Both languages carry the same numbers.

use grid_model::AsOf;
use outbreak_response::{Policy, day};
use reporting::number::print_day;
use reporting::{Edition, Language};

use crate::support::{MANGBANG, SMALL, on, page};

/// The numbers a sentence says, in order of size, and how often it says none and withheld.
fn numbers(text: &str, date: &str, language: Language) -> (Vec<String>, usize, usize) {
    // Midnight and the whole day are words with digits in Chinese.
    let text = text
        .replace(date, "")
        .replace("24时", "")
        .replace("24小时", "");
    let (none, withheld) = match language {
        Language::Chinese => ("无", "不公开"),
        Language::English => ("none", "withheld"),
    };
    let is_part = |letter: char| letter.is_ascii_digit() || ",.−".contains(letter);
    let mut found: Vec<String> = text
        .split(|letter: char| !is_part(letter))
        .map(|number| number.trim_matches([',', '.']).to_owned())
        .filter(|number| number.chars().any(|letter| letter.is_ascii_digit()))
        .collect();
    found.sort_unstable();
    (
        found,
        text.matches(none).count(),
        text.matches(withheld).count(),
    )
}

#[test]
fn every_sentence_says_the_same_numbers_in_both_languages() {
    let policy = Policy::tengchong_2020().unwrap();
    let mut said = 0;
    for (town, date) in [
        (&*MANGBANG, on(2, 29)),
        (&*SMALL, on(2, 6)),
        (&*SMALL, on(2, 29)),
    ] {
        let found = day(&town.township, &town.records, &policy, AsOf::on(date));
        for edition in [Edition::Public, Edition::Internal] {
            let page = page(&town.township, &town.records, &found, edition);
            let sentences = page.sections.iter().flat_map(|section| &section.sentences);
            // Claims and headings hold the Chinese "no" as part of other words.
            let with_figures = sentences.filter(|sentence| {
                sentence.text.en.contains(':')
                    || sentence.text.zh.contains(|one: char| one.is_ascii_digit())
            });
            for sentence in with_figures {
                let [zh, en] = Language::ALL.map(|language| {
                    let text = sentence.text.in_language(language);
                    numbers(text, &print_day(date, language), language)
                });
                assert_eq!(
                    (&zh.0, zh.2),
                    (&en.0, en.2),
                    "{}: {:?}",
                    sentence.key,
                    sentence.text
                );
                said += zh.0.len();
            }
        }
    }
    assert!(said > 200, "{said}");
}

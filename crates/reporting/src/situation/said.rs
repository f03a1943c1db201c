//! The sentences of a situation report, in both languages.

use super::{Fatality, Situation};
use crate::{Language, Text, number};

/// A count with its digits grouped; more than fits a page is the most that fits.
fn digits(count: u64) -> String {
    number::group_digits(i64::try_from(count).unwrap_or(i64::MAX))
}

/// "no cases", "1 case", "2 cases".
fn of(count: u64, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{} {many}", digits(count)),
    }
}

/// "无", "2例".
fn zh(count: u64, unit: &str) -> String {
    match count {
        0 => "无".to_owned(),
        _ => format!("{}{unit}", digits(count)),
    }
}

/// What was read, and that nothing of it was lost.
pub(super) fn rows(situation: &Situation) -> Text {
    let (read, accepted, rejected) = (situation.read, situation.accepted(), situation.rejected);
    Text::new(
        format!(
            "共读入{}行：采用{}，未采用{}。",
            digits(read),
            zh(accepted, "行"),
            zh(rejected, "行"),
        ),
        format!(
            "Of {} read, {} accepted and {} refused.",
            of(read, "row", "rows"),
            were(accepted),
            were(rejected),
        ),
    )
}

fn were(count: u64) -> String {
    match count {
        0 => "none was".to_owned(),
        1 => "1 was".to_owned(),
        _ => format!("{} were", digits(count)),
    }
}

/// From the first onset to the last.
pub(super) fn onsets(situation: &Situation) -> Text {
    let Some((first, last)) = situation.onsets else {
        return Text::new("发病日期：不详。", "No day of onset is known.");
    };
    let day = |day, language| number::print_day(day, language);
    Text::new(
        format!(
            "发病日期从{}到{}。",
            day(first, Language::Chinese),
            day(last, Language::Chinese)
        ),
        format!(
            "Onset was from {} to {}.",
            day(first, Language::English),
            day(last, Language::English)
        ),
    )
}

/// How many died among those whose outcome is known.
pub(super) fn fatality(situation: &Situation) -> Text {
    let Some(found) = situation.case_fatality() else {
        return Text::new(
            "转归均不详：死亡数和病死率不详。",
            "No outcome is known, so deaths and case fatality are unknown.",
        );
    };
    let Fatality {
        deaths,
        known_outcomes: known,
        ..
    } = found;
    let [share, low, high] = [found.share, found.low, found.high].map(number::print_share);
    Text::new(
        format!(
            "转归已知{}，其中死亡{}；病死率{share}（95%区间{low}至{high}）。",
            zh(known, "例"),
            zh(deaths, "例"),
        ),
        format!(
            "Of {} with a known outcome, {} died: a case fatality of {share} (95% interval {low} to {high}).",
            of(known, "case", "cases"),
            if deaths == 0 {
                "none".to_owned()
            } else {
                digits(deaths)
            },
        ),
    )
}

/// What is missing, each said, none as none.
pub(super) fn missing(situation: &Situation) -> Vec<(&'static str, Text)> {
    let unknown = |counts: std::collections::BTreeMap<&str, u64>| {
        counts.get(super::UNKNOWN).copied().unwrap_or(0)
    };
    let outcomes = situation.accepted() - situation.known_outcomes();
    let one = |key, count: u64, zh_what: &str, en_what: &str| {
        let zh = format!("缺{zh_what}：{}。", zh(count, "例"));
        let en = format!(
            "Without {en_what}: {}.",
            match count {
                0 => "none".to_owned(),
                _ => of(count, "case", "cases"),
            }
        );
        (key, Text::new(zh, en))
    };
    vec![
        one(
            "missing_onset",
            situation.missing_onset,
            "发病日期",
            "a day of onset",
        ),
        one(
            "missing_class",
            unknown(situation.by_class()),
            "病例分类",
            "a class",
        ),
        one(
            "missing_place",
            unknown(situation.by_place()),
            "地点",
            "a place",
        ),
        one("missing_outcome", outcomes, "转归", "a known outcome"),
    ]
}

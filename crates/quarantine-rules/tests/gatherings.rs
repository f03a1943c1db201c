//! Weddings, funerals and markets by the book in force.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod sentences;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use quarantine_rules::{Books, GatheringAdvice, GatheringKind, Language, explain_gathering};
use sentences::{books, numbers_in, quoted_apart};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const HEAD: &str =
    "authority = \"V\"\nparent = \"T\"\nname_zh = \"某村\"\nname_en = \"A village\"\n";
const TOWN: &str = "authority = \"T\"\nname_zh = \"某镇\"\nname_en = \"A town\"\n";

fn clause(id: &str, from: &str, until: &str, kind: &str, advice: &str, limit: &str) -> String {
    let line = |key: &str, value: &str| match value {
        "" => String::new(),
        value => format!("{key} = {value}\n"),
    };
    format!(
        "[[gathering]]\nid = \"{id}\"\nedition = \"notice 2021-01-08\"\nfrom = {from}\n{}kinds = [\"{kind}\"]\n\
         advice = \"{advice}\"\n{}source = \"a notice\"\nconfidence = \"verified\"\n",
        line("until", until),
        line("limit_persons", limit)
    )
}

#[test]
fn the_shipped_book_puts_celebrations_off_and_speaks_of_no_market() {
    let ask = |kind, on| books().gathering("CN-YN-TC-MB", kind, date(on));
    let wedding = ask(GatheringKind::Wedding, "2020-01-24");
    assert_eq!(wedding.advice, GatheringAdvice::Postpone);
    assert_eq!(
        wedding.clause.as_ref().unwrap().id.as_ref(),
        "MB-CELEBRATIONS"
    );
    assert_eq!(
        ask(GatheringKind::Funeral, "2020-02-24").advice,
        GatheringAdvice::KeepSimple
    );
    assert_eq!(
        ask(GatheringKind::Wedding, "2020-01-23").advice,
        GatheringAdvice::NoRule
    );
    let market = ask(GatheringKind::Market, "2020-02-24");
    assert_eq!(
        (market.advice, market.limit_persons(), market.admits(3)),
        (GatheringAdvice::NoRule, None, None)
    );
    assert_eq!(
        explain_gathering(&market, books(), Language::Chinese),
        "2020年2月24日没有查到适用于集市的现行条款。没有规定不等于准许或禁止，请报上级研究决定。"
    );
    assert_eq!(
        explain_gathering(&wedding, books(), Language::Chinese),
        "依据芒棒镇规定MB-CELEBRATIONS条（2020年1月24日起的做法），2020年1月24日的婚事应推迟举办。\
         条款出处：“the town's bulletin of 1 March 2020 (over 100 celebrations put off, funerals kept simple); first day from knowledge”。"
    );
}

#[test]
fn a_limit_in_persons_is_said_with_its_clause_and_holds_on_its_days_alone() {
    let text = format!(
        "{TOWN}{}",
        clause(
            "T-F",
            "2021-01-08",
            "2021-03-31",
            "funeral",
            "keep_simple",
            "30"
        )
    );
    let books = Books::from_toml(&[("t.toml", text)]).unwrap();
    let ask = |on| books.gathering("T", GatheringKind::Funeral, date(on));
    let found = ask("2021-03-30");
    assert_eq!(
        (found.limit_persons(), found.admits(30), found.admits(31)),
        (Some(30), Some(true), Some(false))
    );
    assert_eq!(
        explain_gathering(&found, &books, Language::English),
        "Under clause T-F of A town (notice 8 January 2021) a funeral of 30 March 2021 is to be kept \
         simple and to the smallest circle, with no more than 30 people at one time. Source of the \
         clause: “a notice”."
    );
    assert_eq!(ask("2021-03-31").advice, GatheringAdvice::NoRule);
    assert_eq!(ask("2021-01-07").advice, GatheringAdvice::NoRule);
}

#[test]
fn each_mistake_of_a_clause_is_located() {
    let wrong = clause("T-1", "2021-01-08", "2021-01-01", "picnic", "forbid", "-5");
    let put_off = clause("T-2", "2021-01-08", "", "wedding", "postpone", "20");
    let again = clause("T-2", "2021-02-08", "", "wedding", "postpone", "");
    let endless = clause(
        "T-3",
        "2021-01-08",
        "",
        "market",
        "allowed",
        "10000000000000",
    );
    let text = format!("{TOWN}{wrong}{put_off}{again}{endless}");
    let errors = Books::from_toml(&[("t.toml", text)]).unwrap_err();
    let told: Vec<String> = errors.errors.iter().map(ToString::to_string).collect();
    let has = |part: &str| told.iter().any(|error| error.contains(part));
    assert!(
        has("t.toml, line 8, gathering \"T-1\", until: 2021-01-01 will not do"),
        "{told:#?}"
    );
    assert!(
        has(
            "kinds: [\"picnic\"] will not do; write kinds as [\"wedding\"], out of wedding, funeral, market, other"
        ),
        "{told:#?}"
    );
    assert!(has("advice: \"forbid\" will not do"), "{told:#?}");
    assert!(has("limit_persons: -5 will not do"), "{told:#?}");
    assert!(
        has("gathering \"T-2\", limit_persons: 20 will not do; leave it out"),
        "{told:#?}"
    );
    assert!(
        has("limit_persons: 10000000000000 will not do"),
        "{told:#?}"
    );
    let text = format!(
        "{TOWN}{}{again}",
        clause("T-2", "2021-01-08", "", "wedding", "postpone", "")
    );
    let errors = Books::from_toml(&[("t.toml", text)]).unwrap_err();
    assert!(
        errors
            .to_string()
            .contains("clause \"T-2\", id: it is used in t.toml too"),
        "{errors}"
    );
}

#[derive(Clone, Debug)]
struct Drawn {
    town: bool,
    from: u64,
    days: Option<u64>,
    kind: GatheringKind,
    advice: GatheringAdvice,
    limit: Option<u32>,
}

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let advice = prop::sample::select(&GatheringAdvice::ALL[1..]);
    let one = (
        any::<bool>(),
        0..20u64,
        prop::option::of(1..10u64),
        prop::sample::select(GatheringKind::ALL),
        advice,
        prop::option::of(1..50u32),
    );
    let one = one.prop_map(|(town, from, days, kind, advice, limit)| Drawn {
        town,
        from,
        days,
        kind,
        advice,
        limit: limit.filter(|_| advice != GatheringAdvice::Postpone),
    });
    prop::collection::vec(one, 0..8)
}

fn day(number: u64) -> NaiveDate {
    date("2021-01-01") + Days::new(number)
}

fn written(clauses: &[Drawn], town: bool) -> String {
    let of = clauses
        .iter()
        .enumerate()
        .filter(|(_, one)| one.town == town);
    let text: Vec<String> = of
        .map(|(index, one)| {
            let until = one
                .days
                .map_or(String::new(), |days| day(one.from + days).to_string());
            let limit = one.limit.map_or(String::new(), |limit| limit.to_string());
            let id = format!("C{index}");
            clause(
                &id,
                &day(one.from).to_string(),
                &until,
                one.kind.word(),
                one.advice.word(),
                &limit,
            )
        })
        .collect();
    text.concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_narrowest_then_the_latest_then_the_strictest_clause_governs(
        clauses in drawn(),
        on in 0..30u64,
        kind in prop::sample::select(GatheringKind::ALL),
    ) {
        let files = [
            ("v.toml", format!("{HEAD}{}", written(&clauses, false))),
            ("t.toml", format!("{TOWN}{}", written(&clauses, true))),
        ];
        let books = Books::from_toml(&files).unwrap();
        let found = books.gathering("V", kind, day(on));
        // Slow and plain: cross out whatever is beaten.
        let mut best: Option<&Drawn> = None;
        for one in &clauses {
            let in_force = one.from <= on && one.days.is_none_or(|days| on < one.from + days);
            if one.kind != kind || !in_force {
                continue;
            }
            let limit = |one: &Drawn| one.limit.unwrap_or(u32::MAX);
            let beats = best.is_none_or(|other| {
                if one.town != other.town { return other.town; }
                if one.from != other.from { return one.from > other.from; }
                if one.advice != other.advice { return one.advice > other.advice; }
                limit(one) < limit(other)
            });
            if beats { best = Some(one); }
        }
        prop_assert_eq!(found.advice, best.map_or(GatheringAdvice::NoRule, |one| one.advice));
        prop_assert_eq!(found.limit_persons(), best.and_then(|one| one.limit));
        let [zh, en] = [Language::Chinese, Language::English].map(|language| explain_gathering(&found, &books, language));
        prop_assert_eq!(numbers_in(&zh), numbers_in(&en), "\n{}\n{}", &zh, &en);
        prop_assert!(!quoted_apart(&zh).contains('_') && !quoted_apart(&en).contains('_'));
    }
}

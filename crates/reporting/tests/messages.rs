//! Sentences are right in both languages, or they are errors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

use chrono::NaiveDate;
use reporting::messages::{Args, MessageError, Messages};
use reporting::{FigureValue, Text};

const ZH: &str =
    "missed = 漏查{ $n }户。\nday = { $day }，{ $place }。\nmoney = 收到捐款{ $yuan }元。";
const EN: &str = "missed = { $n ->
    [one] { $n } household was missed.
   *[other] { $n } households were missed.
 }
day = { $place }, { $day }.
money = Donations of { $yuan } yuan.
";

fn messages() -> Messages {
    Messages::new(ZH, EN).unwrap()
}

fn missed(args: &Args) -> Text {
    messages().text("missed", args).unwrap()
}

#[test]
fn digits_are_grouped_and_plurals_still_chosen() {
    let one = missed(&Args::new().count("n", 1));
    assert_eq!(one, Text::new("漏查1户。", "1 household was missed."));
    let many = missed(&Args::new().count("n", 9_681));
    assert_eq!(
        many,
        Text::new("漏查9,681户。", "9,681 households were missed.")
    );
}

#[test]
fn none_and_unknown_are_words_never_zero() {
    let none = missed(&Args::new().count_or_none("n", Some(0)));
    assert_eq!(none, Text::new("漏查无户。", "no households were missed."));
    let unknown = missed(&Args::new().count_or_none("n", None));
    assert_eq!(unknown.en, "unknown households were missed.");
    let withheld = missed(&Args::new().figure("n", FigureValue::Suppressed));
    assert_eq!(withheld.en, "withheld households were missed.");
    assert_eq!(withheld.zh, "漏查不公开户。");
}

#[test]
fn days_money_and_names_follow_the_language() {
    let day = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap();
    let args = Args::new()
        .date("day", day)
        .text("place", &Text::new("芒棒镇", "Mangbang"));
    let text = messages().text("day", &args).unwrap();
    assert_eq!(
        text,
        Text::new("2020年2月29日，芒棒镇。", "Mangbang, 29 February 2020.")
    );
    let args = Args::new().hundredths("yuan", 14_500_000);
    let money = messages().text("money", &args).unwrap();
    assert_eq!(money.en, "Donations of 145,000 yuan.");
}

#[test]
fn no_invisible_mark_is_put_round_an_argument() {
    let text = missed(&Args::new().count("n", 5));
    assert!(
        text.zh
            .chars()
            .all(|c| !('\u{2066}'..='\u{2069}').contains(&c))
    );
}

#[test]
fn a_missing_argument_names_the_message_and_the_argument() {
    let error = messages().text("missed", &Args::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "message \"missed\" asks for $n, which was not given"
    );
    let error = messages().text("mised", &Args::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "message \"mised\" is not defined; add it to both languages"
    );
}

#[test]
fn a_count_that_would_lose_digits_is_refused() {
    let greatest = 1 << 53;
    assert!(
        missed(&Args::new().count("n", greatest))
            .zh
            .contains("9,007,199,254,740,992")
    );
    let error = messages()
        .text("missed", &Args::new().count("n", greatest + 1))
        .unwrap_err();
    assert!(matches!(error, MessageError::CountTooLarge { .. }));
}

#[test]
fn every_fault_of_both_sources_is_told_at_once() {
    let zh = "a = 甲{ $x }\nb = 乙\nc = 丙\nc = 丁\n";
    let en = "a = A { $y }\nd = D\nc = C\n}{ = broken\n";
    let error = Messages::new(zh, en).unwrap_err();
    let told = error.to_string();
    for part in [
        "message \"a\" uses $x in zh-CN and $y in en; use the same arguments in both",
        "message \"b\" is only in zh-CN; add it to the other language",
        "message \"d\" is only in en; add it to the other language",
        "message \"c\" is defined twice in zh-CN; keep one",
        "en source 1, line 4",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert_eq!(error.faults.len(), 5);
}

#[test]
fn arguments_are_followed_into_repeated_messages() {
    let zh = "who = { $n }人\nall = 共{ who }";
    let en = "who = { $n } people\nall = { who } in all";
    let messages = Messages::from_sources(&[(zh, en), ("x = 甲", "x = X")]).unwrap();
    let text = messages.text("all", &Args::new().count("n", 28)).unwrap();
    assert_eq!(text, Text::new("共28人", "28 people in all"));
    assert!(Messages::new(zh, "who = people\nall = all").is_err());
    assert!(messages.has("x") && !messages.has("y"));
}

#[test]
fn messages_are_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let messages = messages();
    shared(&messages);
    let texts: Vec<Text> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| messages.text("missed", &Args::new().count("n", 2)).unwrap()))
            .collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(texts.windows(2).all(|pair| pair[0] == pair[1]));
}

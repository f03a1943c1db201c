//! Decisions in sentences: word for word, and the laws that hold of every sentence.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod sentences;
mod table;

use proptest::prelude::*;
use quarantine_rules::{
    Books, FactName, Facts, Inquiry, Language, Subject, Unknown, decide, explain,
};
use sentences::{books, keywords_in, numbers_in, quoted_apart};
use table::{facts_folder, read_csv};

const TOWN: &str = "CN-YN-TC-MB";

fn facts_of(subject: Subject, facts: &[(FactName, &str)]) -> Facts {
    let mut person = Facts::new(subject);
    for (fact, cell) in facts {
        person.read(*fact, cell).unwrap();
    }
    person
}

fn both(authority: &str, disease: &str, facts: &Facts, on: &str, unknown: Unknown) -> [String; 2] {
    let inquiry = Inquiry {
        books: books(),
        authority,
        disease,
        subject: facts.subject,
        as_of: on.parse().unwrap(),
    };
    let decision = decide(books(), authority, disease, facts, inquiry.as_of, unknown);
    [Language::Chinese, Language::English].map(|language| explain(&decision, &inquiry, language))
}

fn told(subject: Subject, facts: &[(FactName, &str)], on: &str) -> [String; 2] {
    let facts = facts_of(subject, facts);
    both(TOWN, "COVID-19", &facts, on, Unknown::Undetermined)
}

const HUBEI: &[(FactName, &str)] = &[
    (FactName::ArrivalDate, "2020-01-25"),
    (FactName::ArrivalTime, "18:00"),
    (FactName::ViaHubei, "yes"),
];

#[test]
fn a_governing_clause_says_measure_days_clause_and_facts() {
    let [zh, en] = told(Subject::LocalReturnee, HUBEI, "2020-01-31");
    assert_eq!(
        zh,
        "依据芒棒镇规定MB-HUBEI条（2020年1月24日起的做法），对该外来（返乡）人员实行集中隔离，地点为镇集中隔离点。\
         期限自抵达之日起算：2020年1月25日为第0天，条款规定14天，最后一天为2020年2月8日，自2020年2月9日00:00起解除。\
         2020年1月31日当日适用集中隔离。\
         认定的事实：抵达日期：2020年1月25日；抵达时间：18:00；是否来自或途经湖北：是。\
         条款出处：“the town's bulletin of 1 March 2020”，已与出处核对。"
    );
    assert_eq!(
        en,
        "Under clause MB-HUBEI of Mangbang Township (practice from 24 January 2020) this arrival \
         from outside the city is placed under central quarantine at the township's site. Days are \
         counted from the arrival: 25 January 2020 is day 0, the clause sets 14 days, and \
         8 February 2020 is the last day; the person is free from 00:00 on 9 February 2020. On \
         31 January 2020 what applies is central quarantine. Facts relied on: day of arrival: \
         25 January 2020; time of arrival: 18:00; whether the way led through Hubei: yes. Source of \
         the clause: “the town's bulletin of 1 March 2020”, where it was read."
    );
}

#[test]
fn an_open_question_says_what_holds_meanwhile_and_what_to_find_out() {
    let [zh, en] = told(Subject::LocalReturnee, &HUBEI[..2], "2020-01-31");
    assert_eq!(
        zh,
        "事实尚未查清，暂不能确定适用哪一条款。\
         查清之前不予放行，按仍可能适用的最严措施执行：集中隔离（镇集中隔离点），最后一天为2020年2月8日，\
         依据芒棒镇规定MB-HUBEI条（2020年1月24日起的做法）。请先查明：是否来自或途经湖北。\
         查清后可能适用：MB-HUBEI条（集中隔离）、TC-JAN-HOME条（居家隔离观察）。\
         条款出处：“the town's bulletin of 1 March 2020”，已与出处核对。"
    );
    assert!(en.contains("the person is not let go"), "{en}");
    assert!(
        en.contains("To find out first: whether the way led through Hubei. "),
        "{en}"
    );
    assert!(
        en.contains(
            "clause MB-HUBEI (central quarantine) or clause TC-JAN-HOME (home observation)"
        ),
        "{en}"
    );
}

#[test]
fn no_rule_is_not_no_measure_and_says_whether_the_books_claim_to_cover_it() {
    // Tengchong claims to cover returnees from 24 January on, so that a day before lies outside.
    let [zh, en] = told(Subject::LocalReturnee, HUBEI, "2020-01-23");
    assert_eq!(
        zh,
        "2020年1月23日在芒棒镇及其上级的现行规定中，没有查到适用于新冠肺炎（COVID-19）外来（返乡）人员的条款。\
         此类人员当日不在所收录规定声明的适用范围之内。没有规定不等于规定不采取措施，应报上级研究决定。"
    );
    assert_eq!(
        en,
        "On 23 January 2020 no clause in force of Mangbang Township or the authorities above it \
         speaks of this person (COVID-19, arrival from outside the city). The books do not claim to \
         cover such people on that day. That there is no rule does not mean that the rule asks for \
         nothing: ask the authority above."
    );
    let [zh, en] = told(Subject::RiskAreaTraveller, HUBEI, "2023-02-01");
    assert!(zh.contains("不采取措施"), "{zh}");
    assert!(en.contains("no measure is taken"), "{en}");
}

#[test]
fn a_gap_inside_the_scope_is_called_a_gap() {
    let book = "authority = \"X\"\nname_zh = \"某镇\"\nname_en = \"A town\"\n\
        [[scope]]\ndisease = \"mpox\"\nsubjects = [\"close_contact\"]\nfrom = 2022-01-01\n";
    let books = Books::from_toml(&[("x.toml", book)]).unwrap();
    let facts = Facts::new(Subject::CloseContact);
    let inquiry = Inquiry {
        books: &books,
        authority: "X",
        disease: "mpox",
        subject: facts.subject,
        as_of: "2022-06-01".parse().unwrap(),
    };
    let decision = decide(
        &books,
        "X",
        "mpox",
        &facts,
        inquiry.as_of,
        Unknown::Undetermined,
    );
    let zh = explain(&decision, &inquiry, Language::Chinese);
    assert!(
        zh.contains("属于规定漏洞") && zh.contains("适用于猴痘密切接触者"),
        "{zh}"
    );
    let en = explain(&decision, &inquiry, Language::English);
    assert!(en.contains("leave a gap here"), "{en}");
}

#[test]
fn a_turned_back_traveller_and_an_exposure_outside_the_window_say_so() {
    let closed = [HUBEI, &[(FactName::HubeiClosed, "yes")]].concat();
    let [zh, en] = told(Subject::RiskAreaTraveller, &closed, "2020-02-25");
    assert!(zh.contains("予以劝返，不予进入"), "{zh}");
    assert!(en.contains("is refused entry and turned back"), "{en}");
    let early = [
        (FactName::Exposures, "2020-02-10"),
        (FactName::IndexOnset, "2020-02-20"),
    ];
    let [zh, en] = told(Subject::CloseContact, &early, "2020-02-25");
    assert!(zh.contains("均不在密切接触判定的时间范围内"), "{zh}");
    assert!(
        en.contains("no known exposure lies inside the contact window"),
        "{en}"
    );
}

#[test]
fn a_last_day_that_is_not_the_clauses_own_says_why() {
    let facts = facts_of(
        Subject::ConfirmedCase,
        &[
            (FactName::Onset, "2020-08-01"),
            (FactName::LastFever, "2020-08-12"),
        ],
    );
    let [zh, en] = both(
        "US-CDC",
        "COVID-19",
        &facts,
        "2020-08-13",
        Unknown::NotMatched,
    );
    assert!(
        zh.contains("因条款要求退热后满1天，最后一天由2020年8月11日改为2020年8月13日"),
        "{zh}"
    );
    assert!(
        en.contains(
            "Because the clause asks for so many days without fever: 1, the last day is 13 August 2020 \
             instead of 11 August 2020"
        ),
        "{en}"
    );
}

fn holds_for(told: &[String; 2]) {
    let [zh, en] = told;
    assert_eq!(numbers_in(zh), numbers_in(en), "\n{zh}\n{en}");
    for text in told {
        let own = quoted_apart(text);
        assert_eq!(keywords_in(&own), Vec::<&str>::new(), "{text}");
        assert!(!own.contains('_') && !own.contains('='), "{text}");
    }
    let own = quoted_apart(zh);
    assert!(
        !own.contains("..") && !own.contains("。。") && !own.contains(", "),
        "{zh}"
    );
    assert!(!en.contains(" ,") && !en.contains(".."), "{en}");
}

#[test]
fn every_word_of_the_rules_has_its_name_in_both_languages() {
    let chinese = |text: &str| text.chars().any(|letter| letter > '\u{2e80}');
    for fact in FactName::ALL {
        assert!(chinese(fact.name(Language::Chinese)), "{fact}");
        assert!(!fact.name(Language::English).contains('_'), "{fact}");
        for word in fact.words().unwrap_or_default() {
            let mut facts = Facts::new(Subject::CloseContact);
            facts.read(*fact, word).unwrap();
            let value = facts.value(*fact).unwrap();
            assert!(chinese(&value.told(Language::Chinese)), "{fact} {word}");
            assert!(value.told(Language::English).is_ascii(), "{fact} {word}");
        }
    }
}

#[test]
fn every_worked_case_says_the_same_in_both_languages_without_a_key_word() {
    let Some(folder) = facts_folder() else { return };
    let mut cases = 0;
    for file in ["scenarios.csv", "scenarios_random.csv"] {
        for row in read_csv(&folder.join(file)) {
            let subject = Subject::read(&row["subject"]).unwrap();
            let mut facts = Facts::new(subject);
            for fact in FactName::ALL {
                if let Some(cell) = row.get(fact.word()) {
                    facts.read(*fact, cell).unwrap();
                }
            }
            for unknown in [Unknown::NotMatched, Unknown::Undetermined] {
                let (authority, disease) = (&row["authority"], &row["disease"]);
                holds_for(&both(authority, disease, &facts, &row["as_of"], unknown));
            }
            cases += 1;
        }
    }
    assert_eq!(cases, 660, "every case is told");
}

/// A cell a fact may have, and sometimes none.
fn cell(fact: FactName) -> BoxedStrategy<String> {
    use quarantine_rules::FactKind;
    let day =
        || (2020..2024i32, 1..13u32, 1..29u32).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"));
    let words = |words: &'static [&'static str]| {
        prop::sample::select(words).prop_map(str::to_owned).boxed()
    };
    let known = match fact.kind() {
        FactKind::Date => day().boxed(),
        FactKind::Dates => prop::collection::vec(day(), 1..3)
            .prop_map(|days| days.join(";"))
            .boxed(),
        FactKind::Time => words(&["03:30", "12:00", "18:05"]),
        FactKind::YesNo => words(&["yes", "no"]),
        FactKind::Number => {
            let greatest = fact.greatest().unwrap_or(u16::MAX);
            prop_oneof![Just(0), Just(7), Just(10), 0..=greatest]
                .prop_map(|number| number.to_string())
                .boxed()
        }
        FactKind::Tests => day().prop_map(|day| format!("{day}:neg")).boxed(),
        FactKind::Word => words(fact.words().unwrap_or(&["omicron", "delta"])),
    };
    prop_oneof![Just(String::new()), known].boxed()
}

fn people() -> impl Strategy<Value = Facts> {
    let cells: Vec<_> = FactName::ALL.iter().map(|fact| cell(*fact)).collect();
    (prop::sample::select(Subject::ALL), cells).prop_map(|(subject, cells)| {
        let mut facts = Facts::new(subject);
        for (fact, cell) in FactName::ALL.iter().zip(&cells) {
            facts.read(*fact, cell).unwrap();
        }
        facts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_figure_and_date_of_one_language_is_in_the_other(
        facts in people(),
        day in (2020..2024i32, 1..13u32, 1..29u32),
        authority in prop::sample::select(&[TOWN, "CN-BJ", "US-IA", "UK-ENG", "WHO", "nobody"][..]),
    ) {
        let on = format!("{}-{:02}-{:02}", day.0, day.1, day.2);
        for unknown in [Unknown::NotMatched, Unknown::Undetermined] {
            holds_for(&both(authority, "COVID-19", &facts, &on, unknown));
        }
    }
}

/// What release asks for is told in both languages, in the book's own words where it has them.
#[test]
fn a_release_condition_is_told_and_an_edition_goes_by_its_books_title() {
    let clause = |more: &str| {
        format!(
            "authority = \"X\"\nname_zh = \"某地\"\nname_en = \"Somewhere\"\n[[edition]]\nname = \"second\"\ntitle_zh = \"第二号通告\"\n[[clause]]\nid = \"X-1\"\ndisease = \"COVID-19\"\nedition = \"second\"\nfrom = 2020-01-24\nsubject = \"local_returnee\"\nmeasure = \"home_quarantine\"\ndays = 14\ncounted_from = \"arrival\"\nplace = \"home\"\n{more}source = \"made up\"\nconfidence = \"recalled\"\n"
        )
    };
    let told = |more: &str, language| {
        let books = Books::from_toml(&[("x.toml", clause(more))]).unwrap();
        let facts = facts_of(
            Subject::LocalReturnee,
            &[(FactName::ArrivalDate, "2020-02-01")],
        );
        let on = "2020-02-02".parse().unwrap();
        let inquiry = Inquiry {
            books: &books,
            authority: "X",
            disease: "COVID-19",
            subject: facts.subject,
            as_of: on,
        };
        let found = decide(&books, "X", "COVID-19", &facts, on, Unknown::Undetermined);
        explain(&found, &inquiry, language)
    };
    let own = "release_condition = \"a walk\"\nrelease_condition_zh = \"散步\"\n";
    let fever = "release_condition = \"fever_free_days=3\"\n";
    let symptoms = "release_condition = \"plus_days_after_symptoms=2\"\n";
    for (more, chinese, english) in [
        (
            own,
            "解除条件及说明：“散步”",
            "Release and remarks: “a walk”",
        ),
        (
            fever,
            "解除前须退热满3天",
            "so many days without fever must pass: 3",
        ),
        (symptoms, "期限再加2天", "so many days are added: 2"),
    ] {
        let zh = told(more, Language::Chinese);
        assert!(zh.contains(chinese) && zh.contains("第二号通告"), "{zh}");
        assert!(told(more, Language::English).contains(english));
    }
    assert!(!told("", Language::Chinese).contains("解除条件"));
    let alone = Books::from_toml(&[("x.toml", clause("release_condition_zh = \"散步\"\n"))]);
    assert_eq!(
        alone.unwrap_err().to_string(),
        "x.toml, line 7, clause \"X-1\": release_condition is missing; write it in English too"
    );
}

//! A decision in a sentence, word for word.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, its helpers too"
)]

use quarantine_rules::{Books, FactName, Facts, Language, Subject, Unknown, decide, explain};

fn explained(facts: &[(FactName, &str)], subject: Subject, on: &str, language: Language) -> String {
    let mut person = Facts::new(subject);
    for (fact, cell) in facts {
        person.read(*fact, cell).unwrap();
    }
    let books = Books::shipped().unwrap();
    let on = on.parse().unwrap();
    let decision = decide(
        &books,
        "CN-YN-TC-MB",
        "COVID-19",
        &person,
        on,
        Unknown::Undetermined,
    );
    explain(&decision, language)
}

const HUBEI: &[(FactName, &str)] = &[
    (FactName::ArrivalDate, "2020-01-25"),
    (FactName::ArrivalTime, "18:00"),
    (FactName::ViaHubei, "yes"),
];

#[test]
fn a_governing_clause_says_measure_days_clause_and_facts() {
    let told = |language| explained(HUBEI, Subject::LocalReturnee, "2020-01-31", language);
    assert_eq!(
        told(Language::English),
        "Central quarantine (township site) to the end of 2020-02-08: day 0 is the arrival on \
         2020-01-25, 14 days run to the end of 2020-02-08, free from 00:00 on 2020-02-09; by clause \
         MB-HUBEI of CN-YN-TC-MB, edition practice from 2020-01-24 (the town's bulletin of 1 March \
         2020, verified); because arrival_date=2020-01-25, arrival_time=18:00, via_hubei=yes."
    );
    assert_eq!(
        told(Language::Chinese),
        "集中隔离（镇集中隔离点）至2020-02-08当日结束：以抵达日2020-01-25为第0天，计14天，2020-02-09 0时起解除；\
         依据 CN-YN-TC-MB 条款 MB-HUBEI（版本：practice from 2020-01-24；来源：the town's bulletin of 1 March 2020；\
         已核对来源）；所据事实：抵达日期：2020-01-25、抵达时间：18:00、途经湖北：是。"
    );
}

#[test]
fn an_open_question_says_what_holds_meanwhile_and_what_to_find_out() {
    let facts = &HUBEI[..2];
    let told = |language| explained(facts, Subject::LocalReturnee, "2020-01-31", language);
    assert_eq!(
        told(Language::English),
        "Undetermined: held meanwhile under the strictest measure that could still apply, central \
         quarantine (township site), by clause MB-HUBEI, to the end of 2020-02-08; could be \
         MB-HUBEI or TC-JAN-HOME; to find out: via_hubei."
    );
    assert_eq!(
        told(Language::Chinese),
        "待定：暂按仍可能适用的最严措施执行，即集中隔离（镇集中隔离点），依据条款 MB-HUBEI，至2020-02-08当日结束；\
         可能适用：MB-HUBEI或TC-JAN-HOME；需查明：途经湖北。"
    );
}

#[test]
fn no_rule_is_not_no_measure() {
    let told = |subject, on, language| explained(HUBEI, subject, on, language);
    assert_eq!(
        told(Subject::LocalReturnee, "2020-01-23", Language::English),
        "No rule: no clause in force on the day speaks of this person, which differs from the measure none."
    );
    assert!(
        told(Subject::RiskAreaTraveller, "2023-02-01", Language::English)
            .starts_with("No measure; by clause CN-E10-RA of CN-NHC, edition 10 (Class B)")
    );
    assert!(told(Subject::LocalReturnee, "2020-01-23", Language::Chinese).starts_with("没有规则"));
}

#[test]
fn a_turned_back_traveller_and_an_exposure_outside_the_window_say_so() {
    let closed = [HUBEI, &[(FactName::HubeiClosed, "yes")]].concat();
    let told = |language| explained(&closed, Subject::RiskAreaTraveller, "2020-02-25", language);
    assert!(
        told(Language::English)
            .starts_with("No measure: entry is refused; by clause YN-A10-HB-CLOSED")
    );
    assert!(
        told(Language::Chinese)
            .starts_with("无措施：劝返，不予进入；依据 CN-YN 条款 YN-A10-HB-CLOSED")
    );
    let early = [
        (FactName::Exposures, "2020-02-10"),
        (FactName::IndexOnset, "2020-02-20"),
    ];
    let told = |language| explained(&early, Subject::CloseContact, "2020-02-25", language);
    assert!(
        told(Language::English)
            .starts_with("No measure: no exposure lies inside the contact window; by clause MB-CC")
    );
    assert!(told(Language::Chinese).starts_with("无措施：没有接触落在密接判定时间窗内"));
}

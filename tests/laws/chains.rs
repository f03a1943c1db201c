//! Cases as chains: each source with its reason, what is not known said so, nothing of it public.

use std::fmt::Write as _;

use contact_tracing::Contact;
use contact_tracing::chains::{NotEstimated, Origin};
use grid_model::{AsOf, Recorded};
use line_list::Limits;
use outbreak_response::steps::{NoChains, NoReproduction};
use outbreak_response::{Day, Policy, Records, contact_tracing, day, day_to_json};
use reporting::{Cell, Language, List};
use serde_json::Value;
use township_folder::{File, Folder, read};

use crate::support::{POLICY, at, changed, on, public_files};

/// Ann fell ill first and met Bo and Eva at a meal; Bo fell ill and met Cai at home, who fell
/// ill. Of Dan no onset is known. Zed met Ann before anyone was ill.
fn village() -> Folder {
    let people = ["Ann", "Bo", "Cai", "Dan", "Eva", "Zed"];
    folder(
        &people,
        "K1,Ann,confirmed,2020-02-10,2020-02-14T09:00,2020-02-14T10:00\n\
         K2,Bo,confirmed,2020-02-17,2020-02-20T09:00,2020-02-20T10:00\n\
         K3,Cai,confirmed,2020-02-25,2020-02-27T09:00,2020-02-27T10:00\n\
         K4,Dan,confirmed,,2020-02-27T09:00,2020-02-27T10:00\n",
        "C1,Ann,Bo,2020-02-11T18:00,2020-02-11T20:00,meal\n\
         C2,Ann,Eva,2020-02-11T18:00,2020-02-11T20:00,meal\n\
         C3,Bo,Cai,2020-02-18T07:00,2020-02-18T22:00,household\n\
         C4,Ann,Zed,2020-02-05T10:00,2020-02-05T11:00,transport\n",
    )
}

fn folder(people: &[impl AsRef<str>], cases: &str, contacts: &str) -> Folder {
    let mut listed = "id,household,presence\n".to_owned();
    for person in people {
        writeln!(listed, "{},H1,present", person.as_ref()).unwrap();
    }
    let files = [
        (
            "areas.csv",
            "id,parent,level,name_zh,name_en\nT,,town,镇,Town\n".to_owned(),
        ),
        (
            "households.csv",
            "id,area,presence\nH1,T,occupied\n".to_owned(),
        ),
        ("people.csv", listed),
        (
            "cases.csv",
            format!("id,person,class,onset,confirmed_at,isolated_at\n{cases}"),
        ),
        (
            "contacts.csv",
            format!("id,person_a,person_b,from,until,setting\n{contacts}"),
        ),
    ];
    let files: Vec<File<'_>> = files
        .iter()
        .map(|(name, text)| File {
            name,
            bytes: text.as_bytes(),
        })
        .collect();
    let read = read(&files, &Limits::standard());
    assert_eq!(read.rejected, []);
    read
}

fn found(village: &Folder) -> Day {
    day(
        &village.township,
        &village.records,
        &POLICY,
        AsOf::on(on(2, 29)),
    )
}

fn list(village: &Folder, day: &Day, key: &str) -> List {
    let mut lists = day.lists(&village.township, &village.records).into_iter();
    lists.find(|list| list.key == key).unwrap()
}

/// The rows of a list as its English page prints them.
fn rows(list: &List) -> Vec<String> {
    let printed = |row: &Vec<Cell>| {
        let cells = row.iter().map(|cell| cell.print(Language::English));
        cells.collect::<Vec<_>>().join(" | ")
    };
    list.rows.iter().map(printed).collect()
}

fn chains_of(village: &Folder, day: &Day) -> Value {
    let json = day_to_json(&village.township, &village.records, day).unwrap();
    serde_json::from_str::<Value>(&json).unwrap()["chains"].take()
}

#[test]
fn each_case_has_its_likeliest_source_or_why_there_is_none() {
    let village = village();
    let day = found(&village);
    let key = |person| village.township.person_key(person);
    let sources = &day.chains.as_ref().unwrap().sources;
    let found = sources.iter().map(|one| {
        let likeliest = one.likeliest.map(|(source, share)| (key(source), share));
        (key(one.person), one.origin, likeliest)
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            ("Ann", Origin::NobodyPossible, None),
            ("Bo", Origin::Likely, Some(("Ann", 1.0))),
            ("Cai", Origin::Likely, Some(("Bo", 1.0))),
            ("Dan", Origin::NoOnset, None),
        ]
    );
    assert_eq!(
        rows(&list(&village, &day, "case_sources"))[1],
        "Bo | Town | 2020-02-17 | Ann | 100.0% | met that case before falling ill, by the days between onsets"
    );
}

#[test]
fn of_a_case_without_a_source_everyone_met_before_is_to_be_asked() {
    let village = village();
    let day = found(&village);
    let asked = rows(&list(&village, &day, "case_origins"));
    assert_eq!(
        asked,
        ["Ann | Zed | 2020-02-05 10:00 | 2020-02-05 11:00 | transport | C4"]
    );
}

#[test]
fn chains_make_clusters_and_exposed_people_attack_rates() {
    let village = village();
    let day = found(&village);
    assert_eq!(
        rows(&list(&village, &day, "clusters")),
        ["3 | 2020-02-10 | 2020-02-25 | active | Ann; Bo; Cai"]
    );
    let rates = rows(&list(&village, &day, "attack_rates"));
    let counted: Vec<String> = rates
        .iter()
        .map(|row| row.split(" | ").take(4).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        counted,
        ["household 1 1 100.0%", "meal 2 1 50.0%", "all 3 2 66.7%"]
    );
}

#[test]
fn too_few_cases_are_called_too_few() {
    let village = village();
    let day = found(&village);
    let too_few = NoReproduction::Window(NotEstimated::TooFewCases);
    assert_eq!(day.chains.as_ref().unwrap().reproduction, Err(too_few));
    let chains = chains_of(&village, &day);
    assert_eq!(chains["reproduction_number"], Value::Null);
    assert_eq!(
        chains["reproduction_number_because"],
        "fewer cases in the window than asked for"
    );
    let nobody = folder(&["Ann"], "", "");
    let day = found(&nobody);
    assert_eq!(
        day.chains.as_ref().unwrap().reproduction,
        Err(NoReproduction::Nobody)
    );
    assert_eq!(rows(&list(&nobody, &day, "attack_rates")), [""; 0]);
}

#[test]
fn many_cases_have_a_reproduction_number() {
    let people: Vec<String> = (10..54).map(|n| format!("P{n}")).collect();
    let (mut cases, mut contacts) = (String::new(), String::new());
    for (n, person) in people.iter().enumerate() {
        let onset = on(2, 8).iter_days().nth(n / 2).unwrap();
        writeln!(cases, "K{n},{person},confirmed,{onset},{onset}T20:00,").unwrap();
        if let Some(later) = people.get(n + 10) {
            let met = onset.succ_opt().unwrap();
            writeln!(
                contacts,
                "C{n},{person},{later},{met}T08:00,{met}T09:00,meal"
            )
            .unwrap();
        }
    }
    let town = folder(&people, &cases, &contacts);
    let day = found(&town);
    let estimate = day.chains.as_ref().unwrap().reproduction.unwrap();
    assert!(estimate.low < estimate.mean && estimate.mean < estimate.high);
    let chains = chains_of(&town, &day);
    assert_eq!(chains["reproduction_number"]["mean"], estimate.mean);
    assert_eq!(chains["reproduction_number_because"], Value::Null);
}

#[test]
fn a_record_that_no_trace_can_use_is_named_with_its_remedy() {
    let mut village = village();
    let ann = village.township.person("Ann").unwrap();
    let with_oneself = Contact {
        person_a: ann,
        person_b: ann,
        from: at(on(2, 12), 8),
        until: None,
        setting: None,
        protected: None,
        judged: None,
    };
    village.records = Records {
        contacts: changed(&village.records.contacts, |rows| {
            rows.push(Recorded::new("C9", with_oneself));
        }),
        ..village.records
    };
    let day = found(&village);
    assert_eq!(
        rows(&list(&village, &day, "tracing_records_to_mend")),
        [
            "contacts | C9 | contact \"C9\" from 2020-02-12 08:00:00, person_b: it is the same person as person_a; name the two who met"
        ]
    );
}

#[test]
fn nothing_of_the_chains_is_public() {
    let village = village();
    let day = found(&village);
    for (name, page) in public_files(&village.township, &village.records, &day) {
        for private in ["Ann", "Zed", "attack", "续发", "传染源", "Clusters"] {
            assert!(!page.contains(private), "{name}: {private}");
        }
    }
}

#[test]
fn who_does_not_ask_for_chains_gets_none_and_the_same_figures() {
    let village = village();
    let policy = Policy {
        chains: None,
        ..POLICY.clone()
    };
    let silent = day(
        &village.township,
        &village.records,
        &policy,
        AsOf::on(on(2, 29)),
    );
    assert_eq!(silent.chains.as_ref().err(), Some(&NoChains::NotAsked));
    assert_eq!(silent.figures, found(&village).figures);
    let read = Policy::from_toml(&policy.to_toml().unwrap(), policy.books.clone());
    assert_eq!(read, Ok(policy));
    assert_eq!(
        chains_of(&village, &silent)["because"],
        "the policy has no part chains; add it from a template to have them"
    );
}

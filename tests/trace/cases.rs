//! `trace cases`: a township folder's contacts by the window of the day's book.

use chrono::NaiveDate;
use grid_model::AsOf;
use outbreak_response::{Policy, figures_of};

use outbreak_response_tests::program::Folder;

const HEADER: &str = "person,generation,first_exposure,last_exposure,setting,source,path\n";

/// A case who fell ill on 26 February, whom others met before and after, and whose table mates
/// met others.
fn village() -> Folder {
    Folder::new()
        .with("areas.csv", "id,parent,level,name_zh,name_en\nT,,town,镇,Town\n")
        .with("households.csv", "id,area,presence\nH1,T,occupied\n")
        .with("people.csv", "id,household,presence\nAnn,H1,present\nBen,H1,present\nBo,H1,present\nCai,H1,present\nDan,H1,present\nEva,H1,present\n")
        .with("venues.csv", "id,area,kind,capacity\nhall,T,hall,50\n")
        .with(
            "cases.csv",
            "id,person,class,onset,confirmed_at,isolated_at\n\
             K1,Ann,confirmed,2020-02-26,2020-02-28T09:00,2020-02-28T10:00\n\
             K2,Ben,confirmed,2020-02-27,2020-02-28T09:00,2020-02-28T10:00\n",
        )
        .with(
            "contacts.csv",
            "id,person_a,person_b,from,until,setting,protected,judged\n\
             C1,Ann,Bo,2020-02-24T18:00,2020-02-24T20:00,meal,no,\n\
             C2,Ben,Bo,2020-02-27T12:00,2020-02-27T13:00,household,no,\n\
             C3,Bo,Cai,2020-02-25T08:00,2020-02-25T09:00,,,\n\
             C4,Ann,Dan,2020-02-20T08:00,2020-02-20T09:00,meal,no,\n\
             C5,Ann,Ann,2020-02-25T08:00,2020-02-25T09:00,,,\n",
        )
        .with(
            "visits.csv",
            "id,person,venue,from,until\n\
             V1,Ann,hall,2020-02-25T10:00,2020-02-25T11:00\n\
             V2,Eva,hall,2020-02-25T10:30,2020-02-25T12:00\n",
        )
}

fn said(err: &str) -> Vec<&str> {
    err.lines()
        .filter(|line| !line.starts_with("warning: "))
        .collect()
}

#[test]
fn contacts_have_every_source_and_a_path_that_can_be_checked() {
    let found = village().trace("cases --data . --date 2020-02-29");
    assert_eq!(found.code, 0);
    assert_eq!(
        found.out,
        format!(
            "{HEADER}\
             Bo,1,2020-02-24T18:00,2020-02-27T13:00,household,Ann; Ben,\"Ben > Bo (2020-02-27T12:00, C2)\"\n\
             Cai,2,2020-02-25T08:00,2020-02-25T09:00,,Bo,\"Ann > Bo (2020-02-24T18:00, C1) > Cai (2020-02-25T08:00, C3)\"\n\
             Eva,1,2020-02-25T10:30,2020-02-25T11:00,hall,Ann,\"Ann > Eva (2020-02-25T10:30, V1, V2)\"\n"
        )
    );
}

#[test]
fn before_the_book_of_21_february_nobody_met_before_the_onset_is_a_contact() {
    let village = village().with(
        "cases.csv",
        "id,person,class,onset,confirmed_at,isolated_at\n\
         K1,Ann,confirmed,2020-02-20,2020-02-20T09:00,\n",
    );
    let on = |day| village.trace(&format!("cases --data . --date {day}"));
    assert_eq!(
        on("2020-02-20").out,
        format!(
            "{HEADER}Dan,1,2020-02-20T08:00,2020-02-20T09:00,meal,Ann,\"Ann > Dan (2020-02-20T08:00, C4)\"\n"
        )
    );
    assert_eq!(on("2020-02-19").out, HEADER);
}

#[test]
fn a_row_that_is_no_contact_is_named_as_in_the_day() {
    let found = village().trace("cases --data . --date 2020-02-29");
    assert_eq!(
        said(&found.err),
        [
            "refused: contacts.csv, line 6, person_b: \"Ann\" is the same person; name the other person",
            "1 of 18 rows were refused, 17 were used; mend the rows named above and run again",
        ]
    );
    let strict = village().trace("cases --data . --date 2020-02-29 --strict");
    assert_eq!((strict.code, strict.out.as_str()), (1, ""));
}

#[test]
fn a_policy_is_that_of_the_day_and_a_wrong_one_is_named() {
    let policy = Policy::tengchong_2020().unwrap().to_toml().unwrap();
    let one_generation = policy.replace("generations = 2", "generations = 1");
    assert_ne!(policy, one_generation);
    let village = village()
        .with("policy.toml", one_generation)
        .with("bad.toml", "[tracing]\n");
    let found = village.trace("cases --data . --date 2020-02-29 --policy policy.toml");
    let people: Vec<&str> = found
        .out
        .lines()
        .skip(1)
        .map(|row| row.split(',').next().unwrap())
        .collect();
    assert_eq!(people, ["Bo", "Eva"]);
    let bad = village.trace("cases --data . --date 2020-02-29 --policy bad.toml");
    assert_eq!((bad.code, bad.out.as_str()), (1, ""));
    assert!(bad.err.starts_with("error: bad.toml: "), "{}", bad.err);
}

#[test]
fn a_made_up_town_has_as_many_contacts_as_its_bulletin() {
    let town = synthetic_township::scaled(300, 5);
    let mut folder = Folder::new();
    let files = township_folder::write(
        &town.township,
        &town.records,
        &town.register,
        &Default::default(),
    );
    for (name, bytes) in files {
        folder = folder.with(&name, bytes);
    }
    let before = folder.names();
    let policy = Policy::tengchong_2020().unwrap();
    let day = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap();
    let figures = figures_of(&town.township, &town.records, &policy, AsOf::on(day));
    let found = folder.trace("cases --data . --date 2020-02-29 --strict");
    assert_eq!((found.code, found.err.as_str()), (0, ""));
    let of_generation = |generation: &str| {
        let rows = found.out.lines().skip(1);
        let count = rows
            .filter(|row| row.split(',').nth(1) == Some(generation))
            .count();
        i64::try_from(count).unwrap()
    };
    assert!(figures.close_contacts > 0);
    assert_eq!(of_generation("1"), figures.close_contacts);
    assert_eq!(of_generation("2"), figures.secondary_contacts);
    assert_eq!(folder.names(), before);
}

//! `pair`: who watches whom, who has nobody and why, what was read and what was missed.

use outbreak_response_tests::program::{Answer, Folder, gzipped, rows};

use crate::{corrected, holds_to_the_rules_of_programs, printed, refused, said, village};

const HEADER: &str = "person,area,kind,watched,helper,from,until,nearness,state,reason,readings_due,readings_missed,lost";
const PEOPLE: &str = "id,household,birth_year,sex,presence,away_at,conditions\n\
                      A1,H1,1990,female,present,,\nA2,H1,2015,male,present,,\nB1,H3,1990,male,present,,\n\
                      P1,H2,1980,female,present,,\nP2,H4,1980,male,present,,\n";
const ORDERS: &str = "id,person,at,event,measure,place,counted_from,until,clause,ordered_by\n\
                      O1,A1,2020-02-26T09:00,ordered,home_observation,home,2020-02-24,2020-03-09,,\n\
                      O2,B1,2020-02-29T15:00,ordered,home_observation,home,2020-02-28,2020-03-13,,\n";
const STAFF: &str = "id,person,role,work_group,grid\nS1,P1,party_member,,\n";

fn town() -> Folder {
    village(PEOPLE)
        .with("town/orders.csv", ORDERS)
        .with("town/staff.csv", STAFF)
}

fn ask(folder: &Folder) -> Answer {
    folder.pair("--data town --date 2020-02-29")
}

fn list(folder: &Folder, name: &str) -> Vec<String> {
    let found = folder.pair(&format!("--data town --date 2020-02-29 --list {name}"));
    printed(&found).into_iter().map(str::to_owned).collect()
}

#[test]
fn everyone_at_home_is_proposed_the_nearest_helper() {
    let found = ask(&town());
    assert_eq!(
        found.out,
        format!(
            "{HEADER}\n\
             A1,Upper,person,A1,P1,2020-02-29T00:00,2020-03-10T00:00,same village,proposed,nobody watches yet,2,2,no\n\
             B1,Lower,person,B1,P1,2020-02-29T00:00,2020-03-14T00:00,same community,proposed,nobody watches yet,1,1,no\n"
        )
    );
    assert_eq!(
        said(&found),
        [
            "under observation at home: 2; 0 with a helper, 2 proposed one, 0 with nobody",
            "readings today: 3 due, 3 missed",
            "lost to follow-up: 0; moved away: 0; needs open: 0; helpers ever paired: 0",
        ]
    );
    let both = town().with(
        "town/staff.csv",
        format!("{STAFF}S2,P2,villagers_representative,,\n"),
    );
    let helpers: Vec<String> = rows(&ask(&both).out)
        .iter()
        .map(|row| format!("{} {}", row["helper"], row["nearness"]))
        .collect();
    assert_eq!(helpers, ["P1 same village", "P2 same village"]);
}

#[test]
fn a_proposed_row_stands_once_it_is_recorded() {
    let proposed = rows(&ask(&town()).out);
    let mut pairings = "id,kind,watched,helper,from,until\n".to_owned();
    for (number, row) in proposed.iter().enumerate() {
        let cells = ["kind", "watched", "helper", "from", "until"].map(|column| &*row[column]);
        pairings.push_str(&format!("N{number},{}\n", cells.join(",")));
    }
    let recorded = town().with("town/pairings.csv", pairings);
    let found = ask(&recorded);
    assert_eq!(refused(&found), [""; 0]);
    for (row, before) in rows(&found.out).iter().zip(&proposed) {
        assert_eq!(row["state"], "standing");
        assert_eq!(row["reason"], "the pairing goes on");
        assert_eq!(row["helper"], before["helper"]);
    }
}

#[test]
fn who_has_nobody_is_told_why_and_each_ground_against_a_helper_is_named() {
    let old = PEOPLE.replace(
        "P1,H2,1980,female,present,,",
        "P1,H2,1950,female,present,,chronic",
    );
    let nobody = town().with("town/people.csv", old);
    let found = ask(&nobody);
    assert_eq!(
        printed(&found),
        [
            "A1,Upper,,,,,,,nobody,nobody may help,2,2,no",
            "B1,Lower,,,,,,,nobody,nobody may help,1,1,no",
        ]
    );
    assert_eq!(
        list(&nobody, "helpers_refused"),
        ["P1,Upper,too old; chronically ill"]
    );
    let policy = outbreak_response::Policy::tengchong_2020().unwrap();
    let policy = policy.to_toml().unwrap();
    let one_each = policy.replace("load_limit = 5", "load_limit = 1");
    assert_ne!(policy, one_each);
    let busy = town().with("policy.toml", one_each);
    let found = busy.pair("--data town --date 2020-02-29 --policy policy.toml --list unpaired");
    assert_eq!(printed(&found), ["B1,Lower,load limit"]);
}

#[test]
fn a_helper_who_may_help_no_more_is_replaced_and_the_pairing_is_to_be_ended() {
    let folder = town()
        .with(
            "town/pairings.csv",
            "id,kind,watched,helper,from,until\n\
             W1,household,H1,P2,2020-02-26T10:00,\n\
             W2,person,P2,P1,2020-02-01T10:00,\n",
        )
        .with(
            "town/health.csv",
            "id,person,at,temperature_c,symptoms,test\nF1,P2,2020-02-29T08:00,37.8,,\n",
        );
    assert_eq!(
        printed(&ask(&folder))[0],
        "A1,Upper,person,A1,P1,2020-02-29T00:00,2020-03-10T00:00,same village,proposed,P2 watches no more: fever,2,2,no"
    );
    assert_eq!(
        list(&folder, "pairings_ended"),
        [
            "person,A1,P2,fever",
            "person,P2,P1,nobody there is under observation any more",
        ]
    );
    let well = folder.with(
        "town/health.csv",
        "id,person,at,temperature_c,symptoms,test\n",
    );
    assert_eq!(
        printed(&ask(&well))[0],
        "A1,Upper,household,H1,P2,2020-02-26T10:00,,same community,standing,the pairing goes on,2,2,no"
    );
}

#[test]
fn readings_missed_go_to_the_grid_lead_and_three_days_of_searches_make_lost() {
    let folder = town()
        .with("town/grids.csv", "id,name_zh,name_en\nG1,一,One\n")
        .with("town/grid_areas.csv", "grid,area\nG1,V1\n")
        .with("town/staff.csv", format!("{STAFF}S3,P2,grid_lead,,G1\n"))
        .with(
            "town/check_ins.csv",
            "id,person,helper,at,session,outcome,temperature_c\n\
             I1,A1,P1,2020-02-26T18:00,evening,seen_well,36.5\n\
             I2,A1,P1,2020-02-27T08:00,morning,missed,\n\
             I3,A1,P1,2020-02-28T08:00,morning,missed,\n\
             I4,A1,P1,2020-02-29T08:00,morning,missed,\n\
             I5,B1,P1,2020-02-29T19:00,evening,seen_well,36.6\n",
        );
    assert_eq!(
        list(&folder, "readings_missing"),
        [
            ",A1,Upper,morning,missed,unknown,unknown,P2",
            ",A1,Upper,evening,nothing recorded,unknown,unknown,P2",
        ]
    );
    assert_eq!(
        list(&folder, "lost_to_follow_up"),
        ["A1,Upper,2020-02-26T18:00,2020-02-27; 2020-02-28; 2020-02-29,P2"]
    );
    let lost: Vec<String> = rows(&ask(&folder).out)
        .iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row["readings_due"], row["readings_missed"], row["lost"]
            )
        })
        .collect();
    assert_eq!(lost, ["2 2 yes", "1 0 no"]);
}

/// A pairing begun this morning made its helper no candidate, and was ended the same evening.
#[test]
fn a_pairing_of_this_morning_stands_though_its_helper_holds_no_office() {
    let folder = town().with(
        "town/pairings.csv",
        "id,kind,watched,helper,from,until\nW1,person,B1,P2,2020-02-29T16:00,2020-03-14\n",
    );
    assert_eq!(
        printed(&ask(&folder))[1],
        "B1,Lower,person,B1,P2,2020-02-29T16:00,2020-03-14T00:00,same village,standing,the pairing goes on,1,1,no"
    );
    assert_eq!(list(&folder, "pairings_ended"), [""; 0]);
}

/// Anyone was proposed for a close contact at home, whose temperature is for medical staff.
#[test]
fn a_close_contact_at_home_is_watched_by_medical_staff_alone() {
    let folder = town()
        .with(
            "town/cases.csv",
            "id,person,class,onset,confirmed_at,isolated_at\n\
             K1,A2,confirmed,2020-02-25,2020-02-26T08:00,2020-02-26T08:30\n",
        )
        .with(
            "town/contacts.csv",
            "id,person_a,person_b,from,until,setting,protected,judged\n\
             C1,A1,A2,2020-02-25T12:00,2020-02-25T13:00,household,no,\n",
        );
    assert_eq!(list(&folder, "unpaired"), ["A1,Upper,no medical staff"]);
    let doctor = folder.with("town/staff.csv", format!("{STAFF}S2,P2,doctor,,\n"));
    let helpers: Vec<String> = rows(&ask(&doctor).out)
        .iter()
        .map(|row| row["helper"].clone())
        .collect();
    assert_eq!(helpers, ["P2", "P1"], "a doctor only where one is needed");
}

/// Who moved away under observation owed readings for ever and was lost in the end.
#[test]
fn who_moved_away_owes_no_reading_and_is_not_lost() {
    let moved = "A1x,H1,1990,female,moved,Kunming,,2020-02-27T12:00,A1";
    let folder = town()
        .with("town/people.csv", corrected(PEOPLE, moved))
        .with(
            "town/check_ins.csv",
            "id,person,helper,at,session,outcome,temperature_c\n\
             I2,A1,P1,2020-02-27T08:00,morning,missed,\n\
             I3,A1,P1,2020-02-28T08:00,morning,missed,\n\
             I4,A1,P1,2020-02-29T08:00,morning,missed,\n",
        );
    let found = ask(&folder);
    assert_eq!(printed(&found).len(), 1);
    assert_eq!(
        said(&found)[1..],
        [
            "readings today: 1 due, 1 missed",
            "lost to follow-up: 0; moved away: 1; needs open: 0; helpers ever paired: 0",
        ]
    );
    let before = folder.pair("--data town --date 2020-02-26");
    assert_eq!(printed(&before).len(), 1, "nobody knew on that evening");
}

#[test]
fn bad_rows_are_named_with_their_remedy_and_the_rest_goes_through() {
    let folder = town()
        .with(
            "town/pairings.csv",
            "id,kind,watched,helper,from,until\n\
             W1,person,B1,P2,2020-02-29T16:00,2020-03-14\n\
             W2,person,NOBODY,P2,2020-02-29T16:00,\n\
             W3,village,V1,P2,2020-02-29T16:00,\n\
             W4,person,A1,P1,2020-02-30,\n\
             W1,person,A1,P2,2020-02-29T16:00,\n\
             W5,household,A1,P2,2020-02-29T16:00,\n",
        )
        .with(
            "town/check_ins.csv",
            "id,person,helper,at,session,outcome,temperature_c\n\
             I1,A1,P1,2020-02-29T08:00,noon,seen_well,36.5\n\
             I2,A1,P1,2020-02-29T08:00,morning,seen_well,-4\n",
        );
    let found = ask(&folder);
    assert_eq!(printed(&found).len(), 2);
    let refused = refused(&found);
    let named = |what: &str| refused.iter().filter(|line| line.contains(what)).count();
    for what in [
        "watched: \"NOBODY\"",
        "kind: \"village\"",
        "from: \"2020-02-30\"",
        "W1",
        "watched: \"A1\"",
        "session: \"noon\"",
        "temperature_c: \"-4\"",
    ] {
        assert_eq!(named(what), 1, "{what} in {refused:#?}");
    }
    assert_eq!(refused.len(), 7);
    assert!(found.err.contains("7 of "), "{}", found.err);
    let strict = folder.pair("--data town --date 2020-02-29 --strict");
    assert_eq!((strict.code, strict.out.as_str()), (1, ""));
}

#[test]
fn nobody_under_observation_is_a_header_and_a_sentence() {
    let found = village(PEOPLE).pair("--data town --date 2020-02-29");
    assert_eq!((found.code, found.out), (0, format!("{HEADER}\n")));
    assert!(found.err.contains("under observation at home: 0; "));
}

#[test]
fn packed_files_chinese_words_and_what_was_known_by_a_day() {
    let folder = town();
    let plain = ask(&folder);
    std::fs::remove_file(folder.path().join("town/orders.csv")).unwrap();
    let folder = folder.with("town/orders.csv.gz", gzipped(ORDERS));
    assert_eq!(ask(&folder).out, plain.out);
    let chinese = folder.pair("--data town --date 2020-02-29 --lang zh");
    assert_eq!(
        printed(&chinese)[0],
        "A1,上村,person,A1,P1,2020-02-29T00:00,2020-03-10T00:00,同自然村,拟结对,尚无帮扶人,2,2,否"
    );
    let then = folder.pair("--data town --date 2020-02-29 --as-known 2020-02-28");
    assert_eq!(printed(&then).len(), 1, "B1's order was not known yet");
    holds_to_the_rules_of_programs(&folder, HEADER, Folder::pair);
}

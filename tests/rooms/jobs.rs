//! `jobs`: who goes to which vacancy, who goes nowhere and everything that hinders.

use outbreak_response_tests::program::{Answer, Folder, rows};

use crate::{holds_to_the_rules_of_programs, printed, refused, said, village};

const HEADER: &str =
    "person,area,vacancy,employer,destination,wage_fen,skill,cleared_on,reason,hindrances";
const PEOPLE: &str = "id,household,presence\n\
                      A,H1,present\nB,H1,present\nC,H2,present\nD,H2,present\n\
                      E,H3,present\nF,H3,present\nG,H4,present\nH,H4,away\n";
const SKILLS: &str = "id,person,skill,level\n\
                      S1,A,cook,\nS2,B,cook,\nS3,C,cook,\nS4,D,welder,\n\
                      S5,E,tailor,\nS6,F,cook,\nS7,G,mason,\nS8,H,cook,\n";
const VACANCIES: &str = "id,employer,skill,places,wage_fen,destination,risk,valid_until\n\
                         V1,Mill,cook,1,300000,Kunming,low,\n\
                         V2,Inn,cook,1,400000,Dali,low,2020-03-31\n\
                         V3,Yard,welder,2,500000,Wuhan,high,\n\
                         V4,Yard,welder,2,500000,Somewhere,,\n\
                         V5,Gone,cook,9,900000,Dali,low,2020-02-29\n\
                         V6,Shop,baker,3,100000,Dali,low,\n";
const PLACEMENTS: &str = "id,person,vacancy,kind,destination,departed_on\n\
                          L1,G,,self_arranged,Baoshan,2020-02-20\n";

/// All may leave but F, who has none of what it takes.
fn town() -> Folder {
    let mut permits = "id,person,level,until\n".to_owned();
    let mut health = "id,person,at,temperature_c,symptoms,test\n".to_owned();
    for person in ["A", "B", "C", "D", "E"] {
        for level in ["village", "township", "city"] {
            permits.push_str(&format!("{person}{level},{person},{level},\n"));
        }
        health.push_str(&format!("T{person},{person},2020-02-29T07:00,36.5,,\n"));
    }
    village(PEOPLE)
        .with("town/skills.csv", SKILLS)
        .with("town/vacancies.csv", VACANCIES)
        .with("town/placements.csv", PLACEMENTS)
        .with("town/permits.csv", permits)
        .with("town/health.csv", health)
}

fn ask(folder: &Folder) -> Answer {
    folder.jobs("--data town --date 2020-02-29")
}

fn list(folder: &Folder, name: &str) -> Vec<String> {
    let found = folder.jobs(&format!("--data town --date 2020-02-29 --list {name}"));
    printed(&found).into_iter().map(str::to_owned).collect()
}

#[test]
fn everyone_here_with_a_skill_goes_somewhere_or_is_told_why_not() {
    let found = ask(&town());
    assert_eq!(
        found.out,
        format!(
            "{HEADER}\n\
             A,Upper,V1,Mill,Kunming,300000,cook,2020-02-29,has the skill asked for,none\n\
             B,Upper,V2,Inn,Dali,400000,cook,2020-02-29,has the skill asked for,none\n\
             C,Upper,,,,,,,places taken,none\n\
             D,Upper,,,,,,,destinations refused,none\n\
             E,Lower,,,,,,,no vacancy for skills,none\n\
             F,Lower,,,,,,,not cleared,no temperature; no village permit; no township permit; no city permit\n\
             G,Lower,,,,,,,already sent out,none\n"
        )
    );
    assert_eq!(
        said(&found),
        [
            "skilled and here: 7; 2 matched; places open: 9",
            "not matched, already sent out: 1",
            "not matched, not cleared: 1",
            "not matched, no vacancy for skills: 1",
            "not matched, destinations refused: 1",
            "not matched, places taken: 1",
        ]
    );
}

#[test]
fn each_condition_that_is_not_met_is_named() {
    let order = "id,person,at,event,measure,place,counted_from,until,clause,ordered_by\n\
                 O1,C,2020-02-20T09:00,ordered,home_observation,home,2020-02-19,2020-03-04,,\n";
    let folder = town().with("town/orders.csv", order);
    let hinders = |folder: &Folder, person: &str| -> String {
        let found = rows(&ask(folder).out);
        let row = found.iter().find(|row| row["person"] == person).unwrap();
        row["hindrances"].clone()
    };
    assert_eq!(hinders(&folder, "C"), "order not completed");
    let health = folder
        .read("town/health.csv")
        .replace("07:00,36.5", "07:00,37.3");
    assert_eq!(
        hinders(&folder.with("town/health.csv", health), "A"),
        "fever"
    );
    let permits = town().read("town/permits.csv");
    let ran_out = permits.replace("Acity,A,city,", "Acity,A,city,2020-02-29");
    let folder = town().with("town/permits.csv", ran_out);
    assert_eq!(hinders(&folder, "A"), "no city permit");
    let clue = "id,person,received_at,from,outcome,answered_at\nQ1,B,2020-02-28T10:00,city,,\n";
    assert_eq!(
        hinders(&town().with("town/clues.csv", clue), "B"),
        "contact inquiry open"
    );
}

#[test]
fn vacancies_and_skills_say_what_is_left_open_and_what_is_wanted() {
    assert_eq!(
        list(&town(), "vacancies_open"),
        [
            "V1,Mill,Kunming,low,cook,300000,1,1,filled",
            "V2,Inn,Dali,low,cook,400000,1,1,filled",
            "V3,Yard,Wuhan,high,welder,500000,2,0,destination refused",
            "V4,Yard,Somewhere,unknown,welder,500000,2,0,destination risk not known",
            "V6,Shop,Dali,low,baker,100000,3,0,nobody cleared has the skill",
        ]
    );
    assert_eq!(
        list(&town(), "skill_balance"),
        [
            "baker,0,3,0,0,3",
            "cook,3,2,2,1,0",
            "tailor,1,0,0,1,0",
            "welder,1,0,0,1,0",
        ]
    );
    let anyone = town().with(
        "town/vacancies.csv",
        format!("{VACANCIES}V7,Dam,,1,1,Dali,low,\n"),
    );
    let matches = list(&anyone, "job_matches");
    let takes_anyone = |row: &String| row.ends_with(",V7,any,2020-02-29");
    assert_eq!(matches.iter().filter(|row| takes_anyone(row)).count(), 1);
}

#[test]
fn bad_rows_are_named_with_their_remedy_and_the_rest_goes_through() {
    let folder = town()
        .with(
            "town/vacancies.csv",
            format!("{VACANCIES}V8,Dam,cook,-3,1,Dali,low,\nV9,Dam,cook,2.5,1,Dali,low,\nV1,Dam,cook,3,1,Dali,low,\n"),
        )
        .with("town/skills.csv", format!("{SKILLS}S9,NOBODY,cook,\n"))
        .with("town/placements.csv", format!("{PLACEMENTS}L2,A,V99,organised,,2020-02-20\nL3,A,V1,lured,,2020-02-20\n"));
    let found = ask(&folder);
    assert_eq!(printed(&found).len(), 7);
    let refused = refused(&found);
    let named = |what: &str| refused.iter().filter(|line| line.contains(what)).count();
    for what in [
        "places: \"-3\"",
        "places: \"2.5\"",
        "V1",
        "person: \"NOBODY\"",
        "vacancy: \"V99\"",
        "kind: \"lured\"",
    ] {
        assert_eq!(named(what), 1, "{what} in {refused:#?}");
    }
    assert_eq!(refused.len(), 6);
    let strict = folder.jobs("--data town --date 2020-02-29 --strict");
    assert_eq!((strict.code, strict.out.as_str()), (1, ""));
}

/// One wage with digits too many left everybody without work.
#[test]
fn a_wage_no_work_pays_is_named_and_all_others_are_matched() {
    let wage = u64::MAX;
    let folder = town().with(
        "town/vacancies.csv",
        format!("{VACANCIES}V7,Dam,,1,{wage},Dali,low,\n"),
    );
    let found = ask(&folder);
    assert_eq!(found.out, ask(&town()).out);
    assert_eq!(
        said(&found).last(),
        Some(&"left out: vacancy V7, wage not credible; correct wage_fen")
    );
    let row = format!("V7,Dam,Dali,low,any,{wage},1,0,wage not credible");
    assert!(list(&folder, "vacancies_open").contains(&row));
}

#[test]
fn the_rules_of_programs_hold() {
    let chinese = town().jobs("--data town --date 2020-02-29 --lang zh");
    assert_eq!(
        printed(&chinese)[0],
        "A,上村,V1,Mill,Kunming,300000,厨师,2020-02-29,技能对口,无"
    );
    holds_to_the_rules_of_programs(&town(), HEADER, Folder::jobs);
}

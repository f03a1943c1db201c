//! `tasks`: what is left item by item, what stands still, what is overdue and whom to ask.

use outbreak_response_tests::program::{Answer, Folder, rows};

use crate::{corrected, holds_to_the_rules_of_programs, printed, refused, said, village};

const HEADER: &str = "programme,item,area,owner,deputy,unit,target,done,left,due,overdue_days,forecast,state,next_step,goes_to";
const PEOPLE: &str = "id,household,presence\nA,H1,present\nB,H1,away\nC,H2,present\n";
const PROGRAMMES: &str = "id,kind,name_zh,name_en,unit\n\
                          T,toilet,厕所,Toilets,toilets\n";
const ITEMS: &str = "id,programme,area,owner,deputy,target,due\n\
                     I1,T,V1,A,C,10,2020-03-20\n\
                     I2,T,V1,A,C,10,2020-02-20\n\
                     I3,T,V2,B,C,10,\n\
                     I4,T,V2,B,,10,\n\
                     I5,T,C,A,C,10,2020-03-05\n\
                     I6,T,V1,A,C,10,2020-02-01\n";
const PROGRESS: &str = "id,item,at,quantity\n\
                        G1,I1,2020-02-28T10:00,4\nG2,I1,2020-02-29T10:00,2\n\
                        G3,I2,2020-02-25T10:00,7\n\
                        G4,I3,2020-02-01T10:00,1\n\
                        G5,I5,2020-02-24T10:00,1\n\
                        G6,I6,2020-01-30T10:00,12\n\
                        G7,I1,2020-03-01T10:00,4\n";

fn town() -> Folder {
    village(PEOPLE)
        .with("town/programmes.csv", PROGRAMMES)
        .with("town/items.csv", ITEMS)
        .with("town/progress.csv", PROGRESS)
}

fn ask(folder: &Folder) -> Answer {
    folder.tasks("--data town --date 2020-02-29")
}

fn items(folder: &Folder, name: &str) -> Vec<String> {
    let found = folder.tasks(&format!("--data town --date 2020-02-29 --list {name}"));
    let rows = rows(&found.out);
    rows.iter().map(|row| row["item"].clone()).collect()
}

#[test]
fn every_item_says_what_is_left_how_late_it_is_and_who_is_to_be_asked() {
    let found = ask(&town());
    assert_eq!(
        found.out,
        format!(
            "{HEADER}\n\
             Toilets,I1,Upper,A,C,toilets,10,6,4,2020-03-20,0,2020-03-05,under way,go on,A\n\
             Toilets,I2,Upper,A,C,toilets,10,7,3,2020-02-20,9,2020-03-03,overdue by 9 days,say why,A\n\
             Toilets,I3,Lower,B,C,toilets,10,1,9,unknown,0,no pace to judge by,no progress for over 7 days,say why,C\n\
             Toilets,I4,Lower,B,unknown,toilets,10,0,10,unknown,0,no pace to judge by,no progress for over 7 days,name somebody,\n\
             Toilets,I5,Community,A,C,toilets,10,1,9,2020-03-05,0,2020-05-02,under way,speed up,A\n\
             Toilets,I6,Upper,A,C,toilets,10,12,0,2020-02-01,0,finished,finished,nothing,\n"
        )
    );
    assert_eq!(
        said(&found),
        ["T, toilet: 27 done of 60, 35 left; 6 items, 2 stalled, 1 overdue"]
    );
    assert_eq!(items(&town(), "tasks_open"), ["I1", "I2", "I3", "I4", "I5"]);
    assert_eq!(items(&town(), "tasks_stalled"), ["I2", "I3", "I4"]);
}

#[test]
fn an_owner_under_observation_is_stood_in_for() {
    let folder = town().with(
        "town/orders.csv",
        "id,person,at,event,measure,place,counted_from,until,clause,ordered_by\n\
         O1,A,2020-02-26T09:00,ordered,home_observation,home,2020-02-24,2020-03-09,,\n",
    );
    assert_eq!(rows(&ask(&folder).out)[0]["goes_to"], "C");
}

#[test]
fn what_is_in_no_sum_is_named() {
    let withdrawn = "I1x,,,,,,,2020-02-29T12:00,I1";
    let folder = town().with("town/items.csv", corrected(ITEMS, withdrawn));
    let found = ask(&folder);
    assert_eq!(printed(&found).len(), 5);
    assert_eq!(
        said(&found),
        [
            "T, toilet: 21 done of 50, 31 left; 5 items, 2 stalled, 1 overdue",
            "left out: item I1, which does not hold and has progress; correct the records",
        ]
    );
}

/// What was past 63 bits stood in the list as the largest number of 63 bits.
#[test]
fn a_quantity_of_any_size_is_printed_as_it_is() {
    let folder = town().with(
        "town/items.csv",
        format!("{ITEMS}I7,T,V1,A,C,{},\n", u64::MAX),
    );
    let folder = folder.with(
        "town/progress.csv",
        format!("{PROGRESS}G8,I7,2020-02-29T10:00,1\n"),
    );
    let found = rows(&ask(&folder).out);
    let row = &found[6];
    assert_eq!(row["target"], u64::MAX.to_string());
    assert_eq!(row["left"], (u64::MAX - 1).to_string());
    assert_eq!(row["forecast"], "later than a calendar reaches");
}

#[test]
fn duties_short_are_a_list_of_the_room() {
    let folder = town().with(
        "town/duties.csv",
        "id,kind,work_group,deputy_group,title_zh,title_en,quota,period,scope\n\
         D1,slogan,,,标语,Slogans,2,once,natural_village\n",
    );
    let found = folder.tasks("--data town --date 2020-02-29 --list duties_short");
    assert_eq!(
        printed(&found),
        [
            "Slogans,slogan,once,Upper,0,2,unknown",
            "Slogans,slogan,once,Lower,0,2,unknown",
        ]
    );
}

#[test]
fn bad_rows_are_named_with_their_remedy_and_the_rest_goes_through() {
    let folder = town()
        .with(
            "town/items.csv",
            format!(
                "{ITEMS}I7,X,V1,A,C,10,\nI8,T,V1,NOBODY,C,10,\nI9,T,V1,A,C,-10,\nI1,T,V1,A,C,3,\n"
            ),
        )
        .with(
            "town/progress.csv",
            format!("{PROGRESS}G8,I1,2020-02-29T10:00,-2\nG9,I9,2020-02-29T10:00,1\n"),
        );
    let found = ask(&folder);
    assert_eq!(printed(&found).len(), 6);
    let refused = refused(&found);
    let named = |what: &str| refused.iter().filter(|line| line.contains(what)).count();
    for what in [
        "programme: \"X\"",
        "owner: \"NOBODY\"",
        "target: \"-10\"",
        "quantity: \"-2\"",
        "item: \"I9\"",
    ] {
        assert_eq!(named(what), 1, "{what} in {refused:#?}");
    }
    assert_eq!(refused.len(), 6, "{refused:#?}");
    let strict = folder.tasks("--data town --date 2020-02-29 --strict");
    assert_eq!((strict.code, strict.out.as_str()), (1, ""));
}

#[test]
fn the_rules_of_programs_hold() {
    let chinese = town().tasks("--data town --date 2020-02-29 --lang zh");
    assert_eq!(
        printed(&chinese)[1],
        "厕所,I2,上村,A,C,座,10,7,3,2020-02-20,9,2020-03-03,超期9天,说明原因,A"
    );
    holds_to_the_rules_of_programs(&town(), HEADER, Folder::tasks);
}

//! What stands in the register is in no message and no debug print, however the file is damaged.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use common::Files;
use proptest::prelude::*;
use township_folder::{Folder, write_rejected};

/// What nobody but the register may print.
const SECRETS: [&str; 7] = [
    "王小明",
    "11010519491231002X",
    "13800138000",
    "李雷, the elder",
    "0875-5131234",
    "张三丰",
    "13900139000",
];

/// Everything a program could print of a folder, but for the register itself.
fn printed(folder: &Folder) -> String {
    let mut text = format!("{folder:?}\n{folder:#?}\n");
    for row in &folder.rejected {
        text += &format!("{row}\n{row:?}\n");
    }
    for warning in &folder.warnings {
        text += &format!("{warning}\n{warning:?}\n");
    }
    text + &String::from_utf8(write_rejected(&folder.rejected)).unwrap()
}

fn assert_kept(folder: &Folder) {
    let text = printed(folder);
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

#[test]
fn a_folder_in_order_prints_none() {
    assert_kept(&Files::whole().read());
}

#[test]
fn refused_rows_print_none() {
    let header = "person,name,identity_number,telephone,second telephone\n";
    let rows = [
        "P1,王小明,11010519491231002X,13800138000,13900139000",
        "P1,张三丰,,,",
        "P77,张三丰,11010519491231002X,,13900139000",
        ",张三丰,,13800138000,",
        "13800138000,张三丰,,,",
        "P2,张三丰,13900139000",
        "P2,\"张三丰,11010519491231002X,13900139000,",
        "P2,张三丰,,13900139000,,,surplus 13800138000",
    ];
    let folder = Files::whole()
        .with("register", format!("{header}{}\n", rows.join("\n")))
        .read();
    assert_eq!(folder.rejected.len(), 7);
    assert_kept(&folder);
}

#[test]
fn a_register_without_a_header_prints_none() {
    for text in [
        "P1,王小明,11010519491231002X,13800138000\nP2,张三丰,,13900139000\n",
        "P1,张三丰,13900139000,13900139000\nP2,张三丰,,\n",
        "\"P1,王小明,11010519491231002X,13800138000\nP2,张三丰,,13900139000\n",
    ] {
        let folder = Files::whole().with("register", text).read();
        assert!(folder.register.is_empty());
        assert_kept(&folder);
    }
}

#[test]
fn a_person_key_that_is_an_identity_number_is_not_printed_with_the_register() {
    let key = "11010519491231002X";
    let folder = Files::whole()
        .with(
            "register",
            format!("person,name,identity_number,telephone\n{key},张三丰,,\n"),
        )
        .read();
    assert_eq!(
        folder.rejected[0].to_string(),
        "register.csv, line 2, person: is not in people.csv; correct the id, or add or mend the row it names in people.csv"
    );
    assert_kept(&folder);
}

#[test]
fn numbers_that_cannot_be_are_said_without_the_number() {
    let folder = Files::whole()
        .with(
            "register",
            "person,name,identity_number,telephone\nP1,王小明,11010519490231002X,138\n",
        )
        .read();
    assert_eq!(
        folder.warnings[0].to_string(),
        "register.csv: person P1, identity number: its day of birth is no day of the calendar; compare it with the document"
    );
    assert!(!printed(&folder).contains("11010519490231002X"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_damage_to_the_register_makes_it_speak(
        cut in 0_usize..200,
        moved in 0_usize..200,
        end in 0_usize..200,
    ) {
        let mut files = Files::whole();
        let mut bytes = files.file("register").clone();
        let (cut, moved, end) = (cut.min(bytes.len()), moved.min(bytes.len()), end.min(bytes.len()));
        bytes.rotate_left(cut.min(moved));
        bytes.truncate(end.max(1));
        let folder = files.with("register", bytes).read();
        assert_kept(&folder);
    }
}

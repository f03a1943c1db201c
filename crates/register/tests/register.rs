//! What is kept, what is refused, what is looked at.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use register::{
    Entry, IdentityNumberFault, Register, TelephoneFault, check_identity_number, check_telephone,
};

fn contents(register: &Register) -> Vec<[Option<&str>; 4]> {
    register
        .iter()
        .map(|entry| {
            [
                Some(entry.person_key()),
                entry.name(),
                entry.identity_number(),
                entry.telephone(),
            ]
        })
        .collect()
}

#[test]
fn entries_are_found_by_key_and_listed_by_key() {
    let (register, errors) = Register::build(vec![
        Entry::new("P2", "李雷", "", ""),
        Entry::new(" P1 ", "", "", "0875-5131234"),
    ]);
    assert_eq!(errors, []);
    assert_eq!(
        contents(&register),
        [
            [Some("P1"), None, None, Some("0875-5131234")],
            [Some("P2"), Some("李雷"), None, None]
        ]
    );
    assert_eq!(register.get("P2").unwrap().name(), Some("李雷"));
    assert_eq!(register.get("P3"), None);
    assert!(!register.is_empty());
}

#[test]
fn a_person_can_be_deleted() {
    let (register, _) = Register::build(vec![
        Entry::new("P1", "a", "", ""),
        Entry::new("P2", "b", "", ""),
    ]);
    let register = register.without("P1");
    assert_eq!(register.get("P1"), None);
    assert_eq!(register.len(), 1);
    assert_eq!(register.clone().without("P9"), register);
}

#[test]
fn refused_entries_say_which_and_what_to_do() {
    let (register, errors) = Register::build(vec![
        Entry::new("11010519491231002X", "b", "", ""),
        Entry::new(" ", "c", "", ""),
        Entry::new("11010519491231002X", "a", "", ""),
    ]);
    assert_eq!(register.len(), 1);
    let messages: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "entry 1, person 11**************2X: entry 3 is of the same person and was kept; remove one of the two",
            "entry 2: the person key is empty; give the person a key",
        ]
    );
}

#[test]
fn what_a_clerk_should_look_at_is_said_without_saying_it() {
    let (register, _) = Register::build(vec![
        Entry::new("11010519491231002X", "王小明", "11010519491231002X", ""),
        Entry::new("440524188001010014", "", "", ""),
        Entry::new("P3", "韩梅梅", "110105194912310021", "12345"),
        Entry::new("P4", "", "王王王王王王王王王王王王王王王", "见村长"),
        Entry::new("李雷1", "李雷", "", ""),
        Entry::new("20200214123456789", "", "", ""),
        Entry::new("P5", "吴", "990105194912310021", "+1 23"),
    ]);
    let messages: Vec<String> = register
        .warnings()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        messages,
        [
            "person ***: the key is itself an identity number, which every table would print; give the person another key",
            "person 44**************14: the key is itself an identity number, which every table would print; give the person another key",
            "person P3, identity number: its check character does not fit its other digits; compare it with the document",
            "person P3, telephone: its 5 digits are neither a mobile number, a line with its area code nor a local line; ask for the number again",
            "person P4, identity number: it has other characters than digits and a last X; compare it with the document",
            "person P4, telephone: it has other characters than digits, spaces, hyphens, brackets and a first plus; ask for the number again",
            "person P5, identity number: its first two digits are no province's; compare it with the document",
            "person P5, telephone: its 3 digits after the plus are no number abroad, which has 8 to 15; ask for the number again",
            "person ***: the key holds the person's name or telephone, which every table would print; give the person another key",
        ]
    );
}

#[test]
fn identity_numbers_are_checked_by_the_standard() {
    for number in [
        "11010519491231002X",
        "11010519491231002x",
        "１１010519491231002X",
        "440524188001010014",
        "110105491231002",
    ] {
        assert_eq!(check_identity_number(number), Ok(()), "{number}");
    }
    for (number, fault) in [
        ("", IdentityNumberFault::Length(0)),
        ("王王王王王王", IdentityNumberFault::Length(6)),
        ("11010519491231002", IdentityNumberFault::Length(17)),
        ("1101051949123100X2", IdentityNumberFault::Characters),
        ("11010549123100X", IdentityNumberFault::Characters),
        ("101105194912310021", IdentityNumberFault::Province),
        ("110105194902310029", IdentityNumberFault::DayOfBirth),
        ("110105490229002", IdentityNumberFault::DayOfBirth),
        ("110105194912310020", IdentityNumberFault::CheckCharacter),
    ] {
        assert_eq!(check_identity_number(number), Err(fault), "{number}");
    }
}

#[test]
fn telephones_are_those_that_can_be_called() {
    for telephone in [
        "13800138000",
        "+86 13800138000",
        "0086-13800138000",
        "（0875）5131234",
        "+86 875 5131234",
        "010-12345678",
        "5131234",
        "400-123-4567",
        "+95 9 123 456 78",
        "１３８００１３８０００",
    ] {
        assert_eq!(check_telephone(telephone), Ok(()), "{telephone}");
    }
    for (telephone, fault) in [
        ("12800138000", TelephoneFault::Digits(11)),
        ("138001380000", TelephoneFault::Digits(12)),
        ("00000000000", TelephoneFault::Abroad(9)),
        ("110", TelephoneFault::Digits(3)),
        ("13800138000/5131234", TelephoneFault::Characters),
        ("+1234567", TelephoneFault::Abroad(7)),
    ] {
        assert_eq!(check_telephone(telephone), Err(fault), "{telephone}");
    }
}

/// A few keys, so that entries repeat them.
fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let entry = ("P?[1-3]?", "[ab]?", "[12]?", "[34]?")
        .prop_map(|(key, name, number, telephone)| Entry::new(&key, &name, &number, &telephone));
    prop::collection::vec(entry, 0..8)
}

/// Entries whose every field is a secret no message could hold by chance, and whose key
/// may be one of them.
fn secret_entries() -> impl Strategy<Value = Vec<[String; 4]>> {
    let entry = (
        "P[1-3]",
        "[王李张]{2}[甲乙丙]{3}",
        "[1-6][1-6]0105[12][890][0-9]{2}[01][0-9][0-3][0-9]{4}[0-9X]|Q[0-9]{9}",
        "1[0-9]{10}|07[0-9]{9}",
        0..6_u8,
    )
        .prop_map(|(key, name, number, telephone, kind)| {
            let key = match kind {
                0 => name.clone(),
                1 => number.clone(),
                2 => telephone.clone(),
                3 => format!("{key}-{name}"),
                _ => key,
            };
            [key, name, number, telephone]
        });
    prop::collection::vec(entry, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_order_of_entries_changes_nothing(entries in entries(), seed in any::<prop::sample::Index>()) {
        let (register, errors) = Register::build(entries.clone());
        prop_assert_eq!(register.len() + errors.len(), entries.len());
        let mut turned = entries.clone();
        turned.reverse();
        if !turned.is_empty() {
            let middle = seed.index(turned.len());
            turned.rotate_left(middle);
        }
        let (other, others) = Register::build(turned);
        prop_assert_eq!(contents(&register), contents(&other));
        prop_assert_eq!(errors.len(), others.len());
        prop_assert!(register.iter().map(Entry::person_key).is_sorted());
        for entry in &register {
            let smallest = entries.iter().filter(|given| given.person_key() == entry.person_key()).min();
            prop_assert_eq!(Some(entry), smallest);
        }
    }

    #[test]
    fn no_secret_is_in_any_message(secrets in secret_entries()) {
        let entries: Vec<Entry> = secrets.iter().map(|[key, name, number, telephone]| Entry::new(key, name, number, telephone)).collect();
        let mut said = format!("{entries:?} {entries:#?}");
        let (register, errors) = Register::build(entries);
        said += &format!("{register:?} {register:#?} {errors:?}");
        for error in &errors {
            said += &error.to_string();
        }
        for warning in register.warnings() {
            said += &format!("{warning} {warning:?}");
        }
        for [_, name, number, telephone] in &secrets {
            for secret in [name, number, telephone] {
                prop_assert!(!said.contains(secret.as_str()), "{}", said);
            }
        }
    }

    #[test]
    fn no_text_makes_a_panic(text in "\\PC{0,20}|[0-9X]{15,18}") {
        let identity = check_identity_number(&text);
        let length = text.trim().chars().count();
        prop_assert_eq!(matches!(identity, Err(IdentityNumberFault::Length(_))), length != 15 && length != 18);
        let _ = check_telephone(&text);
        let (register, _) = Register::build(vec![Entry::new(&text, "", "", &text)]);
        prop_assert!(register.warnings().len() <= 3);
    }
}

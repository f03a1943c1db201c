//! One table of twelve clauses, the first that holds deciding, in the forms that are raced: a rule
//! book, an `if` chain by hand, and people as structs and as facts.

use quarantine_rules::{Books, Facts, Subject};

/// A person as the hand-written chain sees it.
#[derive(Clone, Copy)]
pub struct Person {
    pub days: u16,
    pub close: bool,
    pub hubei: bool,
    pub outside: bool,
    pub symptoms: bool,
    pub positive: bool,
    pub student: bool,
}

/// Made-up people, the same on every machine.
pub fn people(count: usize) -> Vec<Person> {
    let mut state = 12345u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let person = |drawn: u64| Person {
        days: (drawn % 30) as u16,
        close: drawn >> 8 & 31 == 0,
        hubei: drawn >> 16 & 15 == 0,
        outside: drawn >> 24 & 1 == 0,
        symptoms: drawn >> 32 & 63 == 0,
        positive: drawn >> 40 & 255 == 0,
        student: drawn >> 56 & 3 == 1,
    };
    (0..count).map(|_| person(next())).collect()
}

/// The clause that decides, by an `if` chain.
#[inline]
pub fn by_hand(person: &Person) -> u8 {
    let recent = person.days <= 14;
    if person.positive {
        0
    } else if person.symptoms && person.close {
        1
    } else if person.symptoms && person.hubei {
        2
    } else if person.symptoms {
        3
    } else if person.close && recent {
        4
    } else if person.hubei && recent {
        5
    } else if person.close {
        6
    } else if person.hubei {
        7
    } else if person.outside && person.student && recent {
        8
    } else if person.outside && recent {
        9
    } else if person.outside {
        10
    } else {
        11
    }
}

/// The conditions in the book's words: closeness is `immune`, days are `option`, a positive test
/// `three_neg`, a student `resident`; names do not matter to any of the engines.
pub const CONDITIONS: [&[&str]; 12] = [
    &["three_neg=yes"],
    &["symptoms=yes", "immune=yes"],
    &["symptoms=yes", "via_hubei=yes"],
    &["symptoms=yes"],
    &["immune=yes", "option<=14"],
    &["via_hubei=yes", "option<=14"],
    &["immune=yes"],
    &["via_hubei=yes"],
    &["outside_city=yes", "resident=yes", "option<=14"],
    &["outside_city=yes", "option<=14"],
    &["outside_city=yes"],
    &[],
];

/// The table as a rule book. More terms go first in a book: terms are said again until the order
/// is that of the table.
pub fn book() -> Books {
    let mut text = "authority = \"X\"\nname_zh = \"某\"\nname_en = \"X\"\n".to_owned();
    for (at, terms) in CONDITIONS.iter().enumerate() {
        let mut terms: Vec<&str> = terms.to_vec();
        while !terms.is_empty() && terms.len() < 12 - at {
            terms.push(terms[0]);
        }
        text.push_str(&format!(
            "[[clause]]\nid = \"C{at}\"\ndisease = \"D\"\nedition = \"1\"\nfrom = 2020-01-01\nsubject = \"local_returnee\"\ncondition = \"{}\"\nmeasure = \"home_quarantine\"\ndays = {}\ncounted_from = \"arrival\"\nplace = \"home\"\nsource = \"made up\"\nconfidence = \"recalled\"\n",
            terms.join(";"),
            1 + at
        ));
    }
    Books::from_toml(&[("x.toml", text)]).unwrap()
}

/// A person's facts.
pub fn facts(person: &Person) -> Facts {
    let mut facts = Facts::new(Subject::LocalReturnee);
    facts.option = Some(person.days);
    facts.immune = Some(person.close);
    facts.via_hubei = Some(person.hubei);
    facts.outside_city = Some(person.outside);
    facts.symptoms = Some(if person.symptoms { "yes" } else { "none" }.into());
    facts.three_neg = Some(person.positive);
    facts.resident = Some(person.student);
    facts.arrival_date = "2020-01-20".parse().ok();
    facts
}

//! Slow, obvious answers to hold the fast ones against.
#![allow(dead_code, reason = "each test file uses its part")]

use grid_model::{AsOf, Recorded};

/// What a ledger of `(subject, value)` rows holds of each first record: by the definition, with
/// no index.
pub(crate) fn held<T>(rows: &[Recorded<T>], as_of: AsOf) -> Vec<(&str, &str, &T)> {
    let known_time = |row: &Recorded<T>| {
        let mut row = row;
        // Standing data and withdrawals without a time are known with what they correct.
        loop {
            if let Some(at) = row.known_at {
                return at;
            }
            match rows
                .iter()
                .find(|other| Some(&other.id) == row.corrects.as_ref())
            {
                Some(parent) => row = parent,
                None => return chrono::NaiveDateTime::MIN,
            }
        }
    };
    let known = |row: &&Recorded<T>| as_of.knows(known_time(row));
    let mut answer = Vec::new();
    let mut firsts: Vec<&Recorded<T>> = rows.iter().filter(|row| row.corrects.is_none()).collect();
    firsts.sort_by(|a, b| a.id.cmp(&b.id));
    for first in firsts.into_iter().filter(known) {
        // Everything that leads to the first through known rows only.
        let mut tree = vec![first];
        loop {
            let more: Vec<&Recorded<T>> = rows
                .iter()
                .filter(known)
                .filter(|row| {
                    tree.iter()
                        .any(|above| row.corrects.as_ref() == Some(&above.id))
                })
                .filter(|row| !tree.iter().any(|there| there.id == row.id))
                .collect();
            if more.is_empty() {
                break;
            }
            tree.extend(more);
        }
        let uncorrected = tree.iter().filter(|row| {
            !tree
                .iter()
                .any(|other| other.corrects.as_ref() == Some(&row.id))
        });
        let holds = uncorrected.max_by_key(|row| (known_time(row), row.id.clone()));
        if let Some(holds) = holds
            && let Some(what) = &holds.what
        {
            answer.push((first.id.as_str(), holds.id.as_str(), what));
        }
    }
    answer
}

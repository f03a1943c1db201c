//! Records with two times: when a thing happened, and when it became known.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::{AsOf, Keys, Record, RecordError, Recorded};

/// All records of one kind, with everything that was ever written about them.
///
/// A record that a known record corrects no longer holds. Of the corrections that nothing known
/// corrects in turn, the latest known holds, then the greatest id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger<T> {
    ids: Keys,
    /// When each row became known; the beginning of time for what is known always.
    known_at: Vec<NaiveDateTime>,
    stated_known_at: BTreeMap<u32, NaiveDateTime>,
    what: Vec<Option<T>>,
    /// The rows that correct nothing, in the order of their ids: each is a thing of its own.
    roots: Vec<u32>,
    /// The rows that correct a row, for the few that are corrected.
    corrections: BTreeMap<u32, Vec<u32>>,
    corrects: BTreeMap<u32, u32>,
}

impl<T> Default for Ledger<T> {
    fn default() -> Self {
        Ledger {
            ids: Keys::default(),
            known_at: Vec::new(),
            stated_known_at: BTreeMap::new(),
            what: Vec::new(),
            roots: Vec::new(),
            corrections: BTreeMap::new(),
            corrects: BTreeMap::new(),
        }
    }
}

/// What a ledger holds of one thing as of a day.
#[derive(Debug, PartialEq, Eq)]
pub struct Held<'a, T> {
    /// The dense number of the thing: its rank among all first records.
    pub index: usize,
    /// The id of the first record, by which the thing is known.
    pub id: &'a str,
    /// The id of the record that holds: the first, or a correction.
    pub record: &'a str,
    /// When the record that holds became known.
    pub known_at: NaiveDateTime,
    /// What it says.
    pub what: &'a T,
}

impl<T> Clone for Held<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Held<'_, T> {}

/// A correction, with what it replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Correction<'a, T> {
    /// The id of the first record.
    pub id: &'a str,
    /// The id of the correction.
    pub record: &'a str,
    /// When it became known.
    pub known_at: NaiveDateTime,
    /// What was held before, where anything was.
    pub before: Option<&'a T>,
    /// What is held now; nothing where the record was withdrawn.
    pub now: Option<&'a T>,
}

impl<T: Record> Ledger<T> {
    /// Takes rows in any order; what breaks a rule comes back beside the ledger of the rest.
    pub fn build(mut rows: Vec<Recorded<T>>) -> (Self, Vec<RecordError>) {
        let mut refused = Vec::new();
        rows.sort_unstable();
        let mut kept: Vec<Recorded<T>> = Vec::with_capacity(rows.len());
        for row in rows {
            if kept.last().is_some_and(|last| last.id == row.id) {
                refused.push(RecordError::DuplicateId { id: row.id });
            } else if row.what.is_none() && row.corrects.is_none() {
                refused.push(RecordError::Empty { id: row.id });
            } else {
                kept.push(row);
            }
        }
        let bad = refused_corrections(&kept);
        if !bad.is_empty() {
            let mut index = 0;
            kept.retain(|_| {
                index += 1;
                !bad.contains_key(&(index - 1))
            });
            refused.extend(bad.into_values());
        }
        refused.sort_by(|a, b| a.id().cmp(b.id()));
        (Self::of_sound_rows(kept), refused)
    }

    /// The ledger of rows in order of id whose corrections are known to be sound.
    fn of_sound_rows(rows: Vec<Recorded<T>>) -> Self {
        let ids = Keys::new(rows.iter().map(|row| row.id.as_str()));
        let known = known_times(&rows, &parents(&rows));
        let mut ledger = Ledger {
            ids,
            known_at: known,
            ..Ledger::default()
        };
        for (index, row) in (0u32..).zip(rows) {
            let parent = row.corrects.and_then(|id| ledger.ids.position(&id));
            match parent.and_then(|parent| u32::try_from(parent).ok()) {
                Some(parent) => {
                    ledger.corrections.entry(parent).or_default().push(index);
                    ledger.corrects.insert(index, parent);
                }
                None => ledger.roots.push(index),
            }
            if let Some(at) = row.known_at {
                ledger.stated_known_at.insert(index, at);
            }
            ledger.what.push(row.what);
        }
        ledger
    }
}

impl<T> Ledger<T> {
    /// How many things are recorded: first records, corrections not counted.
    pub fn len(&self) -> usize {
        self.roots.len()
    }

    /// Whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// How many rows there are, corrections and withdrawals counted.
    pub fn rows(&self) -> usize {
        self.what.len()
    }

    /// The id of the thing with this dense number.
    pub fn id(&self, index: usize) -> &str {
        self.roots
            .get(index)
            .map_or("", |&row| self.ids.key(row as usize))
    }

    /// The dense number of the thing with this id; a correction's id is not one.
    pub fn position(&self, id: &str) -> Option<usize> {
        let row = u32::try_from(self.ids.position(id)?).ok()?;
        self.roots.binary_search(&row).ok()
    }

    /// Whether any row, corrections included, has this id.
    pub fn has_row(&self, id: &str) -> bool {
        self.ids.position(id).is_some()
    }

    /// What is held of one thing, if anything was known of it by then.
    pub fn held(&self, index: usize, as_of: AsOf) -> Option<Held<'_, T>> {
        let root = *self.roots.get(index)?;
        let row = self.holder(root, as_of)?;
        let what = self.what[row as usize].as_ref()?;
        Some(Held {
            index,
            id: self.ids.key(root as usize),
            record: self.ids.key(row as usize),
            known_at: self.known_at[row as usize],
            what,
        })
    }

    /// Everything held as of a day, plans for later days included, in the order of ids.
    pub fn as_of(&self, as_of: AsOf) -> impl Iterator<Item = Held<'_, T>> {
        (0..self.roots.len()).filter_map(move |index| self.held(index, as_of))
    }

    /// What is held of standing data on a day, without what was not known yet on that day itself: a
    /// skill registered on the 20th was not among those of the 10th, even when the 10th is looked
    /// at again later.
    pub fn standing(&self, as_of: AsOf) -> impl Iterator<Item = Held<'_, T>> {
        let on_the_day = AsOf::on(as_of.day);
        let known_then = move |held: &Held<'_, T>| {
            as_of.known_by <= as_of.day || self.held(held.index, on_the_day).is_some()
        };
        self.as_of(as_of).filter(known_then)
    }

    /// Every row as it was written, in the order of ids: what `build` took.
    pub fn recorded(&self) -> impl Iterator<Item = Recorded<T>> + '_
    where
        T: Clone,
    {
        (0u32..).zip(&self.what).map(|(row, what)| Recorded {
            id: self.ids.key(row as usize).to_owned(),
            known_at: self.stated_known_at.get(&row).copied(),
            corrects: self
                .corrects
                .get(&row)
                .map(|&parent| self.ids.key(parent as usize).to_owned()),
            what: what.clone(),
        })
    }

    /// The corrections and withdrawals that became known on the day `as_of.known_by`, with what
    /// was held on the evening before.
    pub fn corrected_on(&self, as_of: AsOf) -> Vec<Correction<'_, T>> {
        let before = as_of.yesterday();
        let mut found = Vec::new();
        for (index, &root) in self.roots.iter().enumerate() {
            if !self.corrections.contains_key(&root) {
                continue;
            }
            let Some(now) = self.holder(root, as_of) else {
                continue;
            };
            if self.holder(root, before) == Some(now) || now == root {
                continue;
            }
            found.push(Correction {
                id: self.ids.key(root as usize),
                record: self.ids.key(now as usize),
                known_at: self.known_at[now as usize],
                before: self.held(index, before).map(|held| held.what),
                now: self.what[now as usize].as_ref(),
            });
        }
        found
    }

    /// The row that holds in place of a row known by then.
    fn holder(&self, row: u32, as_of: AsOf) -> Option<u32> {
        if !as_of.knows(self.known_at[row as usize]) {
            return None;
        }
        if !self.corrections.contains_key(&row) {
            return Some(row);
        }
        // Corrections of corrections are few, but a chain may be long: no recursion.
        let mut best = None;
        let mut open = vec![row];
        while let Some(row) = open.pop() {
            let mut corrected = false;
            for &child in self.corrections.get(&row).into_iter().flatten() {
                if as_of.knows(self.known_at[child as usize]) {
                    corrected = true;
                    open.push(child);
                }
            }
            let rank = (self.known_at[row as usize], row);
            if !corrected && best.is_none_or(|best| best < rank) {
                best = Some(rank);
            }
        }
        best.map(|(_, row)| row)
    }
}

impl<T: Record> Ledger<T> {
    /// What was held as of a day and had happened by its end; plans and standing data included.
    pub fn happened(&self, as_of: AsOf) -> impl Iterator<Item = Held<'_, T>> {
        self.as_of(as_of).filter(move |held| {
            held.what
                .happened_at()
                .is_none_or(|at| as_of.has_happened(at))
        })
    }
}

/// The row each row corrects, among rows in order of id.
fn parents<T>(rows: &[Recorded<T>]) -> Vec<Option<usize>> {
    rows.iter()
        .map(|row| {
            let id = row.corrects.as_ref()?;
            rows.binary_search_by(|other| other.id.cmp(id)).ok()
        })
        .collect()
}

/// Rows in an order in which each comes after the one it corrects; rows in a circle are left out.
fn parents_first(parents: &[Option<usize>]) -> Vec<usize> {
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut order: Vec<usize> = Vec::with_capacity(parents.len());
    for (index, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => children.entry(*parent).or_default().push(index),
            None => order.push(index),
        }
    }
    let mut next = 0;
    while let Some(&row) = order.get(next) {
        order.extend(children.get(&row).into_iter().flatten());
        next += 1;
    }
    order
}

/// When each row became known. A withdrawal or standing row without a time of its own is known
/// with the row it corrects.
fn known_times<T: Record>(rows: &[Recorded<T>], parents: &[Option<usize>]) -> Vec<NaiveDateTime> {
    let mut known = vec![NaiveDateTime::MIN; rows.len()];
    for row in parents_first(parents) {
        let happened = rows[row].what.as_ref().and_then(Record::happened_at);
        let with_parent = parents[row].map_or(NaiveDateTime::MIN, |parent| known[parent]);
        known[row] = rows[row].known_at.or(happened).unwrap_or(with_parent);
    }
    known
}

/// The corrections that break a rule, by position, those that correct a refused row included.
fn refused_corrections<T: Record>(rows: &[Recorded<T>]) -> BTreeMap<usize, RecordError> {
    let parents = parents(rows);
    let known = known_times(rows, &parents);
    let mut refused = BTreeMap::new();
    let mut subjects: Vec<Option<T::Subject>> = rows.iter().map(|_| None).collect();
    let mut seen = vec![false; rows.len()];
    for row in parents_first(&parents) {
        seen[row] = true;
        let id = rows[row].id.clone();
        let own = rows[row].what.as_ref().map(Record::subject);
        let (Some(corrects), parent) = (rows[row].corrects.clone(), parents[row]) else {
            subjects[row] = own;
            continue;
        };
        let Some(parent) = parent.filter(|parent| !refused.contains_key(parent)) else {
            refused.insert(row, RecordError::CorrectsNothing { id, corrects });
            continue;
        };
        let of_parent = subjects[parent].take();
        let same = own.is_none() || own == of_parent;
        if !same {
            refused.insert(row, RecordError::CorrectsAnotherSubject { id, corrects });
        } else if known[row].date().cmp(&known[parent].date()) == Ordering::Less {
            let later = known[parent].date();
            refused.insert(
                row,
                RecordError::CorrectsLaterDay {
                    id,
                    corrects,
                    later,
                },
            );
        } else {
            subjects[row] = own.or_else(|| subject_above(rows, &parents, parent));
        }
        subjects[parent] = of_parent;
    }
    for (row, _) in seen.iter().enumerate().filter(|(_, seen)| !**seen) {
        let (id, corrects) = (
            rows[row].id.clone(),
            rows[row].corrects.clone().unwrap_or_default(),
        );
        refused.insert(row, RecordError::CorrectsItself { id, corrects });
    }
    refused
}

/// The subject of a row, or of the nearest row above it that records anything.
fn subject_above<T: Record>(
    rows: &[Recorded<T>],
    parents: &[Option<usize>],
    mut row: usize,
) -> Option<T::Subject> {
    loop {
        if let Some(what) = &rows[row].what {
            return Some(what.subject());
        }
        row = parents[row]?;
    }
}

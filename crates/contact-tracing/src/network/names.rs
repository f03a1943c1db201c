//! The ids of records, which row each has, and which rows no longer hold.

use std::collections::BTreeMap;
use std::hash::Hasher as _;

use rustc_hash::{FxHashSet, FxHasher};

use super::column::Column;

/// The ids of a table's rows: those it was built with, then those that were added.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// Every id one after the other: a million rows cost one allocation, not a million.
    text: String,
    /// Where the id of each row ends; nothing where no row has one.
    ends: Option<Column>,
    built: u32,
    /// Rows with an id in the order of [`hash`], then of the id: four bytes a row find each.
    by_id: Vec<u32>,
    added: Vec<Box<str>>,
    row_of_added: BTreeMap<Box<str>, u32>,
    /// Rows that were withdrawn or corrected. Asked, never gone through.
    gone: FxHashSet<u32>,
}

/// A number for an id. Ids may be chosen to share one; then their text decides.
fn hash(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(id.as_bytes());
    hasher.finish()
}

/// Rows are numbered with 32 bits.
fn count<T>(sound: &[T]) -> u32 {
    u32::try_from(sound.len()).unwrap_or(u32::MAX)
}

/// Rows with an id in the order of its hash, and those whose id an earlier row has.
///
/// Numbers are sorted, and text only where two numbers are the same: n log n whatever the ids.
fn rows_by_id<'a, T>(sound: &[(T, u32)], id_of: impl Fn(u32) -> &'a str) -> (Vec<u32>, Vec<u32>) {
    let id_of = |row: u32| id_of(sound[row as usize].1);
    let mut keyed: Vec<(u64, u32)> = (0..count(sound))
        .filter(|&row| !id_of(row).is_empty())
        .map(|row| (hash(id_of(row)), row))
        .collect();
    keyed.sort_unstable_by(|a, b| {
        let text = || id_of(a.1).cmp(id_of(b.1));
        a.0.cmp(&b.0).then_with(text).then(a.1.cmp(&b.1))
    });
    let mut by_id: Vec<u32> = Vec::with_capacity(keyed.len());
    let mut again = Vec::new();
    for (_, row) in keyed {
        match by_id.last() {
            Some(&before) if id_of(before) == id_of(row) => again.push(row),
            _ => by_id.push(row),
        }
    }
    again.sort_unstable();
    (by_id, again)
}

/// Sorts rows by what they say, then by their ids, and names them; of several under one id the
/// least stays, and the others are taken out and handed back.
///
/// The place of a row in the log tells the order of arrival and decides nothing: the text of its
/// id does.
pub(super) fn sorted_and_named<'a, T: Copy + Ord>(
    sound: &mut Vec<(T, u32)>,
    id_of: impl Fn(u32) -> &'a str,
) -> (Names, Vec<(T, u32)>) {
    sound.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| id_of(a.1).cmp(id_of(b.1))));
    let (mut by_id, again) = rows_by_id(sound, &id_of);
    let taken = take_out(sound, &again);
    if !taken.is_empty() {
        by_id = rows_by_id(sound, &id_of).0;
    }
    let names = Names::of(sound, by_id, id_of);
    (names, taken)
}

/// Takes the rows at some places, which come in order, out of all; linear.
fn take_out<T: Copy>(all: &mut Vec<T>, places: &[u32]) -> Vec<T> {
    if places.is_empty() {
        return Vec::new();
    }
    let mut next = places.iter().peekable();
    let mut taken = Vec::with_capacity(places.len());
    let mut place = 0;
    all.retain(|&one| {
        let out = next.next_if(|&&next| next == place).is_some();
        taken.extend(out.then_some(one));
        place += 1;
        !out
    });
    taken
}

impl Names {
    /// From the id of each row, none of them twice, and the rows in the order of their ids.
    fn of<'a, T>(sound: &[(T, u32)], by_id: Vec<u32>, id_of: impl Fn(u32) -> &'a str) -> Self {
        let mut text = String::new();
        let mut ends: Vec<i64> = Vec::new();
        if !by_id.is_empty() {
            ends.reserve(sound.len());
            for &(_, row) in sound {
                text.push_str(id_of(row));
                // No text is longer than a signed size: the allocator sees to that.
                ends.push(i64::try_from(text.len()).unwrap_or(i64::MAX));
            }
        }
        Names {
            text,
            ends: (!by_id.is_empty()).then(|| Column::of(ends.iter().copied())),
            built: count(sound),
            by_id,
            added: Vec::new(),
            row_of_added: BTreeMap::new(),
            gone: FxHashSet::default(),
        }
    }

    /// The id of a row; empty where it has none.
    pub(crate) fn id(&self, row: u32) -> &str {
        if let Some(added) = row.checked_sub(self.built) {
            return self.added.get(added as usize).map_or("", |id| id);
        }
        let end_of = |row: u32| {
            let end = self.ends.as_ref()?.get(row as usize)?;
            usize::try_from(end).ok()
        };
        let start = row.checked_sub(1).map_or(Some(0), end_of);
        let range = start.zip(end_of(row)).map(|(start, end)| start..end);
        range.and_then(|range| self.text.get(range)).unwrap_or("")
    }

    /// The row that holds under an id.
    pub(crate) fn row(&self, id: &str) -> Option<u32> {
        if id.is_empty() {
            return None;
        }
        if let Some(&row) = self.row_of_added.get(id) {
            return Some(row);
        }
        let sought = (hash(id), id);
        let found = self.by_id.binary_search_by(|&row| {
            let own = self.id(row);
            (hash(own), own).cmp(&sought)
        });
        let row = self.by_id.get(found.ok()?).copied()?;
        self.holds(row).then_some(row)
    }

    /// Whether a row still holds.
    pub(crate) fn holds(&self, row: u32) -> bool {
        self.gone.is_empty() || !self.gone.contains(&row)
    }

    /// How many rows hold.
    pub(crate) fn holding(&self) -> usize {
        self.built as usize + self.added.len() - self.gone.len()
    }

    /// How many rows there are, those that no longer hold among them.
    pub(crate) fn rows(&self) -> u32 {
        let added = u32::try_from(self.added.len()).unwrap_or(u32::MAX);
        self.built.saturating_add(added)
    }

    /// How many rows it was built with.
    pub(crate) fn built(&self) -> u32 {
        self.built
    }

    /// How much was changed since it was built.
    pub(crate) fn changed(&self) -> usize {
        self.added.len() + self.gone.len()
    }

    /// A new row under an id that none has.
    pub(crate) fn add(&mut self, id: &str) -> u32 {
        let row = self.rows();
        self.added.push(id.into());
        self.row_of_added.insert(id.into(), row);
        row
    }

    /// A row that no longer holds.
    pub(crate) fn remove(&mut self, row: u32) {
        let id: Box<str> = self.id(row).into();
        if row >= self.built {
            self.row_of_added.remove(&id);
        }
        self.gone.insert(row);
    }
}

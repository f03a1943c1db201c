//! A log from rows in any order.

use thiserror::Error;

use super::InstantLog;
use super::log::index;
use super::people::People;

/// Why a row is not in the log. The rows beside it were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RefusedContact {
    /// A contact of a person with the same person.
    #[error("row {row}, contact at {at}: person {person} is on both sides; name the two who met")]
    MeetsOneself {
        /// The place of the row among those given, from 0.
        row: usize,
        /// The instant.
        at: i64,
        /// Who.
        person: u64,
    },
    /// The log is full.
    #[error(
        "row {row}, contact at {at} of {a} and {b}: the log holds {most} contacts already; trace a shorter period or a smaller place"
    )]
    TooMany {
        /// The place of the row among those given, from 0.
        row: usize,
        /// The instant.
        at: i64,
        /// One of the two.
        a: u64,
        /// The other.
        b: u64,
        /// How many a log holds.
        most: usize,
    },
}

type Row = (i64, u64, u64);

pub(super) fn log(contacts: impl IntoIterator<Item = Row>, most: usize) -> InstantLog {
    let given = Given::collect(contacts, most);
    if given.rows.is_empty() {
        let (people, refused) = (People::default(), given.refused);
        return InstantLog::from_parts(people, Sorted::with_room(0), refused);
    }
    let ends = given.rows.iter().flat_map(|&(_, a, b)| [a, b]);
    let people = People::of(given.greatest, ends, given.rows.len());
    let mut sorted = Sorted::with_room(given.rows.len());
    let refused = given.refused;
    // People are numbered in their order, so rows sort the same by either name. Own names are
    // packed where they fit: numbering is then a look-up in order of time, after the sort.
    match Layout::of(given.first, given.last, given.greatest) {
        Some(layout) => layout.sort(given.rows, &people, &mut sorted),
        None => sort_by_number(given.rows, &people, &mut sorted),
    }
    InstantLog::from_parts(people, sorted, refused)
}

/// The rows that can be taken, and between what they lie.
struct Given {
    rows: Vec<Row>,
    first: i64,
    last: i64,
    /// The greatest person.
    greatest: u64,
    refused: Vec<RefusedContact>,
}

impl Given {
    fn collect(contacts: impl IntoIterator<Item = Row>, most: usize) -> Self {
        let contacts = contacts.into_iter();
        let mut given = Given {
            rows: Vec::with_capacity(contacts.size_hint().0.min(most)),
            first: i64::MAX,
            last: i64::MIN,
            greatest: 0,
            refused: Vec::new(),
        };
        for (row, (at, a, b)) in contacts.enumerate() {
            if a == b {
                let person = a;
                given
                    .refused
                    .push(RefusedContact::MeetsOneself { row, at, person });
            } else if given.rows.len() == most {
                given.refused.push(RefusedContact::TooMany {
                    row,
                    at,
                    a,
                    b,
                    most,
                });
            } else {
                given.first = given.first.min(at);
                given.last = given.last.max(at);
                given.greatest = given.greatest.max(a).max(b);
                // Who is named first means nothing, so it must not decide the order.
                given.rows.push((at, a.min(b), a.max(b)));
            }
        }
        given
    }
}

/// How an instant and two people are packed into 64 bits, so that packed rows sort as rows do.
///
/// Sorting 8 bytes instead of 16 halves what the sort moves, and comparing is one instruction.
#[derive(Clone, Copy)]
struct Layout {
    first: i64,
    person_bits: u32,
}

impl Layout {
    fn of(first: i64, last: i64, greatest: u64) -> Option<Self> {
        let bits = |greatest: u64| u64::BITS - greatest.leading_zeros();
        let person_bits = bits(greatest).max(1);
        let fits = bits(last.abs_diff(first)) + 2 * person_bits <= u64::BITS;
        fits.then_some(Layout { first, person_bits })
    }

    fn sort(self, rows: Vec<Row>, people: &People, sorted: &mut Sorted) {
        let bits = self.person_bits;
        let pack = |(at, a, b): Row| ((self.instant_bits(at) << bits | a) << bits) | b;
        let mut packed: Vec<u64> = rows.iter().map(|&row| pack(row)).collect();
        drop(rows);
        sort_unstable(&mut packed);
        let table = people.table();
        let number = |person: u64| number(people, &table, person);
        let person = |bits_of: u64| bits_of & ((1 << bits) - 1);
        for row in packed {
            let since = (row >> bits) >> bits;
            let at = self.first.wrapping_add_unsigned(since);
            sorted.push(at, [number(person(row >> bits)), number(person(row))]);
        }
    }

    fn instant_bits(self, at: i64) -> u64 {
        // Two people always need bits, so that no shift is by 64.
        at.abs_diff(self.first)
    }
}

/// Rows over centuries, or of people with names of many digits: 16 bytes each, by number.
fn sort_by_number(rows: Vec<Row>, people: &People, sorted: &mut Sorted) {
    let table = people.table();
    let number = |person: u64| number(people, &table, person);
    let numbered = rows.iter().map(|&(at, a, b)| (at, [number(a), number(b)]));
    let mut numbered: Vec<(i64, [u32; 2])> = numbered.collect();
    drop(rows);
    sort_unstable(&mut numbered);
    for (at, pair) in numbered {
        sorted.push(at, pair);
    }
}

/// The number of a person who is among those numbered.
fn number(people: &People, table: &[u32], person: u64) -> u32 {
    let known = usize::try_from(person)
        .ok()
        .and_then(|place| table.get(place));
    match known {
        Some(&number) => number,
        None => people.number(person).unwrap_or(0),
    }
}

#[cfg(feature = "parallel")]
fn sort_unstable<T: Ord + Send>(rows: &mut [T]) {
    use rayon::slice::ParallelSliceMut as _;
    // Equal rows cannot be told apart, so that any way of sorting gives the same bytes.
    rows.par_sort_unstable();
}

#[cfg(not(feature = "parallel"))]
fn sort_unstable<T: Ord>(rows: &mut [T]) {
    rows.sort_unstable();
}

/// The columns of a log, filled in order of time.
pub(super) struct Sorted {
    pub(super) instants: Vec<i64>,
    pub(super) firsts: Vec<u32>,
    pub(super) pairs: Vec<[u32; 2]>,
    pub(super) at: Vec<u32>,
}

impl Sorted {
    fn with_room(contacts: usize) -> Self {
        Sorted {
            instants: Vec::new(),
            firsts: Vec::new(),
            pairs: Vec::with_capacity(contacts),
            at: Vec::with_capacity(contacts),
        }
    }

    fn push(&mut self, at: i64, pair: [u32; 2]) {
        if self.instants.last() != Some(&at) {
            self.instants.push(at);
            self.firsts.push(index(self.pairs.len()));
        }
        self.pairs.push(pair);
        // There are no more instants than contacts, which are fewer than 2^31.
        self.at.push(index(self.instants.len() - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_beyond_what_a_log_holds_are_refused_by_name() {
        let log = log([(5, 1, 2), (4, 3, 3), (3, 2, 3), (2, 1, 3)], 2);
        assert_eq!(log.contact_count(), 2);
        let texts: Vec<String> = log.refused().iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "row 1, contact at 4: person 3 is on both sides; name the two who met",
                "row 3, contact at 2 of 1 and 3: the log holds 2 contacts already; trace a shorter period or a smaller place",
            ]
        );
    }

    #[test]
    fn packed_rows_sort_as_rows_do() {
        for (greatest, last) in [
            (1, i64::MAX >> 1),
            (1 << 19, 1 << 22),
            (u64::from(u32::MAX), 0),
        ] {
            let rows = [(last, 0, greatest), (0, 0, greatest), (0, 0, 1)];
            assert!(Layout::of(0, last, greatest).is_some());
            let log = log(rows, 9);
            let mut expected = rows;
            expected.sort_unstable();
            let found: Vec<Row> = (0..3)
                .map(|contact| {
                    let [a, b] = log.pairs[contact as usize].map(|number| log.people.key(number));
                    (log.instant(contact).unwrap(), a, b)
                })
                .collect();
            assert_eq!(found, expected);
        }
        assert!(Layout::of(i64::MIN, i64::MAX, 1).is_none());
    }
}

//! A log from rows in any order.

use thiserror::Error;

use super::InstantLog;
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
    let (count, greatest) = (given.rows.len(), given.greatest);
    let (people, sorted) = match given.rows {
        Rows::Packed(_, rows) if rows.is_empty() => Default::default(),
        Rows::Packed(layout, rows) => {
            let ends = rows.iter().flat_map(|&row| layout.people(row));
            let people = People::of(greatest, ends, count);
            let sorted = layout.sort(rows, &people);
            (people, sorted)
        }
        Rows::Wide(rows) => {
            let ends = rows.iter().flat_map(|&(_, a, b)| [a, b]);
            let people = People::of(greatest, ends, count);
            // People are numbered in their order, so rows sort the same by either name. Own names
            // are packed where they fit: numbering is then a look-up, after the sort.
            let sorted = match Layout::of(given.first, given.last, greatest) {
                Some(layout) => layout.sort(layout.pack_all(rows), &people),
                None => sort_by_number(rows, &people),
            };
            (people, sorted)
        }
    };
    InstantLog::from_parts(people, sorted, given.refused)
}

/// The rows that can be taken, and between what they lie.
struct Given {
    rows: Rows,
    first: i64,
    last: i64,
    /// The greatest person.
    greatest: u64,
    refused: Vec<RefusedContact>,
}

/// Rows as they come: packed by a guess, which most logs fit, so that they are written once, a
/// third as wide; from the first row that does not fit, as they are.
enum Rows {
    Packed(Layout, Vec<u64>),
    Wide(Vec<Row>),
}

impl Rows {
    fn len(&self) -> usize {
        match self {
            Rows::Packed(_, rows) => rows.len(),
            Rows::Wide(rows) => rows.len(),
        }
    }

    fn push(&mut self, row: Row) {
        match self {
            Rows::Packed(layout, rows) => match layout.pack(row) {
                Some(packed) => rows.push(packed),
                None => self.widen(row),
            },
            Rows::Wide(rows) => rows.push(row),
        }
    }

    #[cold]
    fn widen(&mut self, row: Row) {
        if let Rows::Packed(layout, rows) = self {
            let mut wide: Vec<Row> = Vec::with_capacity(rows.capacity());
            wide.extend(rows.iter().map(|&row| layout.unpack(row)));
            wide.push(row);
            *self = Rows::Wide(wide);
        }
    }
}

impl Given {
    fn collect(contacts: impl IntoIterator<Item = Row>, most: usize) -> Self {
        let mut contacts = contacts.into_iter().enumerate().peekable();
        let layout = Layout::guess(contacts.peek().map_or(0, |(_, row)| row.0));
        let room = contacts.size_hint().0.min(most);
        let mut given = Given {
            rows: Rows::Packed(layout, Vec::with_capacity(room)),
            first: i64::MAX,
            last: i64::MIN,
            greatest: 0,
            refused: Vec::new(),
        };
        for (row, (at, a, b)) in contacts {
            if a == b {
                let person = a;
                let refused = RefusedContact::MeetsOneself { row, at, person };
                given.refused.push(refused);
            } else if given.rows.len() == most {
                let refused = RefusedContact::TooMany {
                    row,
                    at,
                    a,
                    b,
                    most,
                };
                given.refused.push(refused);
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
    /// Of one person, from 1 to 32, so that no shift is by 64.
    person_bits: u32,
}

impl Layout {
    /// Three months of seconds before and after a row, and people numbered below 2^20.
    fn guess(at: i64) -> Self {
        Layout {
            first: at.saturating_sub(1 << 23),
            person_bits: 20,
        }
    }

    fn of(first: i64, last: i64, greatest: u64) -> Option<Self> {
        let bits = |greatest: u64| u64::BITS - greatest.leading_zeros();
        let person_bits = bits(greatest).max(1);
        let fits = bits(last.abs_diff(first)) + 2 * person_bits <= u64::BITS;
        fits.then_some(Layout { first, person_bits })
    }

    fn pack(self, (at, a, b): Row) -> Option<u64> {
        let bits = self.person_bits;
        let since = at.abs_diff(self.first);
        // Bits beyond the room of an instant or a person, if any: one branch for the three.
        let beyond = (a | b) >> bits | (since << bits << bits >> bits >> bits) ^ since;
        (at >= self.first && beyond == 0).then_some(since << bits << bits | a << bits | b)
    }

    fn pack_all(self, rows: Vec<Row>) -> Vec<u64> {
        rows.into_iter().filter_map(|row| self.pack(row)).collect()
    }

    fn people(self, row: u64) -> [u64; 2] {
        let person = |row: u64| row & ((1 << self.person_bits) - 1);
        [person(row >> self.person_bits), person(row)]
    }

    fn unpack(self, row: u64) -> Row {
        let since = row >> self.person_bits >> self.person_bits;
        let [a, b] = self.people(row);
        (self.first.wrapping_add_unsigned(since), a, b)
    }

    fn sort(self, mut rows: Vec<u64>, people: &People) -> Sorted {
        sort_unstable(&mut rows);
        let numbering = Numbering::of(people);
        let pairs = rows
            .iter()
            .map(|&row| numbering.pair(self.people(row)))
            .collect();
        Sorted::new(rows.iter().map(|&row| self.unpack(row).0), pairs)
    }
}

/// Rows over centuries, or of people with names of many digits: 16 bytes each, by number.
fn sort_by_number(rows: Vec<Row>, people: &People) -> Sorted {
    let numbering = Numbering::of(people);
    let numbered = rows.iter().map(|&(at, a, b)| (at, numbering.pair([a, b])));
    let mut numbered: Vec<(i64, [u32; 2])> = numbered.collect();
    drop(rows);
    sort_unstable(&mut numbered);
    let pairs = numbered.iter().map(|row| row.1).collect();
    Sorted::new(numbered.iter().map(|row| row.0), pairs)
}

/// The numbers of people who are among those numbered, for millions of rows.
enum Numbering<'a> {
    Same,
    Table(Vec<u32>),
    Search(&'a People),
}

impl<'a> Numbering<'a> {
    fn of(people: &'a People) -> Self {
        let table = people.table();
        match people {
            People::Same { .. } => Numbering::Same,
            People::Listed(_) if table.is_empty() => Numbering::Search(people),
            People::Listed(_) => Numbering::Table(table),
        }
    }

    fn pair(&self, pair: [u64; 2]) -> [u32; 2] {
        match self {
            // Below a bound of 32 bits.
            Numbering::Same => pair.map(|person| u32::try_from(person).unwrap_or_default()),
            Numbering::Table(table) => {
                let place = |person| usize::try_from(person).unwrap_or_default();
                pair.map(|person| table.get(place(person)).copied().unwrap_or_default())
            }
            Numbering::Search(people) => {
                pair.map(|person| people.number(person).unwrap_or_default())
            }
        }
    }
}

/// Halved about the middle row, which is linear, until there is a part for each thread; each part
/// by the sort of the standard library, which outdid a parallel sort by twice here. Equal rows
/// cannot be told apart, so that any way of sorting gives the same bytes.
#[cfg(feature = "parallel")]
fn sort_unstable<T: Ord + Send>(rows: &mut [T]) {
    fn sort<T: Ord + Send>(rows: &mut [T], parts: usize) {
        const WORTH_A_THREAD: usize = 1 << 16;
        if parts < 2 || rows.len() < WORTH_A_THREAD || rows.is_sorted() {
            return rows.sort_unstable();
        }
        let (low, _, high) = rows.select_nth_unstable(rows.len() / 2);
        rayon::join(|| sort(low, parts / 2), || sort(high, parts / 2));
    }
    sort(rows, rayon::current_num_threads().next_power_of_two());
}

#[cfg(not(feature = "parallel"))]
fn sort_unstable<T: Ord>(rows: &mut [T]) {
    rows.sort_unstable();
}

/// The columns of a log, in order of time.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) instants: Vec<i64>,
    pub(super) firsts: Vec<u32>,
    pub(super) pairs: Vec<[u32; 2]>,
    pub(super) at: Vec<u32>,
}

impl Sorted {
    fn new(times: impl Iterator<Item = i64>, pairs: Vec<[u32; 2]>) -> Self {
        let (mut instants, mut firsts) = (Vec::new(), Vec::new());
        let mut last = None;
        // There are no more instants than contacts, which are fewer than 2^31.
        let mut rank = u32::MAX;
        let ranks = (0u32..).zip(times).map(|(contact, time)| {
            if last != Some(time) {
                last = Some(time);
                rank = rank.wrapping_add(1);
                instants.push(time);
                firsts.push(contact);
            }
            rank
        });
        let at = ranks.collect();
        Sorted {
            instants,
            firsts,
            pairs,
            at,
        }
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
        for (first, last, greatest) in [
            (i64::MIN, i64::MAX, 1),
            (0, i64::MAX, 1),
            (0, 1, u64::from(u32::MAX)),
        ] {
            assert!(Layout::of(first, last, greatest).is_none());
        }
    }
}

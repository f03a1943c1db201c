//! Every arrival of many closures, handed out as it is found.

use super::onset::at_origins;
use super::pass::{Shared, pass};
use super::rows::places;
use super::{Seed, origins_of_seeds};
use crate::arrival::{InstantLog, Mode, earliest_arrival};

/// Someone reached by one of many seeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arrival {
    /// The place of the seed among those asked for.
    pub seed: usize,
    /// Who was reached.
    pub person: u64,
    /// When.
    pub at: i64,
}

/// Hands each arrival at each person from each seed to `each`, the seeds themselves left out,
/// without keeping any.
///
/// In a fixed order, whatever the order of rows the log was built from. Strict and nonstrict: 64
/// seeds after another in the order given; of these in order of time; at one instant in order of
/// contacts and of people in a contact (nonstrict, where people hang together at it: in order of
/// people); then of seeds. Other modes: seed after seed, each in the order of people. One thread.
pub fn each_arrival(log: &InstantLog, seeds: &[Seed], mode: Mode, mut each: impl FnMut(Arrival)) {
    let Some(shared) = Shared::of(mode) else {
        for (place, seed) in seeds.iter().enumerate() {
            let reached = earliest_arrival(log, seed.person, seed.start, mode);
            for (person, at) in reached.iter() {
                each(Arrival {
                    seed: place,
                    person,
                    at,
                });
            }
        }
        return;
    };
    for (block, origins) in origins_of_seeds(log, seeds).chunks(64).enumerate() {
        let onsets = at_origins(log, origins, shared);
        pass::<1>(log, None, &onsets, shared, |person, contact, fresh| {
            // Nearly always nothing: a look-up of the time would cost more than all the rest.
            if fresh == [0] {
                return;
            }
            let at = log.instant(contact).unwrap_or_default();
            let key = log.people.key(person);
            let origin = |place: &usize| origins[*place].map(|origin| origin.0) == Some(person);
            for place in places(fresh).filter(|place| !origin(place)) {
                each(Arrival {
                    seed: 64 * block + place,
                    person: key,
                    at,
                });
            }
        });
    }
}

//! Why no division can be, seen before any search: by sums, and by places everything hangs on.

use super::measure::Measure;
use super::propose::Asked;
use super::staffing::Roster;
use super::{Hindrance, Territory};
use crate::{AreaId, Role};

/// How many grids an island must and may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) households: u64,
    /// By households, by the most a grid may hold.
    pub(super) fewest: u64,
    /// By households and places, and by the leads and doctors who live there; under the fewest
    /// where there can be none.
    pub(super) most: u64,
    /// The same without regard to staff.
    most_unstaffed: u64,
}

impl Counts {
    /// Whether there is staff for as many grids as households and places allow.
    pub(super) fn is_free_of_staff(&self) -> bool {
        self.most == self.most_unstaffed
    }
}

#[cfg(test)]
impl Counts {
    pub(super) fn without_regard_to_staff(self) -> Self {
        Counts {
            most: self.most_unstaffed,
            ..self
        }
    }
}

/// The counts of every island: inside one everybody reaches everything, between two nobody does.
pub(super) fn counts_of_islands(asked: &Asked<'_>) -> Vec<Counts> {
    let question = asked.question;
    let measure = Measure::new(question.territory, question.balance, Vec::new());
    let islands = asked.islands.iter().map(|island| {
        let households = measure.households(island);
        let (fewest, most_unstaffed) = measure.counts(households, island.len());
        let staff = asked.leads.room(island).min(asked.doctors.room(island));
        Counts {
            households,
            fewest,
            most: most_unstaffed.min(staff),
            most_unstaffed,
        }
    });
    islands.collect()
}

/// Every ground on which no division can be, the narrowest first; none where a search is worth
/// its while.
pub(super) fn hindrances(asked: &Asked<'_>, counts: &[Counts]) -> Vec<Hindrance> {
    let territory = asked.question.territory;
    if territory.places().is_empty() {
        return vec![Hindrance::NothingToDivide];
    }
    let mut found = too_large(asked);
    found.extend(unbalanced_islands(asked, counts));
    if found.is_empty() {
        found.extend(super::bottleneck::bottlenecks(asked));
    }
    if found.is_empty() {
        found.extend(wrong_count(asked, counts));
    }
    if found.is_empty() {
        found.extend(short_of_staff(asked, counts));
    }
    found
}

/// The villages of places, each once, in order.
pub(super) fn villages(territory: &Territory, places: &[usize]) -> Vec<AreaId> {
    let mut villages: Vec<AreaId> = places
        .iter()
        .filter_map(|&place| territory.places()[place].village)
        .collect();
    villages.sort_unstable();
    villages.dedup();
    villages
}

fn areas(territory: &Territory, places: &[usize]) -> Vec<AreaId> {
    places
        .iter()
        .map(|&place| territory.places()[place].area)
        .collect()
}

fn too_large(asked: &Asked<'_>) -> Vec<Hindrance> {
    let most = asked.question.balance.most();
    let large = asked
        .question
        .territory
        .places()
        .iter()
        .filter(|place| place.households > most);
    large
        .map(|place| Hindrance::PlaceTooLarge {
            area: place.area,
            village: place.village,
            households: place.households,
            most,
        })
        .collect()
}

fn unbalanced_islands(asked: &Asked<'_>, counts: &[Counts]) -> Vec<Hindrance> {
    let (territory, balance) = (asked.question.territory, asked.question.balance);
    let islands = asked.islands.iter().zip(counts);
    islands
        .filter(|(_, counts)| counts.fewest > counts.most_unstaffed)
        .map(|(island, counts)| Hindrance::Island {
            areas: areas(territory, island),
            villages: villages(territory, island),
            households: counts.households,
            least: balance.least(),
            most: balance.most(),
        })
        .collect()
}

fn wrong_count(asked: &Asked<'_>, counts: &[Counts]) -> Option<Hindrance> {
    let fewest = counts.iter().map(|counts| counts.fewest).sum();
    let most = counts.iter().map(|counts| counts.most_unstaffed).sum();
    let grids = asked.question.balance.grids();
    (!(fewest..=most).contains(&u64::from(grids))).then_some(Hindrance::GridCount {
        grids,
        fewest,
        most,
    })
}

/// Where staff do not suffice for an island's fewest grids; or, where they do everywhere, for the
/// number asked for.
fn short_of_staff(asked: &Asked<'_>, counts: &[Counts]) -> Vec<Hindrance> {
    let territory = asked.question.territory;
    let roles = [
        (Role::GridLead, &asked.leads),
        (Role::Doctor, &asked.doctors),
    ];
    let mut found = Vec::new();
    for (role, roster) in roles {
        for (island, counts) in asked.islands.iter().zip(counts) {
            let room = roster.room(island);
            if room < counts.fewest {
                found.push(Hindrance::TooFewStaff {
                    role,
                    areas: areas(territory, island),
                    room,
                    needed: counts.fewest,
                });
            }
        }
    }
    let needed = u64::from(asked.question.balance.grids());
    let everywhere: Vec<usize> = (0..territory.places().len()).collect();
    let short = |role, room| Hindrance::TooFewStaff {
        role,
        areas: areas(territory, &everywhere),
        room,
        needed,
    };
    if found.is_empty() {
        let rooms = roles.map(|(role, roster)| (role, usable_room(asked, roster, counts)));
        let too_small = rooms.into_iter().filter(|(_, room)| *room < needed);
        found.extend(too_small.map(|(role, room)| short(role, room)));
    }
    // Each may suffice by itself, but leads on one island and doctors on another.
    let together = counts.iter().map(|counts| counts.most).sum();
    if found.is_empty() && together < needed {
        found.extend(roles.map(|(role, _)| short(role, together)));
    }
    found
}

/// What a role's people may answer for, no island counted beyond the grids it may have.
fn usable_room(asked: &Asked<'_>, roster: &Roster<'_>, counts: &[Counts]) -> u64 {
    let islands = asked.islands.iter().zip(counts);
    islands
        .map(|(island, counts)| roster.room(island).min(counts.most_unstaffed))
        .sum()
}

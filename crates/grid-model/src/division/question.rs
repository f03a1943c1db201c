//! What is asked of a division: how many grids, how balanced, with whom.

use std::collections::BTreeSet;

use thiserror::Error;

use super::Territory;
use crate::{AreaId, PersonId, Role, Snapshot};

/// How many grids, and how many households each may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Balance {
    grids: u32,
    least: u32,
    most: u32,
}

/// Why a balance cannot be meant so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BalanceError {
    /// There would be no grid.
    #[error("grids: 0 is no division; ask for one grid at least")]
    NoGrid,
    /// No size lies within the bounds.
    #[error(
        "households: at least {least} and at most {most} leaves nothing; the most must be 1 at least and not under the least"
    )]
    NoSize {
        /// The least a grid may hold.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A spread over the whole.
    #[error("spread: {percent} percent; it must be 100 at most")]
    Spread {
        /// The percentage.
        percent: u32,
    },
}

impl Balance {
    /// So many grids, each of at least and at most so many households.
    ///
    /// # Errors
    /// [`BalanceError`] where that leaves nothing.
    pub fn new(grids: u32, least: u32, most: u32) -> Result<Self, BalanceError> {
        if grids == 0 {
            return Err(BalanceError::NoGrid);
        }
        if most == 0 || least > most {
            return Err(BalanceError::NoSize { least, most });
        }
        Ok(Balance { grids, least, most })
    }

    /// So many grids, each within a percentage of the average: the least rounded up, the most
    /// rounded down.
    ///
    /// # Errors
    /// [`BalanceError`] where no whole number of households lies so close to the average.
    pub fn within_percent(
        territory: &Territory,
        grids: u32,
        percent: u32,
    ) -> Result<Self, BalanceError> {
        if grids == 0 {
            return Err(BalanceError::NoGrid);
        }
        let rest = u64::from(percent);
        let Some(below) = 100u64.checked_sub(rest) else {
            return Err(BalanceError::Spread { percent });
        };
        let whole = 100 * u64::from(grids);
        // A territory holds at most u32::MAX households, and a percentage at most doubles that.
        let least = (territory.households() * below).div_ceil(whole);
        let most = territory.households() * (100 + rest) / whole;
        let narrow = |value| u32::try_from(value).unwrap_or(u32::MAX);
        Balance::new(grids, narrow(least), narrow(most))
    }

    /// How many grids.
    pub fn grids(self) -> u32 {
        self.grids
    }

    /// The fewest households a grid may hold.
    pub fn least(self) -> u32 {
        self.least
    }

    /// The most.
    pub fn most(self) -> u32 {
        self.most
    }

    /// The same bounds for another number of grids.
    ///
    /// # Errors
    /// [`BalanceError::NoGrid`] for 0.
    pub fn with_grids(self, grids: u32) -> Result<Self, BalanceError> {
        Balance::new(grids, self.least, self.most)
    }
}

/// Someone who could lead grids, or be their doctor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// From where the person sets out: home, or the clinic.
    pub from: AreaId,
    /// How many grids the person may answer for.
    pub most_grids: u32,
}

/// Who holds a role, and from where each sets out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Those whose home is known, in the order of keys, each once.
    pub known: Vec<Candidate>,
    /// Those who live in no area of the township: travel cannot be reckoned for them until the
    /// caller says from where they set out.
    pub without_place: Vec<PersonId>,
}

/// Everyone appointed to a role as of a day, but for those who are not available: under
/// quarantine, ill, away.
pub fn candidates(
    town: &Snapshot<'_>,
    role: Role,
    most_grids: u32,
    unavailable: &BTreeSet<PersonId>,
) -> Candidates {
    let appointed = town.staff().filter(|held| held.what.role == role);
    let people: BTreeSet<PersonId> = appointed.map(|held| held.what.person).collect();
    let mut found = Candidates::default();
    for &person in people.difference(unavailable) {
        match town.area_of(person) {
            Some(from) => found.known.push(Candidate {
                person,
                from,
                most_grids,
            }),
            None => found.without_place.push(person),
        }
    }
    found
}

/// What a division is made from.
#[derive(Clone, Copy, Debug)]
pub struct DivisionQuestion<'a> {
    /// What is divided.
    pub territory: &'a Territory,
    /// Into how many grids, and how large each may be.
    pub balance: Balance,
    /// Who could lead a grid. Of a person named twice the first row counts, in the order of rows
    /// sorted; who sets out from outside the territory can serve nowhere.
    pub leads: &'a [Candidate],
    /// Who could be a grid's doctor.
    pub doctors: &'a [Candidate],
    /// How much searching is allowed. A step looks at one place once; a million take well under a
    /// second.
    pub steps: u64,
    /// The seed of the search's chance; the same seed gives the same plan.
    pub seed: u64,
}

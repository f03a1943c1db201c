//! Was every household screened, and if not, which was missed?

use crate::{
    AreaId, AsOf, DwellingPresence, HouseholdId, Ledger, PersonPresence, Screening,
    ScreeningOutcome, Snapshot,
};
use chrono::NaiveDateTime;

/// Where a dwelling stands in the screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A visit found everyone and asked everyone.
    Screened,
    /// A visit found someone who is in no list.
    FoundUnregistered,
    /// Nobody lives there.
    Vacant,
    /// The household has moved.
    Moved,
    /// Visits were made and none succeeded; with the last outcome.
    Revisit(ScreeningOutcome),
    /// Nobody has been there.
    NeverVisited,
}

impl Standing {
    /// Whether the dwelling is accounted for: nobody need go there for the first time or again.
    pub fn is_accounted(self) -> bool {
        !matches!(self, Standing::Revisit(_) | Standing::NeverVisited)
    }
}

/// What the screening of an area came to, in dwellings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Dwellings that must be screened: occupied, or not known to be empty.
    pub households: u32,
    /// Of those, screened.
    pub screened: u32,
    /// Of those, found to hold someone unregistered.
    pub found_unregistered: u32,
    /// Dwellings found vacant, beside the households.
    pub vacant: u32,
    /// Dwellings whose household has moved, beside the households.
    pub moved: u32,
    /// Households visited in vain.
    pub revisits: u32,
    /// Households where nobody has been.
    pub never_visited: u32,
}

impl Tally {
    /// Households not accounted for.
    pub fn missed(&self) -> u32 {
        self.revisits + self.never_visited
    }

    /// Dwellings accounted for: screened, found with someone unregistered, vacant or moved.
    pub fn accounted(&self) -> u32 {
        self.screened + self.found_unregistered + self.vacant + self.moved
    }

    fn add(&mut self, standing: Standing) {
        let dwellings = match standing {
            Standing::Vacant => &mut self.vacant,
            Standing::Moved => &mut self.moved,
            Standing::Screened => &mut self.screened,
            Standing::FoundUnregistered => &mut self.found_unregistered,
            Standing::Revisit(_) => &mut self.revisits,
            Standing::NeverVisited => &mut self.never_visited,
        };
        *dwellings += 1;
        if !matches!(standing, Standing::Vacant | Standing::Moved) {
            self.households += 1;
        }
    }
}

/// A household that is not accounted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Which household.
    pub household: HouseholdId,
    /// Where it stands.
    pub area: AreaId,
    /// The outcome of the last visit; nothing where nobody has been.
    pub last_outcome: Option<ScreeningOutcome>,
    /// When the last visit was.
    pub last_visit: Option<NaiveDateTime>,
    /// How many visits were made.
    pub visits: u32,
}

/// Who was screened and who was missed, as of a day.
///
/// None was missed when [`Coverage::missed`] is empty; [`Coverage::proves_none_missed`] checks it
/// against the columns it was counted from.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// Every dwelling's standing, by [`HouseholdId::index`]; nothing where none is held.
    pub standing: Vec<Option<Standing>>,
    /// The whole township.
    pub town: Tally,
    /// Each community with dwellings, in the order of keys; dwellings outside any come first.
    pub by_community: Vec<(Option<AreaId>, Tally)>,
    /// Every household not accounted for, in the order of keys.
    pub missed: Vec<Missed>,
    /// People present who are registered nowhere here.
    pub unregistered_people: u32,
    /// Dwellings screened for the first time on the day.
    pub screened_today: u32,
}

impl Coverage {
    /// Whether it is proved that no household was missed: there are dwellings, each is accounted
    /// for by name, and the parts make the whole.
    pub fn proves_none_missed(&self) -> bool {
        let held = self.standing.iter().flatten();
        let accounted = held
            .clone()
            .filter(|standing| standing.is_accounted())
            .count();
        let all = held.count();
        all > 0
            && self.missed.is_empty()
            && accounted == all
            && self.town.accounted() as usize == all
    }
}

/// What the visits to one dwelling came to.
#[derive(Clone, Copy, Default)]
struct Visits {
    first_screened: Option<NaiveDateTime>,
    found_unregistered: bool,
    last: Option<(NaiveDateTime, ScreeningOutcome)>,
    count: u32,
}

/// Accounts for every dwelling by the visits made up to a day, in one pass over both.
///
/// A household once screened stays screened, whatever a later visit found: `field.md`'s "missed"
/// is a household nobody has ever asked.
pub fn coverage(township: &Snapshot<'_>, visits: &Ledger<Screening>) -> Coverage {
    let as_of = township.as_of;
    let by_household = visits_by_household(township, visits, as_of);
    let mut coverage = Coverage {
        standing: vec![None; township.household_numbers()],
        town: Tally::default(),
        by_community: Vec::new(),
        missed: Vec::new(),
        unregistered_people: 0,
        screened_today: 0,
    };
    let mut by_area = vec![Tally::default(); township.township.areas().len() + 1];
    for (id, household) in township.households() {
        let visits = by_household[id.index()];
        let standing = standing(household.presence, &visits);
        coverage.standing[id.index()] = Some(standing);
        coverage.town.add(standing);
        by_area[township
            .community(household.area)
            .map_or(0, |area| area.index() + 1)]
        .add(standing);
        if !standing.is_accounted() {
            coverage.missed.push(Missed {
                household: id,
                area: household.area,
                last_outcome: visits.last.map(|(_, outcome)| outcome),
                last_visit: visits.last.map(|(at, _)| at),
                visits: visits.count,
            });
        }
        let today = visits.first_screened.is_some_and(|at| at >= as_of.start());
        coverage.screened_today += u32::from(standing == Standing::Screened && today);
    }
    coverage.by_community = (0..)
        .map(|index: usize| index.checked_sub(1).and_then(AreaId::from_index))
        .zip(by_area)
        .filter(|(_, tally)| *tally != Tally::default())
        .collect();
    let unregistered = |presence| presence == Some(PersonPresence::Unregistered);
    let unregistered = township
        .people()
        .filter(|(_, person)| unregistered(person.presence))
        .count();
    coverage.unregistered_people = u32::try_from(unregistered).unwrap_or(u32::MAX);
    coverage
}

fn visits_by_household(
    township: &Snapshot<'_>,
    visits: &Ledger<Screening>,
    as_of: AsOf,
) -> Vec<Visits> {
    let mut by_household = vec![Visits::default(); township.household_numbers()];
    for held in visits.happened(as_of) {
        let visit = held.what;
        let Some(to) = by_household.get_mut(visit.household.index()) else {
            continue;
        };
        to.count += 1;
        if to
            .last
            .is_none_or(|last| last < (visit.visited_at, visit.outcome))
        {
            to.last = Some((visit.visited_at, visit.outcome));
        }
        match visit.outcome {
            ScreeningOutcome::Screened => {
                let first = to.first_screened.get_or_insert(visit.visited_at);
                *first = visit.visited_at.min(*first);
            }
            ScreeningOutcome::FoundUnregistered => to.found_unregistered = true,
            _ => {}
        }
    }
    by_household
}

fn standing(presence: Option<DwellingPresence>, visits: &Visits) -> Standing {
    match presence {
        Some(DwellingPresence::Vacant) => Standing::Vacant,
        Some(DwellingPresence::Moved) => Standing::Moved,
        _ if visits.first_screened.is_some() => Standing::Screened,
        _ if visits.found_unregistered => Standing::FoundUnregistered,
        _ => match visits.last {
            Some((_, outcome)) => Standing::Revisit(outcome),
            None => Standing::NeverVisited,
        },
    }
}

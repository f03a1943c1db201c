//! Standing duties: what is owed in each place of their scope, and where it falls short.

use std::collections::BTreeMap;

use grid_model::{
    AreaId, AreaLevel, AsOf, Duty, DutyId, DutyKind, DutyPeriod, DutyScope, Held, Ledger, Township,
    Venue, VenueId, WorkGroupId,
};

use crate::policy::DaySession;
use crate::{Outreach, OutreachPlace, TaskPolicy};

/// What was done for a duty in one place, in the period the day belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceStanding {
    /// The place.
    pub place: OutreachPlace,
    /// What is owed there.
    pub quota: u32,
    /// What was done there: on the day in the duty's session, or ever for what is owed once.
    pub done: u64,
    /// What is short of the quota.
    pub short: u32,
}

/// A duty on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyStanding {
    /// The duty.
    pub duty: DutyId,
    /// What it is about.
    pub kind: DutyKind,
    /// How often it falls due.
    pub period: DutyPeriod,
    /// In which places it is owed.
    pub scope: DutyScope,
    /// The one group that answers for it.
    pub work_group: Option<WorkGroupId>,
    /// The group that stands in.
    pub deputy_group: Option<WorkGroupId>,
    /// Every place of the scope, in the order of keys.
    pub places: Vec<PlaceStanding>,
    /// Outreach of the period that names no place of the scope, by its rank in its ledger: it
    /// fills no quota. Something done in a whole community says nothing of one village in it.
    pub unplaced: Vec<usize>,
}

/// All duties on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duties {
    /// In the order of their keys.
    pub duties: Vec<DutyStanding>,
    /// What was ever done by the end of the day, by kind of duty: Σ counts.
    pub done_by_kind: BTreeMap<DutyKind, u64>,
    /// Outreach for a duty that does not hold, by its rank in its ledger: it is in no sum.
    pub without_duty: Vec<usize>,
}

/// What every standing duty owes at the end of a day, place by place.
///
/// A duty holds from the day it became known. A record made in an area counts for the place of
/// the duty's level that the area is or lies in; one made in a venue counts where the venue
/// stands, or for the venue itself. Linear in records and in duties × places.
pub fn duties(
    township: &Township,
    outreach: &Ledger<Outreach>,
    policy: &TaskPolicy,
    as_of: AsOf,
) -> Duties {
    let places = Places::of(township, as_of);
    let mut of_duty: Vec<Option<Tally>> = Vec::new();
    of_duty.resize_with(township.duties().len(), || None);
    for held in township.duties().as_of(as_of) {
        of_duty[held.index] = Some(Tally::of(held.what));
    }
    let mut done_by_kind: BTreeMap<DutyKind, u64> = BTreeMap::new();
    let mut without_duty = Vec::new();
    for held in outreach.happened(as_of) {
        let place = of_duty.get_mut(held.what.duty.index());
        let Some(tally) = place.and_then(Option::as_mut) else {
            without_duty.push(held.index);
            continue;
        };
        // A sum of 32-bit counts over fewer than 2³² rows fits 64 bits.
        *done_by_kind.entry(tally.duty.kind).or_default() += u64::from(held.what.count);
        if falls_into(tally.duty.period, held.what, policy, as_of) {
            tally.add(held, &places);
        }
    }
    let stands = township.duties().standing(as_of).filter_map(|held| {
        let tally = of_duty.get_mut(held.index)?.take()?;
        Some(tally.judge(DutyId::from_index(held.index)?, &places))
    });
    Duties {
        duties: stands.collect(),
        done_by_kind,
        without_duty,
    }
}

impl Duties {
    /// Where a duty falls short, in the order of duty and place.
    pub fn shortfalls(&self) -> impl Iterator<Item = (&DutyStanding, &PlaceStanding)> {
        self.duties.iter().flat_map(|duty| {
            let places = duty.places.iter();
            places
                .filter(|place| place.short > 0)
                .map(move |place| (duty, place))
        })
    }

    /// How many places are short, counted once for each duty of this kind: a village without its
    /// morning and its evening broadcast counts twice where each is a duty.
    pub fn shortfalls_of(&self, kind: DutyKind) -> u64 {
        self.shortfalls()
            .filter(|(duty, _)| duty.kind == kind)
            .fold(0, |count, _| count + 1)
    }

    /// What was ever done for duties of a kind: banners hung, notices handed out.
    pub fn done_ever(&self, kind: DutyKind) -> u64 {
        self.done_by_kind.get(&kind).copied().unwrap_or(0)
    }
}

/// Whether a record counts in the period the day belongs to.
fn falls_into(period: DutyPeriod, outreach: &Outreach, policy: &TaskPolicy, as_of: AsOf) -> bool {
    let session = match period {
        DutyPeriod::Once => return true,
        DutyPeriod::Day => return outreach.at >= as_of.start(),
        DutyPeriod::Morning => DaySession::Morning,
        DutyPeriod::Noon => DaySession::Noon,
        DutyPeriod::Evening => DaySession::Evening,
    };
    outreach.at >= as_of.start() && policy.session(outreach.at) == session
}

/// The places of each scope.
struct Places<'a> {
    town: Vec<AreaId>,
    levels: BTreeMap<DutyScope, Level>,
    venues: Vec<Option<&'a Venue>>,
}

struct Level {
    areas: Vec<AreaId>,
    /// For each area of the township, the place of this level it is or lies in.
    of_area: Vec<Option<AreaId>>,
}

impl<'a> Places<'a> {
    fn of(township: &'a Township, as_of: AsOf) -> Self {
        let areas = township.areas();
        let level = |level: AreaLevel| Level {
            areas: areas.at_level(&level).collect(),
            of_area: areas.column_above(&level),
        };
        let mut venues = vec![None; township.venues().len()];
        for held in township.venues().standing(as_of) {
            venues[held.index] = Some(held.what);
        }
        Places {
            town: areas.town().into_iter().collect(),
            levels: BTreeMap::from([
                (DutyScope::Community, level(AreaLevel::Community)),
                (DutyScope::NaturalVillage, level(AreaLevel::NaturalVillage)),
                (DutyScope::VillageGroup, level(AreaLevel::VillageGroup)),
            ]),
            venues,
        }
    }

    /// Every place of a scope, in the order of keys.
    fn all(&self, scope: DutyScope) -> Vec<OutreachPlace> {
        let areas = match scope {
            DutyScope::Town => self.town.as_slice(),
            DutyScope::Venue => {
                let numbered = self.venues.iter().enumerate();
                return numbered
                    .filter(|(_, venue)| venue.is_some())
                    .filter_map(|(index, _)| VenueId::from_index(index))
                    .map(OutreachPlace::Venue)
                    .collect();
            }
            _ => self
                .levels
                .get(&scope)
                .map_or(&[][..], |level| level.areas.as_slice()),
        };
        areas.iter().copied().map(OutreachPlace::Area).collect()
    }

    /// The place of a scope that a record speaks of.
    fn meant(&self, scope: DutyScope, place: Option<OutreachPlace>) -> Option<OutreachPlace> {
        if scope == DutyScope::Town {
            // Whatever was done anywhere in the town was done in the town.
            return self.town.first().copied().map(OutreachPlace::Area);
        }
        match (scope, place?) {
            (DutyScope::Venue, OutreachPlace::Area(_)) => None,
            (_, OutreachPlace::Area(area)) => self.in_level(scope, area),
            (_, OutreachPlace::Venue(id)) => {
                let venue = self.venues.get(id.index()).copied().flatten()?;
                if scope == DutyScope::Venue {
                    return Some(OutreachPlace::Venue(id));
                }
                self.in_level(scope, venue.area)
            }
        }
    }

    fn in_level(&self, scope: DutyScope, area: AreaId) -> Option<OutreachPlace> {
        let level = self.levels.get(&scope)?;
        let place = level.of_area.get(area.index()).copied().flatten()?;
        Some(OutreachPlace::Area(place))
    }
}

/// What was counted for one duty so far.
struct Tally<'a> {
    duty: &'a Duty,
    done: BTreeMap<OutreachPlace, u64>,
    unplaced: Vec<usize>,
}

impl<'a> Tally<'a> {
    fn of(duty: &'a Duty) -> Self {
        Tally {
            duty,
            done: BTreeMap::new(),
            unplaced: Vec::new(),
        }
    }

    fn add(&mut self, held: Held<'_, Outreach>, places: &Places<'_>) {
        match places.meant(self.duty.scope, held.what.place) {
            Some(place) => *self.done.entry(place).or_default() += u64::from(held.what.count),
            None => self.unplaced.push(held.index),
        }
    }

    fn judge(self, duty: DutyId, places: &Places<'_>) -> DutyStanding {
        let quota = self.duty.quota;
        let judged = places.all(self.duty.scope).into_iter().map(|place| {
            let done = self.done.get(&place).copied().unwrap_or(0);
            let short = u32::try_from(done).map_or(0, |done| quota.saturating_sub(done));
            PlaceStanding {
                place,
                quota,
                done,
                short,
            }
        });
        DutyStanding {
            duty,
            kind: self.duty.kind,
            period: self.duty.period,
            scope: self.duty.scope,
            work_group: self.duty.work_group,
            deputy_group: self.duty.deputy_group,
            places: judged.collect(),
            unplaced: self.unplaced,
        }
    }
}

//! The checkpoint's day: one step for each who arrives, companions together, hand-overs closed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AsOf, CheckpointId, Ledger, Passage, PersonId, words};

use crate::arrival::Arriving;
use crate::journeys::{Journey, journeys};
use crate::{
    Arrival, Books, Facts, HealthReading, OrderState, Orders, Referral, Route, RoutedArrival,
    RulesPolicy, Subject, referrals,
};

words! {
    /// What the checkpoint does first with who arrives.
    pub enum FirstStep {
        /// Keep apart and take to the fever clinic within hours, whatever else holds: a person
        /// with a fever is neither let through nor sent back on the road.
        FeverClinic = "fever_clinic",
        /// Refuse entry.
        TurnBack = "turn_back",
        /// Hand over to the village, to be held under the measure.
        HandOver = "hand_over",
        /// The same under the strictest measure that could apply, and ask for the facts.
        HandOverAndAsk = "hand_over_and_ask",
        /// Register and let pass.
        LetPass = "let_pass",
        /// No clause speaks of such an arrival: register and ask the authority.
        AskAuthority = "ask_authority",
    }
}

words! {
    /// Where the way from the checkpoint to the village to the doctor is broken.
    pub enum HandOverHole {
        /// Passed, and nobody in the village received the person.
        NotReceived = "not_received",
        /// Received before having passed: one of the two instants is wrong.
        ReceivedBeforePassing = "received_before_passing",
        /// Received, an order stands, and no record says that the person went under it.
        NotBegun = "not_begun",
    }
}

/// Who arrived, and what to do first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traveller {
    /// The ids of the records of the arrival.
    pub records: Vec<Box<str>>,
    /// Which checkpoints, in the order of time; none for who was found by screening.
    pub checkpoints: Vec<CheckpointId>,
    /// The arrival, with what all its records know of it.
    pub arrival: Arrival,
    /// The fever measured on the day of arrival, the highest.
    pub fever: Option<Referral>,
    /// What the books say.
    pub routed: RoutedArrival,
    /// What to do first.
    pub first: FirstStep,
}

/// People who passed one checkpoint at one minute: taken for companions in one vehicle or on foot
/// together, by convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelParty {
    /// Where.
    pub checkpoint: CheckpointId,
    /// When.
    pub at: NaiveDateTime,
    /// Who, in the order of people.
    pub members: Vec<PersonId>,
    /// The member of whom the most is asked: a fever first, then the strictest measure.
    pub strictest: PersonId,
    /// The others of whom less is asked, where the strictest has a fever or is held: their contact
    /// with that member is to be looked into, since one route does not settle a vehicle.
    pub to_inquire: Vec<PersonId>,
}

/// A way that is broken between checkpoint, village and doctor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Who.
    pub person: PersonId,
    /// The ids of the records of the arrival.
    pub records: Vec<Box<str>>,
    /// The last checkpoint passed.
    pub checkpoint: CheckpointId,
    /// When the last checkpoint was passed.
    pub passed_at: NaiveDateTime,
    /// When the village received the person.
    pub received_at: Option<NaiveDateTime>,
    /// What is broken.
    pub hole: HandOverHole,
}

/// More fevers counted at a checkpoint on a day than people referred from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeverGap {
    /// Where.
    pub checkpoint: CheckpointId,
    /// Fevers counted among those who passed.
    pub counted: u32,
    /// Arrivals of the day there with a fever on record.
    pub referred: u32,
}

/// A checkpoint's day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckpointDay {
    /// Who arrived on the day, each arrival once, in the order of people, then of time.
    pub travellers: Vec<Traveller>,
    /// Companions, in the order of checkpoints, then of time; parties of one are left out.
    pub parties: Vec<TravelParty>,
    /// Every broken way by the end of the day, of whatever day, in the order of people.
    pub holes: Vec<HandOver>,
    /// Fevers counted and not referred, in the order of checkpoints.
    pub fever_gaps: Vec<FeverGap>,
}

/// What the checkpoints are asked of a day.
#[derive(Clone, Copy, Debug)]
pub struct CheckpointRecords<'a> {
    /// Who came in.
    pub arrivals: &'a Ledger<Arrival>,
    /// What was counted at the gates.
    pub passages: &'a Ledger<Passage>,
    /// Temperatures, symptoms and tests.
    pub health: &'a Ledger<HealthReading>,
    /// The orders as they stand.
    pub orders: &'a Orders,
    /// What else is known of people; see `health_facts`.
    pub known: &'a BTreeMap<PersonId, Facts>,
}

/// The checkpoint's day: one step for each arrival, companions together, and what is not closed.
///
/// Several records of one person are one arrival where [`journeys`] says so. Who is known to come
/// from inside the city needs no hand-over. Cost: n log n in the arrivals.
pub fn checkpoint(
    books: &Books,
    policy: &RulesPolicy,
    records: &CheckpointRecords<'_>,
    as_of: AsOf,
) -> CheckpointDay {
    let mut arrivals: Vec<_> = records.arrivals.happened(as_of).collect();
    arrivals.sort_by_key(|held| (held.what.person, held.what.arrived_at, held.index));
    let fevers = fevers(records.health, policy, as_of);
    let nothing = Facts::new(Subject::LocalReturnee);
    // The books of the day are read once for everybody who comes.
    let arriving = Arriving::new(books, policy, as_of.day);
    let mut day = CheckpointDay::default();
    for of_one in arrivals.chunk_by(|a, b| a.what.person == b.what.person) {
        for journey in journeys(of_one) {
            day.holes.extend(hole(&journey, records.orders, as_of));
            if journey.last_passed_at < as_of.start() {
                continue;
            }
            let person = journey.arrival.person;
            let known = records.known.get(&person).unwrap_or(&nothing);
            let routed = arriving.routed(policy, &journey.arrival, known);
            let fever = fevers.get(&person).cloned();
            day.travellers.push(Traveller {
                records: journey.records.iter().map(|id| Box::from(*id)).collect(),
                checkpoints: journey.checkpoints,
                arrival: journey.arrival,
                first: first_step(fever.is_some(), routed.route),
                fever,
                routed,
            });
        }
    }
    let passed = arrivals
        .iter()
        .filter(|held| held.what.arrived_at >= as_of.start())
        .filter_map(|held| {
            let gate = held.what.checkpoint?;
            Some((gate, held.what.arrived_at, held.what.person))
        });
    day.parties = parties(passed.collect(), &day.travellers);
    day.fever_gaps = fever_gaps(records.passages, &day.travellers, as_of);
    day
}

/// The highest fever of each person on the day.
fn fevers(
    health: &Ledger<HealthReading>,
    policy: &RulesPolicy,
    as_of: AsOf,
) -> BTreeMap<PersonId, Referral> {
    let mut highest: BTreeMap<PersonId, Referral> = BTreeMap::new();
    for referral in referrals(health, policy, as_of) {
        let kept = highest.entry(referral.person);
        let kept = kept.or_insert_with(|| referral.clone());
        if kept.temperature_tenths < referral.temperature_tenths {
            *kept = referral;
        }
    }
    highest
}

fn first_step(fever: bool, route: Route) -> FirstStep {
    match route {
        _ if fever => FirstStep::FeverClinic,
        Route::TurnedBack => FirstStep::TurnBack,
        Route::UnderMeasure => FirstStep::HandOver,
        Route::Undetermined => FirstStep::HandOverAndAsk,
        Route::NoMeasure | Route::NotFromOutside => FirstStep::LetPass,
        Route::NoRule => FirstStep::AskAuthority,
    }
}

fn hole(journey: &Journey<'_>, orders: &Orders, as_of: AsOf) -> Option<HandOver> {
    let arrival = &journey.arrival;
    let checkpoint = arrival.checkpoint?;
    if arrival.outside_city == Some(false) {
        return None;
    }
    let received_at = arrival.handed_over_at.filter(|at| as_of.has_happened(*at));
    let not_begun = || {
        let held = orders.held(arrival.person, as_of.day);
        held.is_some_and(|order| order.state() == OrderState::Ordered)
    };
    let hole = match received_at {
        None => HandOverHole::NotReceived,
        Some(at) if at < journey.last_passed_at => HandOverHole::ReceivedBeforePassing,
        Some(_) if not_begun() => HandOverHole::NotBegun,
        Some(_) => return None,
    };
    Some(HandOver {
        person: arrival.person,
        records: journey.records.iter().map(|id| Box::from(*id)).collect(),
        checkpoint,
        passed_at: journey.last_passed_at,
        received_at,
        hole,
    })
}

/// How much is asked of a traveller: a fever first, then the strictest measure.
fn rank(traveller: &Traveller) -> impl Ord + use<> {
    let held = traveller.routed.decision.held_under();
    let strictness = held.map(crate::Governed::strictness);
    (traveller.fever.is_some(), strictness)
}

/// Whether the contact of others with this traveller is to be looked into.
fn concerns_others(traveller: &Traveller) -> bool {
    matches!(
        traveller.first,
        FirstStep::FeverClinic | FirstStep::HandOver | FirstStep::HandOverAndAsk
    )
}

/// Those who passed one gate at one minute, with the strictest among them.
fn parties(
    mut passed: Vec<(CheckpointId, NaiveDateTime, PersonId)>,
    travellers: &[Traveller],
) -> Vec<TravelParty> {
    passed.sort_unstable();
    passed.dedup();
    let of = |person: PersonId, at: NaiveDateTime| {
        let of_person = travellers
            .iter()
            .skip(travellers.partition_point(|traveller| traveller.routed.person < person));
        of_person
            .take_while(|traveller| traveller.routed.person == person)
            .filter(|traveller| traveller.arrival.arrived_at <= at)
            .last()
    };
    let mut found = Vec::new();
    for party in passed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let members = party.iter();
        let members: Vec<_> = members
            .filter_map(|(_, at, person)| of(*person, *at))
            .collect();
        // Of equals the least person is named.
        let strictest = members.iter().copied().rev().max_by_key(|one| rank(one));
        let (Some(strictest), Some(&(checkpoint, at, _))) = (strictest, party.first()) else {
            continue;
        };
        if members.len() < 2 {
            continue;
        }
        let concerned = concerns_others(strictest);
        let lighter = members
            .iter()
            .filter(|one| concerned && rank(one) < rank(strictest));
        found.push(TravelParty {
            checkpoint,
            at,
            members: members.iter().map(|one| one.routed.person).collect(),
            strictest: strictest.routed.person,
            to_inquire: lighter.map(|one| one.routed.person).collect(),
        });
    }
    found
}

fn fever_gaps(passages: &Ledger<Passage>, travellers: &[Traveller], as_of: AsOf) -> Vec<FeverGap> {
    let mut counted: BTreeMap<CheckpointId, u32> = BTreeMap::new();
    for held in passages.happened(as_of) {
        if held.what.at >= as_of.start() {
            let count = counted.entry(held.what.checkpoint).or_default();
            *count = count.saturating_add(held.what.fevers);
        }
    }
    let mut referred: BTreeMap<CheckpointId, BTreeSet<PersonId>> = BTreeMap::new();
    for traveller in travellers.iter().filter(|one| one.fever.is_some()) {
        for gate in &traveller.checkpoints {
            let people = referred.entry(*gate).or_default();
            people.insert(traveller.routed.person);
        }
    }
    let gaps = counted.into_iter().map(|(checkpoint, counted)| FeverGap {
        checkpoint,
        counted,
        referred: referred
            .get(&checkpoint)
            .map_or(0, |people| u32::try_from(people.len()).unwrap_or(u32::MAX)),
    });
    gaps.filter(|gap| gap.referred < gap.counted).collect()
}

impl CheckpointDay {
    /// Who arrived on a day and is to be referred before anything else.
    pub fn to_fever_clinic(&self) -> impl Iterator<Item = &Traveller> {
        self.travellers
            .iter()
            .filter(|one| one.first == FirstStep::FeverClinic)
    }

    /// The broken ways of who passed on a day.
    pub fn holes_of(&self, day: NaiveDate) -> impl Iterator<Item = &HandOver> {
        self.holes
            .iter()
            .filter(move |hole| hole.passed_at.date() == day)
    }
}

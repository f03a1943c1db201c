//! One route for each arrival: what holds for who comes in.

use chrono::NaiveDate;
use grid_model::{PersonId, words};

use crate::condition::Truth;
use crate::decide::{Asked, Question, Rule, answer, answer_in, open_in};
use crate::{
    Arrival, ArrivalKind, Books, Decision, FactName, Facts, Governed, Measure, RulesPolicy, Subject,
};

words! {
    /// Where an arrival goes.
    pub enum Route {
        /// Under a measure.
        UnderMeasure = "under_measure",
        /// A clause asks for nothing on that day.
        NoMeasure = "no_measure",
        /// Entry is refused.
        TurnedBack = "turned_back",
        /// Neither from outside the city nor from an area at risk: no measure is needed.
        NotFromOutside = "not_from_outside",
        /// No clause speaks of such an arrival on that day.
        NoRule = "no_rule",
        /// It hangs on facts to find out; held under the strictest measure meanwhile.
        Undetermined = "undetermined",
    }
}

/// An arrival, where it goes, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutedArrival {
    /// Who arrived.
    pub person: PersonId,
    /// The day of arrival.
    pub arrived_on: NaiveDate,
    /// Where it goes.
    pub route: Route,
    /// The classes the person belongs to, or may belong to.
    pub subjects: Vec<Subject>,
    /// What the books say.
    pub decision: Decision,
}

/// What holds for an arrival on a day, by every class it belongs to: a local returnee unless
/// known to come from inside the city; a traveller from an area at risk where the way led
/// through Hubei, or may have, or the risk of the place of departure is named.
///
/// The narrowest authority with a rule wins, among equals the strictest measure. The risk of the
/// place of departure is asked only of who may come from outside the city. `known` is what else
/// is known of the person; the arrival's own facts are taken from the arrival.
pub fn decide_arrival(
    books: &Books,
    policy: &RulesPolicy,
    arrival: &Arrival,
    known: &Facts,
    as_of: NaiveDate,
) -> RoutedArrival {
    Arriving::new(books, policy, as_of).routed(policy, arrival, known)
}

/// The facts of an arrival, beside what else is known of the person.
fn facts_of(arrival: &Arrival, known: &Facts) -> Facts {
    let home_is_here = arrival.kind.map(|kind| kind != ArrivalKind::Visitor);
    Facts {
        subject: Subject::LocalReturnee,
        arrival_date: Some(arrival.arrived_at.date()),
        arrival_time: Some(arrival.arrived_at.time()),
        from_risk: arrival.from_risk.clone(),
        left_risk_area: arrival.left_risk_area,
        via_hubei: arrival.via_hubei,
        outside_city: arrival.outside_city,
        home_ok: arrival.home_ok.or(known.home_ok),
        // Students and workers are returnees whose home is here.
        resident: known.resident.or(home_is_here),
        ..known.clone()
    }
}

/// Whether the person comes from an area at risk; nothing where that is not known.
fn from_risk_area(facts: &Facts) -> Option<bool> {
    if facts.via_hubei == Some(true) || facts.from_risk.is_some() {
        return Some(true);
    }
    // Inside the city no area was at risk.
    let inside = facts.outside_city == Some(false);
    (facts.via_hubei == Some(false) && inside).then_some(false)
}

fn subjects(facts: &Facts) -> Vec<Subject> {
    let mut subjects = Vec::new();
    if facts.outside_city != Some(false) {
        subjects.push(Subject::LocalReturnee);
    }
    if from_risk_area(facts) != Some(false) {
        subjects.push(Subject::RiskAreaTraveller);
    }
    subjects
}

fn route(decision: &Decision, subjects: &[Subject]) -> Route {
    match decision {
        Decision::Undetermined(_) => Route::Undetermined,
        Decision::NoRule if subjects.is_empty() => Route::NotFromOutside,
        Decision::NoRule => Route::NoRule,
        Decision::Governed(governed) if governed.turns_back() => Route::TurnedBack,
        Decision::Governed(governed) if governed.on_as_of == Measure::None => Route::NoMeasure,
        Decision::Governed(_) => Route::UnderMeasure,
    }
}

/// The rules for who arrives, of one day.
pub(crate) struct Arriving<'b> {
    returnee: Vec<Rule<'b>>,
    traveller: Vec<Rule<'b>>,
    as_of: NaiveDate,
}

impl<'b> Arriving<'b> {
    pub(crate) fn new(books: &'b Books, policy: &'b RulesPolicy, as_of: NaiveDate) -> Self {
        let asked = Asked::new(books, &policy.authority, &policy.disease, as_of);
        Arriving {
            returnee: asked.of(Subject::LocalReturnee),
            traveller: asked.of(Subject::RiskAreaTraveller),
            as_of,
        }
    }
}

impl Arriving<'_> {
    /// An arrival with its route; see [`decide_arrival`].
    pub(crate) fn routed(
        &self,
        policy: &RulesPolicy,
        arrival: &Arrival,
        known: &Facts,
    ) -> RoutedArrival {
        let decision = self.decide(policy, arrival, known);
        let subjects = subjects(&facts_of(arrival, known));
        RoutedArrival {
            person: arrival.person,
            arrived_on: arrival.arrived_at.date(),
            route: route(&decision, &subjects),
            subjects,
            decision,
        }
    }

    /// What the books say of an arrival.
    pub(crate) fn decide(
        &self,
        policy: &RulesPolicy,
        arrival: &Arrival,
        known: &Facts,
    ) -> Decision {
        answer(self, policy.unknown, &facts_of(arrival, known))
    }

    fn as_returnee(&self, facts: &Facts) -> Option<(Governed, usize)> {
        let is_one = facts.outside_city == Some(true);
        answer_in(&self.returnee, facts, self.as_of).filter(|_| is_one)
    }

    /// How many of the traveller's rules stand at least as narrow as one that governs already.
    fn rivals(&self, depth: Option<usize>) -> &[Rule<'_>] {
        let rivals = self.traveller.iter();
        let count = rivals.take_while(|rule| depth.is_none_or(|depth| rule.depth <= depth));
        &self.traveller[..count.count()]
    }

    fn may_match(&self, rules: &[Rule<'_>], facts: &Facts) -> bool {
        rules
            .iter()
            .any(|rule| rule.truth(facts, self.as_of) != Truth::Fails)
    }
}

impl Question for Arriving<'_> {
    fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    fn rules(&self) -> Vec<&Rule<'_>> {
        self.returnee.iter().chain(&self.traveller).collect()
    }

    fn class_facts(&self) -> &'static [FactName] {
        &[
            FactName::OutsideCity,
            FactName::ViaHubei,
            FactName::FromRisk,
        ]
    }

    fn open(&self, facts: &Facts) -> Option<FactName> {
        match facts.outside_city {
            None if self.may_match(&self.returnee, facts) => return Some(FactName::OutsideCity),
            Some(true) => {
                if let Some(open) = open_in(&self.returnee, facts, self.as_of) {
                    return Some(open);
                }
            }
            _ => {}
        }
        let rivals = self.rivals(self.as_returnee(facts).map(|(_, depth)| depth));
        if !self.may_match(rivals, facts) || from_risk_area(facts) == Some(false) {
            return None;
        }
        if facts.via_hubei.is_none() {
            return Some(FactName::ViaHubei);
        }
        if from_risk_area(facts).is_none() && facts.outside_city.is_none() {
            return Some(FactName::OutsideCity);
        }
        open_in(rivals, facts, self.as_of)
    }

    fn answer(&self, facts: &Facts) -> Option<Governed> {
        let returnee = self.as_returnee(facts);
        let traveller = answer_in(&self.traveller, facts, self.as_of)
            .filter(|_| from_risk_area(facts) == Some(true));
        match (returnee, traveller) {
            (Some((one, depth)), Some((other, other_depth))) => {
                let other_wins = other_depth < depth
                    || (other_depth == depth && other.strictness() > one.strictness());
                Some(if other_wins { other } else { one })
            }
            (one, other) => one.or(other).map(|(governed, _)| governed),
        }
    }
}

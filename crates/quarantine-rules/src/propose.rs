//! The orders to give, to look at again, and the people whose measure hangs on unknown facts.

use std::sync::Arc;

use chrono::NaiveDate;
use grid_model::PersonId;

use crate::causes::{Called, Cause, Judged, Situation, called};
use crate::{Clause, Decision, FactName, Governed, Measure, OrderPeriod};

/// An order to give: it becomes a fact when it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// To whom.
    pub person: PersonId,
    /// What.
    pub measure: Measure,
    /// Where.
    pub place: Box<str>,
    /// Day 0.
    pub counted_from: Option<NaiveDate>,
    /// The last day; nothing where it is not fixed or not known.
    pub until: Option<NaiveDate>,
    /// By which clause.
    pub clause: Arc<Clause>,
    /// Why.
    pub cause: Cause,
    /// Whether the person stands under another order, so that this is a change of order.
    pub changes_order: bool,
    /// The facts to find out where it is the strictest measure that could still apply.
    pub needs: Vec<Vec<FactName>>,
}

/// A standing order of which the book in force on the day would say otherwise. Nobody is released
/// because of it: the authority that ordered it looks at it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderReview {
    /// Whose.
    pub person: PersonId,
    /// As it was ordered.
    pub order: OrderPeriod,
    /// What the book says now; nothing where no clause speaks of the person any more.
    pub now: Option<Governed>,
    /// The cause it was looked up for.
    pub cause: Cause,
}

/// A person whose measure hangs on unknown facts, held under the strictest meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Who.
    pub person: PersonId,
    /// The strictest measure that could still apply.
    pub strictest: Governed,
    /// The facts to find out, first things first.
    pub needs: Vec<Vec<FactName>>,
    /// The cause it hangs on.
    pub cause: Cause,
    /// Whether an order stands already.
    pub order_stands: bool,
}

/// What a day asks of the authority, each list in the order of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Orders to give; at most one a person.
    pub proposals: Vec<Proposal>,
    /// Standing orders to look at again.
    pub orders_to_review: Vec<OrderReview>,
    /// People whose measure hangs on unknown facts.
    pub undetermined: Vec<OpenQuestion>,
    /// Contacts of whom no clause in force speaks: to be screened, without a measure.
    pub for_screening: Vec<PersonId>,
}

/// What the day asks: for every arrival and contact not yet answered by an order one proposal,
/// the strictest cause of a person winning, then the longest; nothing where the period would
/// already be over, the measure is none, or there is no rule.
pub fn assess(situation: &Situation<'_>) -> Assessment {
    let mut assessment = Assessment::default();
    for person in called(situation) {
        assess_one(&person, situation, &mut assessment);
    }
    assessment
}

/// The orders to give; see [`assess`], which answers all lists at the cost of one.
pub fn propose(situation: &Situation<'_>) -> Vec<Proposal> {
    assess(situation).proposals
}

/// The standing orders to look at again; see [`assess`], which answers all lists at the cost of
/// one.
pub fn orders_to_review(situation: &Situation<'_>) -> Vec<OrderReview> {
    assess(situation).orders_to_review
}

fn assess_one(called: &Called, situation: &Situation<'_>, assessment: &mut Assessment) {
    let on = situation.as_of.day;
    let orders = situation.orders.of(called.person);
    let standing = orders.iter().find(|order| order.held_on(on));
    let answered = |judged: &Judged| {
        let answers = |order| judged.cause.is_answered_by(order, judged.held(), on);
        orders.iter().any(answers)
    };
    let open = strictest(called.judged.iter().filter(|judged| !answered(judged)));
    let proposed = open.and_then(|judged| proposal(called.person, judged, standing.is_some()));
    if let Some(best) = strictest(called.judged.iter())
        && (standing.is_some() || proposed.is_some())
        && let Decision::Undetermined(undetermined) = &best.decision
    {
        assessment.undetermined.push(OpenQuestion {
            person: called.person,
            strictest: (*undetermined.strictest).clone(),
            needs: undetermined.needs.clone(),
            cause: best.cause.clone(),
            order_stands: standing.is_some(),
        });
    }
    match (standing, proposed) {
        (_, Some(proposed)) => assessment.proposals.push(proposed),
        (Some(order), None) => assessment.orders_to_review.extend(review(order, called)),
        (None, None) => {}
    }
    let unruled = |judged: &Judged| {
        matches!(judged.cause, Cause::Contact { .. }) && judged.decision == Decision::NoRule
    };
    if called.judged.iter().any(unruled) {
        assessment.for_screening.push(called.person);
    }
}

/// The cause that asks for the strictest measure, then the longest, then the first.
fn strictest<'j>(judged: impl Iterator<Item = &'j Judged>) -> Option<&'j Judged> {
    let mut best: Option<&Judged> = None;
    for judged in judged {
        let rank = |judged: &Judged| judged.held().map(Governed::strictness);
        if best.is_none_or(|best| rank(best) < rank(judged)) {
            best = Some(judged);
        }
    }
    best
}

fn proposal(person: PersonId, judged: &Judged, changes_order: bool) -> Option<Proposal> {
    let held = judged
        .held()
        .filter(|held| held.on_as_of != Measure::None)?;
    Some(Proposal {
        person,
        measure: held.on_as_of,
        place: held.place_on_as_of().into(),
        counted_from: held.counted_from.map(|(_, day)| day),
        until: held.until_on_as_of(),
        clause: held.clause.clone(),
        cause: judged.cause.clone(),
        changes_order,
        needs: judged.needs().to_vec(),
    })
}

/// A standing order against what the book says now, if that differs.
fn review(order: &OrderPeriod, called: &Called) -> Option<OrderReview> {
    let best = strictest(called.judged.iter())?;
    let now = best.held();
    let differs = now.is_none_or(|now| differs(order, now, best.decision.is_undetermined()));
    differs.then(|| OrderReview {
        person: called.person,
        order: order.clone(),
        now: now.cloned(),
        cause: best.cause.clone(),
    })
}

/// Whether the book says otherwise. A last day moved by a record is a decision of its own, and a
/// last day that hangs on an unknown fact cannot differ.
fn differs(order: &OrderPeriod, now: &Governed, undetermined: bool) -> bool {
    let moved = order.flags.extended || order.flags.shortened;
    let open = undetermined && now.until_on_as_of().is_none();
    let elsewhere = order
        .place
        .as_deref()
        .is_some_and(|place| place != now.place_on_as_of());
    order.measure != Some(now.on_as_of)
        || elsewhere
        || (!moved && !open && order.until != now.until_on_as_of())
}

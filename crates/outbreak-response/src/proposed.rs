//! What the day proposes: it becomes fact when the caller records it.

use follow_up::Pairing;
use grid_model::{AreaId, AsOf, PersonId, start_of};
use job_matching::VacancyId;
use quarantine_rules::{OrderEvent, OrderEventKind};
use supply_allocation::SupplyLine;

use crate::steps::{BasketDay, QuarantineDay, WatchDay, WayOutDay};

/// Records to be made of what the day found, each by the room that found it.
#[derive(Clone, Debug, Default)]
pub struct Proposed {
    /// Orders to give.
    pub orders: Vec<OrderEvent>,
    /// Helpers to pair.
    pub pairings: Vec<Pairing>,
    /// Whom to ask to purchase for a village that has nobody.
    pub purchasers: Vec<(AreaId, PersonId)>,
    /// Packets to carry.
    pub deliveries: Vec<SupplyLine>,
    /// Workers and the vacancies they are matched to.
    pub placements: Vec<(PersonId, VacancyId)>,
}

impl Proposed {
    pub(crate) fn of(
        quarantine: &QuarantineDay,
        watch: &WatchDay,
        basket: &BasketDay,
        way_out: &WayOutDay,
        as_of: AsOf,
    ) -> Self {
        let orders = quarantine
            .assessment
            .proposals
            .iter()
            .map(|proposal| OrderEvent {
                person: proposal.person,
                // An order of the evening holds from that day.
                at: start_of(as_of.day),
                event: if proposal.changes_order {
                    OrderEventKind::Transferred
                } else {
                    OrderEventKind::Ordered
                },
                measure: Some(proposal.measure),
                place: Some(proposal.place.clone()),
                counted_from: proposal.counted_from,
                until: proposal.until,
                clause: Some(proposal.clause.id.clone()),
                ordered_by: None,
            });
        let without = basket.purchasers.without.iter();
        Proposed {
            orders: orders.collect(),
            pairings: watch.proposed_pairings(as_of),
            purchasers: without
                .filter_map(|village| Some((village.village, village.proposal?)))
                .collect(),
            deliveries: basket
                .plan
                .as_ref()
                .map(|plan| plan.lines.clone())
                .unwrap_or_default(),
            placements: way_out.matches(),
        }
    }
}

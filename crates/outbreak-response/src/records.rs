//! Everything that was ever written down of a township's days.

use contact_tracing::{Case, Clue, Contact, Visit};
use follow_up::{CheckIn, Need, Pairing};
use grid_model::{AwayCall, CommunityReport, Ledger, Passage, Screening, Shift};
use job_matching::{Permit, Placement, Skill, Vacancy};
use quarantine_rules::{Arrival, Gathering, HealthReading, OrderEvent};
use supply_allocation::{Complaint, Delivery, Demand, Price, Purchaser, Supplier};
use task_tracking::{Donation, Item, Outreach, Programme, Progress, Spending};

/// One ledger a table, each of its room's own record type, bound to the township whose ids they
/// hold. Each is named as its table is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each ledger's record type says what it is")]
pub struct Records {
    /// Rows refused on the way in: they are in no ledger, and the bulletin says how many.
    pub rejected: usize,
    pub shifts: Ledger<Shift>,
    pub passages: Ledger<Passage>,
    pub screening: Ledger<Screening>,
    pub arrivals: Ledger<Arrival>,
    pub away_calls: Ledger<AwayCall>,
    pub clues: Ledger<Clue>,
    pub orders: Ledger<OrderEvent>,
    pub health: Ledger<HealthReading>,
    pub cases: Ledger<Case>,
    pub contacts: Ledger<Contact>,
    pub visits: Ledger<Visit>,
    pub pairings: Ledger<Pairing>,
    pub check_ins: Ledger<CheckIn>,
    pub needs: Ledger<Need>,
    pub gatherings: Ledger<Gathering>,
    pub outreach: Ledger<Outreach>,
    pub suppliers: Ledger<Supplier>,
    pub purchasers: Ledger<Purchaser>,
    pub demand: Ledger<Demand>,
    pub deliveries: Ledger<Delivery>,
    pub prices: Ledger<Price>,
    pub complaints: Ledger<Complaint>,
    pub skills: Ledger<Skill>,
    pub vacancies: Ledger<Vacancy>,
    pub permits: Ledger<Permit>,
    pub placements: Ledger<Placement>,
    pub programmes: Ledger<Programme>,
    pub items: Ledger<Item>,
    pub progress: Ledger<Progress>,
    pub donations: Ledger<Donation>,
    pub spending: Ledger<Spending>,
    pub reports: Ledger<CommunityReport>,
}

//! Where each figure comes from: one line a figure, each asking the room that owns it.

use std::collections::BTreeSet;

use grid_model::{AsOf, AwayCallOutcome, DutyKind, PersonId, Township};
use quarantine_rules::ArrivalKind;

use crate::day::Rooms;
use crate::{Figures, Policy, Records};

/// A count as a figure; nothing a township counts is beyond it.
fn int(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

impl Figures {
    pub(crate) fn count(
        township: &Township,
        records: &Records,
        policy: &Policy,
        as_of: AsOf,
        rooms: &Rooms<'_>,
        home_before: &[PersonId],
    ) -> Self {
        let mut figures = Figures {
            rejected_records: int(records.rejected),
            ..Figures::default()
        };
        figures.count_grid(township, as_of, rooms);
        figures.count_arrivals(records, as_of);
        figures.count_measures(policy, as_of, rooms, home_before);
        figures.count_outbreak(records, as_of, rooms);
        figures.count_watch(records, as_of, rooms);
        figures.count_basket(rooms);
        figures.count_way_out(rooms);
        figures.count_nail(rooms);
        figures
    }

    fn count_grid(&mut self, township: &Township, as_of: AsOf, rooms: &Rooms<'_>) {
        let (coverage, posts) = (&rooms.grid.coverage, &rooms.grid.posts);
        let town = coverage.town;
        self.households = int(town.households);
        self.households_screened = int(town.screened);
        self.households_accounted = int(town.accounted());
        self.households_missed = int(town.missed());
        self.households_vacant = int(town.vacant);
        self.households_moved = int(town.moved);
        self.households_screened_today = int(coverage.screened_today);
        self.grids = int(township.grids().len());
        self.work_groups = int(township.work_groups().as_of(as_of).count());
        self.checkpoints = int(posts.checkpoints);
        self.checkpoint_hours_uncovered = int(posts.hours_uncovered);
        self.vehicles_passed_today = int(posts.passed.vehicles);
        self.people_passed_today = int(posts.passed.people);
        self.communities_silent = int(rooms.grid.reporting.silent.len());
        let away = &rooms.grid.away;
        let said = |outcome| {
            away.iter()
                .filter(|one| one.last_call.is_some_and(|(_, last)| last == outcome))
                .count()
        };
        self.away = int(away.len());
        self.away_contacted = int(away.iter().filter(|one| one.reached).count());
        self.away_staying = int(said(AwayCallOutcome::Stays));
        self.away_planning_return = int(said(AwayCallOutcome::PlansReturn));
    }

    fn count_arrivals(&mut self, records: &Records, as_of: AsOf) {
        let mut everyone = BTreeSet::new();
        let (mut today, mut students, mut workers) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for held in records.arrivals.happened(as_of) {
            let person = held.what.person;
            everyone.insert(person);
            if held.what.arrived_at >= as_of.start() {
                today.insert(person);
            }
            match held.what.kind {
                Some(ArrivalKind::Student) => students.insert(person),
                Some(ArrivalKind::Worker) => workers.insert(person),
                _ => false,
            };
        }
        self.arrivals = int(everyone.len());
        self.arrivals_today = int(today.len());
        self.returnees_student = int(students.len());
        self.returnees_worker = int(workers.len());
    }

    fn count_measures(
        &mut self,
        policy: &Policy,
        as_of: AsOf,
        rooms: &Rooms<'_>,
        home_before: &[PersonId],
    ) {
        let quarantine = rooms.quarantine;
        let ever = quarantine.ever(as_of, policy);
        let now = quarantine.under_on(as_of.day, as_of, policy);
        self.home_observation = int(ever.home.len());
        self.central_quarantine = int(ever.central.len());
        self.transferred = int(ever.outside.len());
        self.home_observation_now = int(now.home.len());
        self.central_quarantine_now = int(now.central.len());
        self.transferred_now = int(now.outside.len());
        let missing = |from: &[PersonId], other: &[PersonId]| {
            int(from
                .iter()
                .filter(|person| other.binary_search(person).is_err())
                .count())
        };
        self.home_observation_new_today = missing(&now.home, home_before);
        self.home_observation_ended_today = missing(home_before, &now.home);
        let tomorrow = grid_model::end_of(as_of.day).date();
        self.released_today = int(quarantine.orders.released_on(as_of.day).len());
        self.releases_tomorrow = int(quarantine.orders.releases_on(tomorrow).len());
        self.orders_to_review = int(quarantine.assessment.orders_to_review.len());
        self.undetermined = int(quarantine.assessment.undetermined.len());
        self.celebrations_postponed = int(quarantine.gatherings.celebrations_postponed);
        self.funerals_simplified = int(quarantine.gatherings.funerals_kept_simple);
    }

    fn count_outbreak(&mut self, records: &Records, as_of: AsOf, rooms: &Rooms<'_>) {
        self.confirmed_cases = int(rooms.outbreak.confirmed_cases);
        self.close_contacts = int(rooms.outbreak.of_generation(1).count());
        self.secondary_contacts = int(rooms.outbreak.of_generation(2).count());
        self.clues_open = int(contact_tracing::clues_open(&records.clues, as_of).len());
        let read = rooms
            .quarantine
            .referrals
            .iter()
            .map(|referral| referral.person);
        let seen = rooms
            .watch
            .schedule
            .referrals
            .iter()
            .map(|referral| referral.person);
        self.fever_referrals = int(read.chain(seen).collect::<BTreeSet<_>>().len());
    }

    fn count_watch(&mut self, records: &Records, as_of: AsOf, rooms: &Rooms<'_>) {
        let watch = rooms.watch;
        self.supervisors_paired = int(watch.supervisors_paired);
        let home_now = watch
            .observed
            .iter()
            .filter(|one| one.is_observed(as_of))
            .count();
        self.unpaired = match &watch.pairing {
            Ok(plan) => int(plan.without_standing()),
            Err(_) => int(home_now),
        };
        self.check_ins_due = int(watch.schedule.readings.len());
        self.check_ins_missed = int(watch.schedule.missed().count());
        self.lost_to_follow_up = int(watch.schedule.lost.len());
        self.needs_open = int(follow_up::open_needs(&records.needs, as_of).len());
    }

    fn count_basket(&mut self, rooms: &Rooms<'_>) {
        let basket = rooms.basket;
        self.villages_without_purchaser = int(basket.purchasers.without.len());
        if let Ok(plan) = &basket.plan {
            self.supply_demand_packets = int(plan.need());
            self.supply_filled_packets = int(plan.filled());
        }
        self.price_alerts = int(basket.prices.alerts.len());
        self.complaints_today = int(basket
            .complaints
            .iter()
            .map(|seller| seller.complaints.len())
            .sum::<usize>());
    }

    fn count_way_out(&mut self, rooms: &Rooms<'_>) {
        let work = rooms.way_out;
        self.skilled_workers = int(work.standing.skilled_workers);
        self.communities = int(work.standing.communities);
        self.vacancies = int(work.standing.vacancies);
        self.matched = int(work.matches().len());
        self.sent_out_to_work = int(work.standing.sent_out_to_work);
        self.sent_out_today = int(work.standing.sent_out_today);
    }

    fn count_nail(&mut self, rooms: &Rooms<'_>) {
        let nail = rooms.nail;
        let programmes = nail.programmes.figures();
        self.tobacco_hundredths_mu = int(programmes.tobacco_hundredths_mu);
        self.poverty_shortfall_households = int(programmes.poverty_shortfall_households);
        self.yard_shortfall_households = int(programmes.yard_shortfall_households);
        self.toilets_pending = int(programmes.toilets_pending);
        let items = nail
            .programmes
            .programmes
            .iter()
            .flat_map(|programme| &programme.items);
        self.tasks_stalled = int(items.filter(|item| item.stalled.is_some()).count());
        self.banners = int(nail.duties.done_ever(DutyKind::Banner));
        self.notices = int(nail.duties.done_ever(DutyKind::Notice));
        self.broadcast_shortfalls = int(nail.duties.shortfalls_of(DutyKind::Broadcast));
        self.slogan_shortfalls = int(nail.duties.shortfalls_of(DutyKind::Slogan));
        self.donations_fen = int(nail.donations.given_fen);
    }
}

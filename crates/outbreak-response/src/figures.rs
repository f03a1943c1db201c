//! The day's figures: one flat list of whole numbers, each counted by the room that owns it.

macro_rules! figures {
    ($($(#[$doc:meta])+ $name:ident,)+) => {
        /// The day's figures. Each is counted from records; none is written down anywhere.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Figures {
            $($(#[$doc])+ pub $name: i64,)+
        }

        impl Figures {
            /// Every figure with its key, in the order of this list.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, i64)> {
                [$((stringify!($name), self.$name),)+].into_iter()
            }

            /// One figure by its key.
            pub fn get(&self, key: &str) -> Option<i64> {
                self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
            }
        }
    };
}

figures! {
    /// Dwellings that must be screened: occupied, or not known to be empty.
    households,
    /// Of those, screened.
    households_screened,
    /// Dwellings accounted for: screened, found with someone unregistered, vacant or moved.
    households_accounted,
    /// Households that nobody has asked.
    households_missed,
    /// Dwellings found vacant, beside the households.
    households_vacant,
    /// Dwellings whose household has moved, beside the households.
    households_moved,
    /// Households screened for the first time today.
    households_screened_today,
    /// Grids.
    grids,
    /// Work groups.
    work_groups,
    /// Checkpoints that stand.
    checkpoints,
    /// Clock hours at a checkpoint today of which a minute was short of people.
    checkpoint_hours_uncovered,
    /// Vehicles that passed the checkpoints today.
    vehicles_passed_today,
    /// People who passed the checkpoints today.
    people_passed_today,
    /// People who ever arrived.
    arrivals,
    /// People who arrived today.
    arrivals_today,
    /// People an order ever put under observation or quarantine at home, today's proposals included.
    home_observation,
    /// People an order ever put in central quarantine inside the township, today's proposals included.
    central_quarantine,
    /// People whose order ever named a place outside the township, today's proposals included.
    transferred,
    /// People under observation or quarantine at home at the end of the day.
    home_observation_now,
    /// People in central quarantine inside the township at the end of the day.
    central_quarantine_now,
    /// People held outside the township at the end of the day.
    transferred_now,
    /// People newly under observation or quarantine at home today.
    home_observation_new_today,
    /// People whose observation at home ended today.
    home_observation_ended_today,
    /// Students among those who arrived.
    returnees_student,
    /// Workers among those who arrived.
    returnees_worker,
    /// Confirmed cases among people of the township.
    confirmed_cases,
    /// Close contacts of cases.
    close_contacts,
    /// Secondary contacts, listed for screening.
    secondary_contacts,
    /// People free again from today.
    released_today,
    /// People free again from tomorrow.
    releases_tomorrow,
    /// Standing orders for which the books now say otherwise.
    orders_to_review,
    /// People held while facts are found out.
    undetermined,
    /// People at or over the fever threshold today, referred to the fever clinic.
    fever_referrals,
    /// Clues from the city not yet answered.
    clues_open,
    /// Banners hung.
    banners,
    /// Notices handed out.
    notices,
    /// Broadcasts due today and not made, by place and session.
    broadcast_shortfalls,
    /// Places short of slogans.
    slogan_shortfalls,
    /// Weddings and other celebrations postponed.
    celebrations_postponed,
    /// Funerals kept simple.
    funerals_simplified,
    /// Helpers ever paired with someone under watch.
    supervisors_paired,
    /// People under observation at home now without a helper.
    unpaired,
    /// Readings due today.
    check_ins_due,
    /// Of those, missed.
    check_ins_missed,
    /// People lost to follow-up.
    lost_to_follow_up,
    /// Needs raised and not met.
    needs_open,
    /// Natural villages without a purchaser who may go out.
    villages_without_purchaser,
    /// Packets needed today.
    supply_demand_packets,
    /// Of those, delivered or allocated.
    supply_filled_packets,
    /// Prices to look into today.
    price_alerts,
    /// Complaints about sellers today.
    complaints_today,
    /// People with a registered skill.
    skilled_workers,
    /// Communities they live in.
    communities,
    /// Places open with employers.
    vacancies,
    /// Workers matched to a vacancy today.
    matched,
    /// People sent out to work.
    sent_out_to_work,
    /// People sent out to work today.
    sent_out_today,
    /// People away.
    away,
    /// Of those, reached by a call.
    away_contacted,
    /// Of those, staying away.
    away_staying,
    /// Of those, planning to return.
    away_planning_return,
    /// Tobacco transplanted, in hundredths of a mu.
    tobacco_hundredths_mu,
    /// Households found short in the work against poverty.
    poverty_shortfall_households,
    /// Households found short of hardened floors and yards.
    yard_shortfall_households,
    /// Sanitary toilets still to be built.
    toilets_pending,
    /// Tasks without progress for long.
    tasks_stalled,
    /// Donations, in fen.
    donations_fen,
    /// Communities that have not reported the day.
    communities_silent,
    /// Records that changed what an earlier bulletin said, known today.
    corrections,
    /// Records refused on the way in.
    rejected_records,
}

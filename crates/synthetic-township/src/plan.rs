//! What a town's story is made of: daily streams, sizes and flaws. No total is a number here that
//! a day's stream could give; whatever is counted later is counted from records.

mod mangbang;
mod scaled;

use chrono::NaiveDate;

use crate::names::Name;

pub(crate) use mangbang::mangbang;
pub(crate) use scaled::scaled;

/// So many on a day.
pub(crate) type Daily = (NaiveDate, usize);

/// Everything by which one made-up town differs from another, beside its seed.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) name: Name,
    pub(crate) places: PlacesPlan,
    pub(crate) checkpoints: Vec<(Name, u32)>,
    pub(crate) work_groups: Vec<Name>,
    /// People registered here who stay elsewhere.
    pub(crate) away: usize,
    /// Households screened, by day.
    pub(crate) screened: Vec<Daily>,
    /// Households where nobody was in on an earlier day.
    pub(crate) absent_before: usize,
    pub(crate) arrivals: ArrivalsPlan,
    pub(crate) outbreak: OutbreakPlan,
    pub(crate) outreach: OutreachPlan,
    /// Celebrations put off, by the stretch of days they were planned for.
    pub(crate) postponed: Vec<(NaiveDate, NaiveDate, usize)>,
    pub(crate) funerals: usize,
    pub(crate) markets: usize,
    pub(crate) jobs: JobsPlan,
    pub(crate) programmes: ProgrammesPlan,
    /// Money given, in yuan, by the stretch of days it was given in.
    pub(crate) donations_yuan: Vec<(NaiveDate, NaiveDate, usize)>,
    pub(crate) spent_yuan: usize,
    pub(crate) flaws: Flaws,
    /// How many of each thing stand on the last day, where the plan says so itself.
    pub(crate) last_day: Option<LastDay>,
}

/// How many of each small thing there are on the last day. The records bring exactly these about,
/// so that no two figures of the day are the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LastDay {
    /// Communities that sent no report.
    pub(crate) silent: usize,
    /// Turns at the checkpoints in which someone did not report.
    pub(crate) turns_short: usize,
    /// Orders whose last day was miscounted, of people still under them.
    pub(crate) miscounted: usize,
    pub(crate) clues_open: usize,
    pub(crate) needs_open: usize,
    pub(crate) fevers: usize,
    /// Readings missed, two of everyone lost among them.
    pub(crate) missed: usize,
    pub(crate) unpaired: usize,
    /// Distinct helpers ever paired.
    pub(crate) helpers: usize,
    pub(crate) without_purchaser: usize,
    pub(crate) broadcasts_short: usize,
    pub(crate) slogans_short: usize,
    /// People registered for work who may leave at once.
    pub(crate) ready_to_leave: usize,
    /// Places of an employer who takes anyone.
    pub(crate) open_places: usize,
    /// Packets asked for that can be brought, and packets that cannot: of what no supplier has, or
    /// where nobody purchases.
    pub(crate) packets_in_stock: usize,
    pub(crate) packets_out_of_stock: usize,
    /// People who lived with a close contact.
    pub(crate) secondary: usize,
}

/// Sizes of the area tree and its dwellings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlacesPlan {
    pub(crate) communities: usize,
    pub(crate) villages: usize,
    pub(crate) groups: usize,
    /// Dwellings that must be screened.
    pub(crate) households: usize,
    /// Of those, dwellings of which nobody knows whether someone lives there.
    pub(crate) presence_unknown: usize,
    /// Dwellings beside them that nobody lives in.
    pub(crate) vacant: usize,
    /// Dwellings beside them whose household has moved.
    pub(crate) moved: usize,
    pub(crate) venues: usize,
}

/// Who came, by day.
#[derive(Clone, Debug)]
pub(crate) struct ArrivalsPlan {
    /// From outside the city and not through Hubei.
    pub(crate) home: Vec<Daily>,
    pub(crate) workers: usize,
    pub(crate) students: usize,
    pub(crate) visitors: usize,
    /// From or through Hubei; after Tengchong's notice of 5 February, everyone who enters.
    pub(crate) central: Vec<Daily>,
    /// The days on which someone comes whose way is unknown for some days, one of those of the
    /// day's stream through Hubei; and the day it became known, if it did.
    pub(crate) way_unknown: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// From inside the city: no measure is needed.
    pub(crate) inside_city: usize,
}

/// A case of elsewhere and those it exposed here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IndexCase {
    pub(crate) onset: NaiveDate,
    pub(crate) last_exposure: NaiveDate,
    /// The day it was confirmed, and its contacts ordered to the city's site.
    pub(crate) confirmed_on: NaiveDate,
    pub(crate) close_contacts: usize,
    /// Of those, how many the township has not yet ordered anywhere.
    pub(crate) not_ordered: usize,
}

/// Cases, and how people meet.
#[derive(Clone, Debug)]
pub(crate) struct OutbreakPlan {
    pub(crate) cases: Vec<IndexCase>,
    /// Contacts that are none by the rules: too early, protected, or judged so.
    pub(crate) ruled_out: usize,
    /// Contacts between people who are well.
    pub(crate) other_contacts: usize,
    pub(crate) visits: usize,
    pub(crate) clues: usize,
}

/// What was hung, handed out and said.
#[derive(Clone, Debug)]
pub(crate) struct OutreachPlan {
    pub(crate) banners: Vec<Daily>,
    /// Documents handed to every household, with the days of the round.
    pub(crate) notice_rounds: Vec<(NaiveDate, usize, &'static [&'static str])>,
    /// Notices put up in public places in the last round.
    pub(crate) public_notices: usize,
    pub(crate) slogans_each: u32,
}

/// Skills, places and departures.
#[derive(Clone, Debug)]
pub(crate) struct JobsPlan {
    pub(crate) skilled: usize,
    pub(crate) vacancies: usize,
    pub(crate) sent_out: Vec<Daily>,
}

/// Work that goes on beside the outbreak.
#[derive(Clone, Debug)]
pub(crate) struct ProgrammesPlan {
    /// Tobacco transplanted in all by a day, in mu.
    pub(crate) tobacco_mu: Vec<Daily>,
    pub(crate) tobacco_target_mu: usize,
    pub(crate) poverty: usize,
    pub(crate) yards: usize,
    pub(crate) toilets_pending: usize,
    pub(crate) toilets_done: usize,
    pub(crate) roads: usize,
}

/// What goes wrong: times in a thousand, and things seeded on a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flaws {
    pub(crate) silent: usize,
    pub(crate) shifts_unconfirmed: usize,
    pub(crate) broadcasts_missing: usize,
    pub(crate) slogans_short: usize,
    pub(crate) unpaired: usize,
    pub(crate) readings_missed: usize,
    pub(crate) villages_without_purchaser: usize,
    pub(crate) deliveries_missing: usize,
    pub(crate) facts_unknown: usize,
    pub(crate) checkpoint_fevers: usize,
    pub(crate) calls_known_late: usize,
    /// Prices that are too high on the last day.
    pub(crate) prices_raised: usize,
    /// People whose whereabouts are unknown on the last days.
    pub(crate) lost: usize,
    /// The evening on which one reading is missed.
    pub(crate) missed_evening: Option<NaiveDate>,
    /// The evening on which one reading is a fever, with a negative test.
    pub(crate) fever_evening: Option<NaiveDate>,
    /// The day of the one call that became known a day late.
    pub(crate) late_call: Option<NaiveDate>,
}

/// A stream of numbers as so many a day, from a day on.
pub(crate) fn stream(first: NaiveDate, numbers: &[usize]) -> Vec<Daily> {
    first.iter_days().zip(numbers.iter().copied()).collect()
}

/// All of a stream.
pub(crate) fn total(stream: &[Daily]) -> usize {
    stream.iter().map(|(_, number)| number).sum()
}

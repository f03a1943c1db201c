//! What is done, what is left, how fast it goes, and where it stands still.

use chrono::{Days, NaiveDate, NaiveDateTime};
use grid_model::{AreaId, AsOf, Ledger, PersonId, words};

use crate::{Item, ItemId, Programme, ProgrammeId, ProgrammeKind, Progress, TaskPolicy};

/// The three ledgers of the programmes.
#[derive(Clone, Copy, Debug)]
pub struct ProgrammeRecords<'a> {
    /// The programmes.
    pub programmes: &'a Ledger<Programme>,
    /// Their items.
    pub items: &'a Ledger<Item>,
    /// What was done on them.
    pub progress: &'a Ledger<Progress>,
}

/// How much was done in how many days: a fraction kept whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How much was done in the window.
    pub quantity: u128,
    /// How many days the window has.
    pub days: u32,
}

/// When what is left will be done, if it goes on as in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// Nothing is left.
    Finished,
    /// On this day.
    On(NaiveDate),
    /// Nothing was done in the window, so there is no pace to go by.
    NoPace,
    /// Later than a calendar reaches.
    BeyondTheCalendar,
}

/// Why an unfinished item is called stalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stalled {
    /// The last progress; nothing where there never was any.
    pub last_progress: Option<NaiveDateTime>,
    /// The days of patience that have passed.
    pub after_days: u32,
}

/// One item on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemStanding {
    /// The item.
    pub item: ItemId,
    /// Where.
    pub area: Option<AreaId>,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// Who stands in.
    pub deputy: Option<PersonId>,
    /// What is to be done.
    pub target: u64,
    /// What was done by the end of the day.
    pub done: u128,
    /// What is left; 0 once the target is reached.
    pub left: u64,
    /// What was done beyond the target: `done + left = target + beyond`.
    pub beyond: u128,
    /// The last day by which it is to be done.
    pub due: Option<NaiveDate>,
    /// What was done in the policy's window.
    pub pace: Pace,
    /// When it will be done.
    pub forecast: Forecast,
    /// Why it is stalled, where it is.
    pub stalled: Option<Stalled>,
    /// By how many days it is overdue, where something is left after its due day.
    pub overdue_days: Option<u64>,
    /// Whether it is not overdue yet, but the forecast is later than the due day.
    pub will_be_late: bool,
}

words! {
    /// What is to happen next with an item, the first of these that applies.
    pub enum NextStep {
        /// Nothing is left.
        Nothing = "nothing",
        /// Something is left, and neither the owner nor the deputy can act.
        NameSomebody = "name_somebody",
        /// Stalled or overdue: who answers for it says why.
        SayWhy = "say_why",
        /// At this pace it will be late: who answers for it speeds up.
        SpeedUp = "speed_up",
        /// It goes on as it does.
        GoOn = "go_on",
    }
}

/// A programme on a day: the sums of its items, and the items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeStanding {
    /// The programme.
    pub programme: ProgrammeId,
    /// What it is about.
    pub kind: ProgrammeKind,
    /// Σ targets.
    pub target: u128,
    /// Σ done.
    pub done: u128,
    /// Σ left, item by item: what is too much in one place fills no gap in another.
    pub left: u128,
    /// Σ done beyond a target.
    pub beyond: u128,
    /// The pace of all items together.
    pub pace: Pace,
    /// When all that is left will be done at that pace.
    pub forecast: Forecast,
    /// The items in the order of their keys.
    pub items: Vec<ItemStanding>,
}

/// All programmes on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programmes {
    /// In the order of their keys.
    pub programmes: Vec<ProgrammeStanding>,
    /// Items whose programme does not hold: they are in no sum.
    pub items_without_programme: Vec<ItemId>,
    /// Items that do not hold and yet have progress: it is in no sum.
    pub progress_without_item: Vec<ItemId>,
}

/// What the bulletin says of the programmes, each kind by its own verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProgrammeFigures {
    /// 完成: tobacco transplanted, Σ progress, in hundredths of a mu.
    pub tobacco_hundredths_mu: u128,
    /// 排查上报: gaps of the poverty work found, Σ targets.
    pub poverty_shortfall_households: u128,
    /// 排查上报: floors and yards found, Σ targets.
    pub yard_shortfall_households: u128,
    /// 待实施: toilets still to be rebuilt, Σ (target − progress).
    pub toilets_pending: u128,
}

/// Where every programme and item stands at the end of a day.
///
/// An item counts from the day it became known. Linear in the records, but for lookups of ids.
pub fn programmes(records: ProgrammeRecords<'_>, policy: &TaskPolicy, as_of: AsOf) -> Programmes {
    let mut done = DoneByItem::count(records.progress, records.items.len(), policy, as_of);
    let mut of_programme: Vec<Option<ProgrammeStanding>> = Vec::new();
    of_programme.resize_with(records.programmes.len(), || None);
    for held in records.programmes.standing(as_of) {
        of_programme[held.index] = ProgrammeId::from_index(held.index)
            .map(|id| ProgrammeStanding::empty(id, held.what.kind, policy));
    }
    let mut items_without_programme = Vec::new();
    for held in records.items.standing(as_of) {
        let Some(item) = ItemId::from_index(held.index) else {
            continue;
        };
        let counted = std::mem::take(&mut done.of_item[held.index]);
        let place = of_programme.get_mut(held.what.programme.index());
        let Some(programme) = place.and_then(Option::as_mut) else {
            items_without_programme.push(item);
            continue;
        };
        let patience = back_by(as_of.day, policy.stalled_after_days).map(AsOf::on);
        let was_known = patience.is_some_and(|at| records.items.held(held.index, at).is_some());
        programme.add(judge(item, held.what, counted, was_known, policy, as_of));
    }
    let mut programmes: Vec<ProgrammeStanding> = of_programme.into_iter().flatten().collect();
    for programme in &mut programmes {
        programme.forecast = forecast(programme.left, programme.pace, as_of.day);
    }
    Programmes {
        programmes,
        items_without_programme,
        progress_without_item: done.left_over(),
    }
}

impl Programmes {
    /// The figures of the bulletin.
    pub fn figures(&self) -> ProgrammeFigures {
        let mut figures = ProgrammeFigures::default();
        for programme in &self.programmes {
            match programme.kind {
                ProgrammeKind::Tobacco => figures.tobacco_hundredths_mu += programme.done,
                ProgrammeKind::Poverty => figures.poverty_shortfall_households += programme.target,
                ProgrammeKind::Yard => figures.yard_shortfall_households += programme.target,
                ProgrammeKind::Toilet => figures.toilets_pending += programme.left,
                ProgrammeKind::Other => {}
            }
        }
        figures
    }

    /// The items someone must act on, stalled or overdue, in the order of programme and item.
    pub fn needing_action(&self) -> impl Iterator<Item = (ProgrammeId, &ItemStanding)> {
        self.programmes.iter().flat_map(|programme| {
            let items = programme.items.iter();
            items
                .filter(|item| item.stalled.is_some() || item.overdue_days.is_some())
                .map(|item| (programme.programme, item))
        })
    }
}

impl ItemStanding {
    /// Who answers for the item: its owner and, where the owner cannot act, its deputy.
    pub fn answers(&self, can_act: impl Fn(PersonId) -> bool) -> Option<PersonId> {
        let mut named = self.owner.into_iter().chain(self.deputy);
        named.find(|person| can_act(*person))
    }

    /// What is to happen next, where this person, or nobody, answers for the item.
    pub fn next_step(&self, answers: Option<PersonId>) -> NextStep {
        if self.left == 0 {
            NextStep::Nothing
        } else if answers.is_none() {
            NextStep::NameSomebody
        } else if self.stalled.is_some() || self.overdue_days.is_some() {
            NextStep::SayWhy
        } else if self.will_be_late {
            NextStep::SpeedUp
        } else {
            NextStep::GoOn
        }
    }
}

impl ProgrammeStanding {
    fn empty(programme: ProgrammeId, kind: ProgrammeKind, policy: &TaskPolicy) -> Self {
        ProgrammeStanding {
            programme,
            kind,
            target: 0,
            done: 0,
            left: 0,
            beyond: 0,
            pace: Pace {
                quantity: 0,
                days: policy.pace_window_days,
            },
            forecast: Forecast::Finished,
            items: Vec::new(),
        }
    }

    // Sums of 64-bit quantities in 128 bits cannot overflow: a ledger has fewer than 2³² rows.
    fn add(&mut self, item: ItemStanding) {
        self.target += u128::from(item.target);
        self.done += item.done;
        self.left += u128::from(item.left);
        self.beyond += item.beyond;
        self.pace.quantity += item.pace.quantity;
        self.items.push(item);
    }
}

/// What was done on one item by the end of the day.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    quantity: u128,
    in_window: u128,
    last: Option<NaiveDateTime>,
}

struct DoneByItem {
    of_item: Vec<Done>,
}

impl DoneByItem {
    fn count(progress: &Ledger<Progress>, items: usize, policy: &TaskPolicy, as_of: AsOf) -> Self {
        let mut of_item = vec![Done::default(); items];
        let window_before = back_by(as_of.day, policy.pace_window_days);
        for held in progress.happened(as_of) {
            let Progress { item, at, quantity } = *held.what;
            // A record of nothing done is no progress.
            let Some(done) = of_item.get_mut(item.index()).filter(|_| quantity > 0) else {
                continue;
            };
            done.quantity += u128::from(quantity);
            if window_before.is_none_or(|before| at.date() > before) {
                done.in_window += u128::from(quantity);
            }
            done.last = done.last.max(Some(at));
        }
        DoneByItem { of_item }
    }

    /// The items with progress that nobody asked for.
    fn left_over(&self) -> Vec<ItemId> {
        let numbered = self.of_item.iter().enumerate();
        numbered
            .filter(|(_, done)| done.quantity > 0)
            .filter_map(|(index, _)| ItemId::from_index(index))
            .collect()
    }
}

fn judge(
    id: ItemId,
    item: &Item,
    done: Done,
    was_known: bool,
    policy: &TaskPolicy,
    as_of: AsOf,
) -> ItemStanding {
    let left = u64::try_from(done.quantity).map_or(0, |done| item.target.saturating_sub(done));
    let pace = Pace {
        quantity: done.in_window,
        days: policy.pace_window_days,
    };
    let forecast = forecast(u128::from(left), pace, as_of.day);
    let stood_still = was_known && done.last.is_none_or(|at| is_past(at, policy, as_of));
    let overdue = item.due.filter(|&due| left > 0 && as_of.day > due);
    ItemStanding {
        item: id,
        area: item.area,
        owner: item.owner,
        deputy: item.deputy,
        target: item.target,
        done: done.quantity,
        left,
        beyond: done.quantity.saturating_sub(u128::from(item.target)),
        due: item.due,
        pace,
        forecast,
        stalled: (left > 0 && stood_still).then_some(Stalled {
            last_progress: done.last,
            after_days: policy.stalled_after_days,
        }),
        overdue_days: overdue.map(|due| (as_of.day - due).num_days().unsigned_abs()),
        will_be_late: overdue.is_none() && is_later(forecast, item.due),
    }
}

/// Whether an instant lies before the days of patience that end with the day.
fn is_past(at: NaiveDateTime, policy: &TaskPolicy, as_of: AsOf) -> bool {
    back_by(as_of.day, policy.stalled_after_days).is_some_and(|before| at.date() <= before)
}

fn is_later(forecast: Forecast, due: Option<NaiveDate>) -> bool {
    match (forecast, due) {
        (Forecast::On(day), Some(due)) => day > due,
        (Forecast::BeyondTheCalendar, Some(_)) => true,
        _ => false,
    }
}

/// The day on which what is left is done at a pace: `left × days / quantity`, rounded up to
/// whole days after the day.
fn forecast(left: u128, pace: Pace, day: NaiveDate) -> Forecast {
    if left == 0 {
        return Forecast::Finished;
    }
    if pace.quantity == 0 {
        return Forecast::NoPace;
    }
    let days = left
        .checked_mul(u128::from(pace.days))
        .map(|work| work.div_ceil(pace.quantity))
        .and_then(|days| u64::try_from(days).ok());
    match days.and_then(|days| day.checked_add_days(Days::new(days))) {
        Some(day) => Forecast::On(day),
        None => Forecast::BeyondTheCalendar,
    }
}

/// The day so many days before.
fn back_by(day: NaiveDate, days: u32) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(u64::from(days)))
}

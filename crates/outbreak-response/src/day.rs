//! The day: every room asked in turn, and what it comes to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contact_tracing::CaseClass;
use grid_model::{AreaId, AsOf, PersonId, Township};
use reporting::Text;

use crate::corrections::{CorrectedRecord, corrected_records};
use crate::steps::{
    BasketDay, ChainsDay, GridDay, NailDay, NoChains, OutbreakDay, QuarantineDay, WatchDay,
    WayOutDay, basket, chains, grid, nail, outbreak, quarantine, watch, way_out,
};
use crate::{Figures, Policy, Proposed, Records};

/// Everything a day found, each answer with its reason.
#[derive(Clone, Debug)]
pub struct Day {
    /// Of which day, as known when.
    pub as_of: AsOf,
    /// The day's figures.
    pub figures: Figures,
    /// Yesterday's figures as yesterday's bulletin had them.
    pub yesterday: Figures,
    /// Yesterday's figures as they are known today: what differs is a correction.
    pub before: Figures,
    /// Records that changed what an earlier bulletin said, known today.
    pub corrections: Vec<CorrectedRecord>,
    /// What is proposed and becomes fact when it is recorded.
    pub proposed: Proposed,
    /// 网格子.
    pub grid: GridDay,
    /// 重担子, orders and arrivals.
    pub quarantine: QuarantineDay,
    /// 重担子, contacts.
    pub outbreak: OutbreakDay,
    /// 重担子, chains of cases; or why there are none.
    pub chains: Result<ChainsDay, NoChains>,
    /// 结对子.
    pub watch: WatchDay,
    /// 菜篮子.
    pub basket: BasketDay,
    /// 门路子.
    pub way_out: WayOutDay,
    /// 钉钉子.
    pub nail: NailDay,
    /// Cases by date of onset and class, those without a date apart.
    pub(crate) onsets: BTreeMap<(NaiveDate, CaseClass), i64>,
    homes: Vec<Option<AreaId>>,
}

/// Every room's answers of one day, before they are set beside yesterday's.
struct Answers {
    grid: GridDay,
    quarantine: QuarantineDay,
    outbreak: OutbreakDay,
    watch: WatchDay,
    basket: BasketDay,
    way_out: WayOutDay,
    nail: NailDay,
    homes: Vec<Option<AreaId>>,
}

/// Everything known up to a day in, the day's whole response out.
///
/// Pure: the same records give the same day, to the byte, whatever order they came in. Linear in
/// the records but for sorting, and for the flows of pairing, supply and jobs, which grow with
/// those who are under measure, in need or in search of work.
pub fn day(township: &Township, records: &Records, policy: &Policy, as_of: AsOf) -> Day {
    let before = the_day_before(as_of);
    let answers_before = answers(township, records, policy, before);
    let home_before = answers_before.home(policy, before);
    let answers = answers(township, records, policy, as_of);
    let rooms = answers.rooms();
    let figures = Figures::count(township, records, policy, as_of, &rooms, &home_before);
    let yesterday = figures_of(township, records, policy, as_of.yesterday());
    let home_before = home_the_day_before(township, records, policy, before);
    let rooms = answers_before.rooms();
    let before = Figures {
        // What a bulletin corrected is what became known on its own day.
        corrections: yesterday.corrections,
        ..Figures::count(township, records, policy, before, &rooms, &home_before)
    };
    let corrections = corrected_records(township, records, as_of);
    let figures = Figures {
        corrections: i64::try_from(corrections.len()).unwrap_or(i64::MAX),
        ..figures
    };
    let proposed = Proposed::of(
        &answers.quarantine,
        &answers.watch,
        &answers.basket,
        &answers.way_out,
        as_of,
    );
    let Answers {
        grid,
        quarantine,
        outbreak,
        watch,
        basket,
        way_out,
        nail,
        homes,
    } = answers;
    Day {
        chains: chains(township, records, policy, &outbreak, as_of),
        onsets: onsets(records, as_of),
        as_of,
        figures,
        yesterday,
        before,
        corrections,
        proposed,
        grid,
        quarantine,
        outbreak,
        watch,
        basket,
        way_out,
        nail,
        homes,
    }
}

/// The figures of a day alone, without those of the day before.
pub fn figures_of(township: &Township, records: &Records, policy: &Policy, as_of: AsOf) -> Figures {
    let answers = answers(township, records, policy, as_of);
    let home_before = home_the_day_before(township, records, policy, as_of);
    let corrections = corrected_records(township, records, as_of);
    Figures {
        corrections: i64::try_from(corrections.len()).unwrap_or(i64::MAX),
        ..Figures::count(
            township,
            records,
            policy,
            as_of,
            &answers.rooms(),
            &home_before,
        )
    }
}

/// The day before, with what is known now.
fn the_day_before(as_of: AsOf) -> AsOf {
    AsOf {
        known_by: as_of.known_by,
        ..as_of.yesterday()
    }
}

/// Who was under observation at home at the end of the day before, as known now, that day's
/// proposals included: the same people as its bulletin counts, so that yesterday and new without
/// ended make today, recorded or not.
fn home_the_day_before(
    township: &Township,
    records: &Records,
    policy: &Policy,
    as_of: AsOf,
) -> Vec<PersonId> {
    let before = the_day_before(as_of);
    let town = township.at(before);
    let orders = quarantine_rules::Orders::standing(&records.orders, before);
    let outbreak = outbreak(&town, records, policy, &orders);
    let quarantine = quarantine(&town, records, policy, orders, &outbreak);
    quarantine.under_on(before.day, before, policy).home
}

/// What every room answers, for counting.
pub(crate) struct Rooms<'a> {
    pub(crate) grid: &'a GridDay,
    pub(crate) quarantine: &'a QuarantineDay,
    pub(crate) outbreak: &'a OutbreakDay,
    pub(crate) watch: &'a WatchDay,
    pub(crate) basket: &'a BasketDay,
    pub(crate) way_out: &'a WayOutDay,
    pub(crate) nail: &'a NailDay,
}

impl Answers {
    /// Who is under observation at home at the end of the day, today's proposals included.
    fn home(&self, policy: &Policy, as_of: AsOf) -> Vec<PersonId> {
        self.quarantine.under_on(as_of.day, as_of, policy).home
    }

    fn rooms(&self) -> Rooms<'_> {
        Rooms {
            grid: &self.grid,
            quarantine: &self.quarantine,
            outbreak: &self.outbreak,
            watch: &self.watch,
            basket: &self.basket,
            way_out: &self.way_out,
            nail: &self.nail,
        }
    }
}

fn answers(township: &Township, records: &Records, policy: &Policy, as_of: AsOf) -> Answers {
    let town = township.at(as_of);
    let orders = quarantine_rules::Orders::standing(&records.orders, as_of);
    let outbreak = outbreak(&town, records, policy, &orders);
    let quarantine = quarantine(&town, records, policy, orders, &outbreak);
    let under_observation: BTreeSet<PersonId> = quarantine.held_now(as_of, policy);
    let watch = watch(&town, records, policy, &quarantine, &outbreak);
    let basket = basket(&town, records, policy, &under_observation);
    let way_out = way_out(&town, records, policy, &quarantine, &outbreak);
    Answers {
        grid: grid(&town, records),
        nail: nail(&town, records, policy, &under_observation),
        homes: (0..town.person_numbers())
            .map(|index| PersonId::from_index(index).and_then(|person| town.area_of(person)))
            .collect(),
        quarantine,
        outbreak,
        watch,
        basket,
        way_out,
    }
}

fn onsets(records: &Records, as_of: AsOf) -> BTreeMap<(NaiveDate, CaseClass), i64> {
    let mut onsets = BTreeMap::new();
    for held in records.cases.happened(as_of) {
        if let Some(onset) = held.what.onset.filter(|onset| *onset <= as_of.day) {
            *onsets.entry((onset, held.what.class)).or_insert(0) += 1;
        }
    }
    onsets
}

/// The classes of cases with their names, in the order they are drawn.
pub(crate) fn case_classes() -> [(CaseClass, Text); 3] {
    [
        (CaseClass::Confirmed, Text::new("确诊", "Confirmed")),
        (CaseClass::Suspected, Text::new("疑似", "Suspected")),
        (CaseClass::Asymptomatic, Text::new("无症状", "Asymptomatic")),
    ]
}

/// Someone to be seen by the fever clinic within hours, whoever found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fever {
    pub(crate) person: PersonId,
    pub(crate) at: chrono::NaiveDateTime,
    pub(crate) temperature_tenths: Option<u16>,
    pub(crate) latest_test: Option<quarantine_rules::TestResult>,
}

impl Day {
    /// Everyone to refer today, from readings of the health station and of helpers, each person
    /// once, with the highest reading.
    pub(crate) fn fevers(&self) -> Vec<Fever> {
        let mut by_person: BTreeMap<PersonId, Fever> = BTreeMap::new();
        let read = self.quarantine.referrals.iter().map(|one| Fever {
            person: one.person,
            at: one.at,
            temperature_tenths: Some(one.temperature_tenths),
            latest_test: one.latest_test.map(|(_, result)| result),
        });
        let seen = self.watch.schedule.referrals.iter().map(|one| Fever {
            person: one.person,
            at: one.at,
            temperature_tenths: one.temperature_tenths,
            latest_test: None,
        });
        for fever in read.chain(seen) {
            let kept = by_person.entry(fever.person).or_insert(fever);
            if fever.temperature_tenths > kept.temperature_tenths {
                *kept = Fever {
                    latest_test: fever.latest_test.or(kept.latest_test),
                    ..fever
                };
            }
        }
        by_person.into_values().collect()
    }

    /// The area a person's household stands in, as known on the day.
    pub fn home_of(&self, person: PersonId) -> Option<AreaId> {
        self.homes.get(person.index()).copied().flatten()
    }
}

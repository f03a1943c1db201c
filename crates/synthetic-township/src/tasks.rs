//! Programmes, their items and what was done on them; and the donations.

use chrono::NaiveDate;
use grid_model::{AreaId, PersonId};
use task_tracking::{
    Donation, Item, ItemId, Programme, ProgrammeId, ProgrammeKind, Progress, Spending,
};

use crate::calendar::{FIRST_ARRIVALS, LAST_DAY, day, days_between, earlier, later, minute};
use crate::chance::{Chance, split};
use crate::people::People;
use crate::places::{Places, ids};
use crate::plan::Plan;
use crate::rows::Rows;
use crate::staff::Staffing;

/// The gaps of the poverty work, of floors and yards were listed from this day on.
const LISTED_FROM: NaiveDate = day(2, 10);
const LISTED_DAYS: usize = 18;

/// What is recorded of work beside the outbreak.
#[derive(Clone, Debug)]
pub(crate) struct Tasks {
    pub(crate) programmes: Rows<Programme>,
    pub(crate) items: Rows<Item>,
    pub(crate) progress: Rows<Progress>,
    item_ids: Vec<ItemId>,
    cadres: Vec<PersonId>,
}

/// One item to be written.
struct NewItem {
    programme: Option<ProgrammeId>,
    area: AreaId,
    target: u64,
    due: NaiveDate,
    known_on: Option<NaiveDate>,
}

impl Tasks {
    /// Draws the five programmes.
    pub(crate) fn draw(
        plan: &Plan,
        places: &Places,
        people: &People,
        staffing: &Staffing,
        chance: &mut Chance,
    ) -> Self {
        let most = places.communities.len() * 2 + places.villages.len() * 2 + plan.programmes.roads;
        let mut drawn = Tasks {
            programmes: Rows::new("PG"),
            items: Rows::new("IT"),
            progress: Rows::new("PO"),
            item_ids: ids(most, ItemId::from_index),
            cadres: staffing
                .cadres
                .iter()
                .map(|cadre| people.id(*cadre))
                .collect(),
        };
        drawn.tobacco(plan, places, chance);
        drawn.gaps(
            ProgrammeKind::Poverty,
            plan.programmes.poverty,
            places,
            chance,
        );
        drawn.gaps(ProgrammeKind::Yard, plan.programmes.yards, places, chance);
        drawn.toilets(plan, places, chance);
        drawn.roads(plan, places, chance);
        drawn
    }

    fn programme(&mut self, kind: ProgrammeKind) -> Option<ProgrammeId> {
        let (name_zh, name_en, unit) = match kind {
            ProgrammeKind::Tobacco => ("烤烟移栽", "Flue-cured tobacco", "hundredths of a mu"),
            ProgrammeKind::Poverty => ("脱贫攻坚短板", "Gaps of the poverty work", "households"),
            ProgrammeKind::Yard => ("室内和庭院硬化", "Floors and yards hardened", "households"),
            ProgrammeKind::Toilet => ("卫生厕所", "Sanitary toilets", "toilets"),
            ProgrammeKind::Other => ("村组道路", "Roads of villages and groups", "metres"),
        };
        ProgrammeId::from_index(self.programmes.push(Programme {
            kind,
            name_zh: name_zh.into(),
            name_en: name_en.into(),
            unit: unit.into(),
        }))
    }

    /// Writes an item with an owner and a deputy; nothing where nothing is to be done.
    fn item(&mut self, new: NewItem, chance: &mut Chance) -> Option<ItemId> {
        let programme = new.programme.filter(|_| new.target > 0)?;
        let first = chance.below(self.cadres.len());
        let cadre = |place: usize| self.cadres.get(place % self.cadres.len().max(1)).copied();
        let item = Item {
            programme,
            area: Some(new.area),
            owner: cadre(first),
            deputy: cadre(first + 1),
            target: new.target,
            due: Some(new.due),
        };
        let row = match new.known_on {
            Some(on) => self
                .items
                .push_known(minute(on, chance.between(9 * 60, 17 * 60)), item),
            None => self.items.push(item),
        };
        self.item_ids.get(row).copied()
    }

    fn done(&mut self, item: ItemId, on: NaiveDate, quantity: u64, chance: &mut Chance) {
        if quantity > 0 {
            self.progress.push(Progress {
                item,
                at: minute(on, chance.between(15 * 60, 19 * 60)),
                quantity,
            });
        }
    }

    /// An item a community, and progress that makes the stated totals by the stated days.
    fn tobacco(&mut self, plan: &Plan, places: &Places, chance: &mut Chance) {
        let programme = self.programme(ProgrammeKind::Tobacco);
        let weights = community_weights(places, chance);
        let targets = split(100 * plan.programmes.tobacco_target_mu as u64, &weights);
        let items: Vec<Option<ItemId>> = targets
            .into_iter()
            .zip(&places.communities)
            .map(|(target, community)| {
                let new = NewItem {
                    programme,
                    area: places.area_ids[community.area],
                    target,
                    due: day(3, 15),
                    known_on: None,
                };
                self.item(new, chance)
            })
            .collect();
        let (mut before, mut mu_before) = (earlier(FIRST_ARRIVALS, 8), 0);
        for &(until, mu) in &plan.programmes.tobacco_mu {
            let added = split(100 * (mu - mu_before) as u64, &weights);
            for (item, added) in items.iter().zip(added) {
                let Some(item) = *item else { continue };
                let steps = days_between(before, until).clamp(1, 4);
                let parts = split(added, &vec![1; steps]);
                for (step, part) in parts.into_iter().enumerate() {
                    self.done(item, earlier(until, step), part, chance);
                }
            }
            (before, mu_before) = (until, mu);
        }
    }

    /// Gaps found, an item a village, listed in February; a few are mended by the end.
    fn gaps(&mut self, kind: ProgrammeKind, total: usize, places: &Places, chance: &mut Chance) {
        let programme = self.programme(kind);
        let weights: Vec<u64> = places
            .villages
            .iter()
            .map(|_| chance.between(20, 180) as u64)
            .collect();
        for (village, target) in places.villages.iter().zip(split(total as u64, &weights)) {
            let known_on = later(LISTED_FROM, chance.between(0, LISTED_DAYS));
            let new = NewItem {
                programme,
                area: places.area_ids[village.area],
                target,
                due: day(6, 30),
                known_on: Some(known_on),
            };
            let item = self.item(new, chance);
            let on = later(known_on, 1);
            if let Some(item) = item.filter(|_| on <= LAST_DAY && chance.in_thousand(250)) {
                self.done(item, on, 1, chance);
            }
        }
    }

    fn toilets(&mut self, plan: &Plan, places: &Places, chance: &mut Chance) {
        let programme = self.programme(ProgrammeKind::Toilet);
        let weights = community_weights(places, chance);
        let pending = split(plan.programmes.toilets_pending as u64, &weights);
        let done = split(plan.programmes.toilets_done as u64, &weights);
        for ((community, pending), done) in places.communities.iter().zip(pending).zip(done) {
            let new = NewItem {
                programme,
                area: places.area_ids[community.area],
                target: pending + done,
                due: day(10, 31),
                known_on: None,
            };
            let Some(item) = self.item(new, chance) else {
                continue;
            };
            for (step, part) in split(done, &[3, 2, 1]).into_iter().enumerate() {
                self.done(item, later(day(2, 11), step * 6), part, chance);
            }
        }
    }

    /// Roads are being surveyed: so many metres each, and nothing built yet.
    fn roads(&mut self, plan: &Plan, places: &Places, chance: &mut Chance) {
        let programme = self.programme(ProgrammeKind::Other);
        for _ in 0..plan.programmes.roads {
            let place = chance.below(places.villages.len());
            let Some(village) = places.villages.get(place) else {
                return;
            };
            let new = NewItem {
                programme,
                area: places.area_ids[village.area],
                target: (chance.between(8, 60) * 50) as u64,
                due: day(12, 31),
                known_on: Some(later(day(2, 20), chance.below(9))),
            };
            self.item(new, chance);
        }
    }
}

fn community_weights(places: &Places, chance: &mut Chance) -> Vec<u64> {
    places
        .communities
        .iter()
        .map(|_| chance.between(40, 160) as u64)
        .collect()
}

/// Money given, in the stretches of the plan, to the last fen.
pub(crate) fn donations(plan: &Plan, chance: &mut Chance) -> Rows<Donation> {
    let mut rows = Rows::new("DO");
    for &(first, last, yuan) in &plan.donations_yuan {
        let givers = (yuan / 300).clamp(1, 20_000);
        let weights: Vec<u64> = (0..givers)
            .map(|_| chance.heavy_tailed(10, 2_000) as u64)
            .collect();
        for part in split(yuan as u64, &weights)
            .into_iter()
            .filter(|part| *part > 0)
        {
            let on = later(first, chance.below(days_between(first, last) + 1));
            let kind = match part {
                0..=299 => "person",
                300..=1_999 => "party_member",
                _ => "company",
            };
            rows.push(Donation {
                at: minute(on, chance.between(9 * 60, 17 * 60)),
                amount_fen: part * 100,
                donor_kind: Some(kind.into()),
            });
        }
    }
    rows
}

/// Money spent, on the last days, when most had been given.
pub(crate) fn spending(plan: &Plan, chance: &mut Chance) -> Rows<Spending> {
    let mut rows = Rows::new("SP");
    let given_first = plan.donations_yuan.first().map_or(0, |stretch| stretch.2);
    let spent = plan.spent_yuan.min(given_first) as u64;
    let purposes = ["masks", "disinfectant", "food_for_checkpoints", "tents"];
    for (place, part) in split(spent, &[7, 5, 4, 3, 3, 2, 2, 1])
        .into_iter()
        .enumerate()
    {
        if part > 0 {
            rows.push(Spending {
                at: minute(later(day(2, 26), place % 4), 18 * 60 + chance.below(60)),
                amount_fen: part * 100,
                purpose: Some(purposes[place % purposes.len()].into()),
            });
        }
    }
    rows
}

//! Levels of whole towns, served as a slow and obvious way serves them: packet after packet along
//! the way that serves the earliest levels, through exchanges if need be.

mod common;

use std::collections::BTreeMap;

use common::*;
use proptest::prelude::*;
use supply_allocation::*;

const VILLAGES: usize = 6;

/// Floor (0) or 1 + tier, and the household's how-manieth packet of the good.
type Rank = (usize, u64);

/// Packets more or less, by level; the earliest level counts first.
type Gain = Vec<i64>;

/// A village's wanted packets of one good, the earliest level first, and how many it has.
#[derive(Default)]
struct Queue {
    ranks: Vec<usize>,
    served: usize,
}

/// Goods and villages as nodes, a queue between each two.
struct Town {
    levels: usize,
    stock: Vec<u64>,
    room: Vec<u64>,
    queues: BTreeMap<(usize, usize), Queue>,
}

impl Town {
    /// Serves one packet more by the best way, R. Bellman's; `false` where none is worth it.
    fn serve_one(&mut self) -> bool {
        let goods = self.stock.len();
        let mut best: Vec<Option<Gain>> = vec![None; goods + self.room.len()];
        let mut from = vec![None; best.len()];
        for good in (0..goods).filter(|&good| self.stock[good] > 0) {
            best[good] = Some(vec![0; self.levels]);
        }
        while self.reach_farther(&mut best, &mut from) {}
        let ends = (0..self.room.len()).filter(|&village| self.room[village] > 0);
        let Some(end) = ends.max_by_key(|village| &best[goods + village]) else {
            return false;
        };
        if best[goods + end]
            .as_ref()
            .is_none_or(|gain| *gain <= vec![0; self.levels])
        {
            return false;
        }
        self.room[end] -= 1;
        let mut at = goods + end;
        while let Some(before) = from[at] {
            let forward = before < goods;
            let key = if forward {
                (before, at - goods)
            } else {
                (at, before - goods)
            };
            let queue = self.queues.entry(key).or_default();
            queue.served = if forward {
                queue.served + 1
            } else {
                queue.served - 1
            };
            at = before;
        }
        self.stock[at] -= 1;
        true
    }

    /// Looks along every queue once, both ways.
    fn reach_farther(&self, best: &mut [Option<Gain>], from: &mut [Option<usize>]) -> bool {
        let mut farther = false;
        for (&(good, village), queue) in &self.queues {
            let village = self.stock.len() + village;
            let more = queue
                .ranks
                .get(queue.served)
                .map(|&rank| (good, village, rank, 1));
            let less = queue.served.checked_sub(1);
            let less = less.map(|last| (village, good, queue.ranks[last], -1));
            for (start, end, rank, by) in more.into_iter().chain(less) {
                let Some(mut gain) = best[start].clone() else {
                    continue;
                };
                gain[rank] += by;
                if best[end].as_ref().is_none_or(|known| gain > *known) {
                    (best[end], from[end], farther) = (Some(gain), Some(start), true);
                }
            }
        }
        farther
    }
}

/// By household and good, what it may have, in order.
fn wanted(case: &Case, policy: &SupplyPolicy) -> BTreeMap<(usize, usize), Vec<Rank>> {
    let mut wanted: BTreeMap<_, Vec<Rank>> = BTreeMap::new();
    for &(of, good, tier, need, ..) in &case.demand {
        let floor = u64::from(policy.survival_packets(GOODS[good]));
        let most = policy.most_assessed(GOODS[good], case.households[of].1);
        let ranks = wanted.entry((of, good)).or_default();
        for _ in 0..need {
            let packet = ranks.len() as u64 + 1;
            if packet <= most {
                ranks.push((if packet <= floor { 0 } else { 1 + tier }, packet));
            }
        }
    }
    wanted
}

/// Two tiers of three goods in several villages, some without stock, some without a back.
fn towns() -> impl Strategy<Value = Case> {
    let households = prop::collection::vec((0..VILLAGES, 1..7u32), 1..60);
    let limits = prop::collection::vec(0..40u32, VILLAGES);
    let suppliers = prop::collection::vec((0..3usize, 0..50u32, 1..4u64), 0..6);
    let asked = prop::collection::vec((0..60usize, 0..3usize, 0..4usize, 1..9u64), 0..120);
    (households, limits, suppliers, asked).prop_map(|(households, limits, suppliers, mut asked)| {
        asked.retain(|asked| asked.0 < households.len());
        asked.sort_unstable();
        asked.dedup_by_key(|asked| (asked.0, asked.1, asked.2));
        let lines = asked.into_iter();
        let demand = lines.map(|(of, good, tier, need)| (of, good, tier, need, 0, 0));
        Case {
            demand: demand.collect(),
            households,
            limits,
            suppliers,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_level_is_served_as_far_as_the_earlier_ones_allow(case in towns()) {
        let policy = policy();
        let plan = case.plan(&policy);
        let wanted = wanted(&case, &policy);
        let mut levels: Vec<Rank> = wanted.values().flatten().copied().collect();
        levels.sort_unstable();
        levels.dedup();
        let in_time = u64::from(policy.packets_in_a_round());
        let mut town = Town {
            levels: levels.len(),
            stock: vec![0; GOODS.len()],
            room: case.limits.iter().map(|&limit| u64::from(limit).min(in_time)).collect(),
            queues: BTreeMap::new(),
        };
        for &(good, stock, _) in &case.suppliers {
            town.stock[good] += u64::from(stock);
        }
        let mut planned_of = vec![0; levels.len()];
        for (&(of, good), ranks) in &wanted {
            let queue = town.queues.entry((good, case.households[of].0)).or_default();
            let ranks = ranks.iter().map(|rank| levels.binary_search(rank).unwrap());
            queue.ranks.extend(ranks.clone());
            for rank in ranks.take(usize::try_from(planned(&plan, of, good)).unwrap()) {
                planned_of[rank] += 1;
            }
        }
        for queue in town.queues.values_mut() {
            queue.ranks.sort_unstable();
        }
        while town.serve_one() {}
        let mut served = vec![0; levels.len()];
        for queue in town.queues.values() {
            for &rank in &queue.ranks[..queue.served] {
                served[rank] += 1;
            }
        }
        prop_assert_eq!(planned_of, served);
    }
}

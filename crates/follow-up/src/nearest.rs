//! The nearest helper for everyone: one network that grows with people plus helpers.
//!
//! Every helper may watch anyone, and how far depends on the place alone: so people of one place
//! are one node, and a place hands those it cannot serve up to its community, and that to the
//! town. Three arcs a helper stand for a pair with everyone; no pair is left out, and the optimum
//! is the optimum over all pairs.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::{AreaId, HouseholdId};
use min_cost_flow::{
    ArcId, Flaw, Network, NetworkBuilder, NetworkErrors, NodeId, Optimum, Outcome, solve, verify,
};

/// Where someone lives, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) community: Option<AreaId>,
    pub(crate) natural_village: Option<AreaId>,
}

/// Someone who waits for a helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) place: Place,
    pub(crate) household: Option<HouseholdId>,
}

/// A helper with room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) place: Place,
    pub(crate) room: u32,
    /// Doctors are few: they watch only whom nobody else can.
    pub(crate) is_last_resort: bool,
}

/// What a pair costs by distance. Distances nest, so any growing costs have the same optimum.
const STEP_TO_VILLAGE: i64 = 0;
const STEP_TO_COMMUNITY: i64 = 1;
const STEP_TO_TOWN: i64 = 1;
/// What the farthest pair costs.
const FARTHEST: i64 = STEP_TO_COMMUNITY + STEP_TO_TOWN;

/// For each of the people the position of a helper, and the proof that no choice is better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nearest {
    pub(crate) of_person: Vec<Option<usize>>,
    pub(crate) proof: Option<Optimum>,
}

/// Gives the most people a helper, and of those ways takes one that goes the least far.
///
/// Where it makes no difference to that, a household is given to one helper.
pub(crate) fn nearest(people: &[Waiting], helpers: &[Room]) -> Result<Nearest, NetworkErrors> {
    let model = Model::new(people, helpers)?;
    let Outcome::Optimal(proof) = solve(&model.network) else {
        // Everybody may stay without a helper and no arc gains: there always is an optimum.
        return Ok(Nearest {
            of_person: vec![None; people.len()],
            proof: None,
        });
    };
    Ok(Nearest {
        of_person: model.read(people, &proof),
        proof: Some(proof),
    })
}

/// The answer of a proof, once the proof has been checked against the question.
pub(crate) fn proven(
    people: &[Waiting],
    helpers: &[Room],
    proof: &Optimum,
) -> Result<Vec<Option<usize>>, Flaw> {
    let Ok(model) = Model::new(people, helpers) else {
        return Err(Flaw::OtherNetwork {
            what: "people",
            found: 0,
            expected: people.len(),
        });
    };
    verify(&model.network, &Outcome::Optimal(proof.clone()))?;
    Ok(model.read(people, proof))
}

struct Model {
    network: Network,
    /// Arcs from a place, a community or the town into the pool above it.
    up: Vec<(Pool, Pool, ArcId)>,
    /// Arcs from a pool to a helper.
    down: Vec<(Pool, usize, ArcId)>,
}

/// Who is served together; from the narrowest to the widest, which is the order of serving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Pool {
    Village(AreaId),
    Community(AreaId),
    Town,
}

impl Place {
    /// The pools a place belongs to, narrowest first.
    fn pools(self) -> impl Iterator<Item = Pool> {
        let village = self.natural_village.map(Pool::Village);
        let community = self.community.map(Pool::Community);
        village.into_iter().chain(community).chain([Pool::Town])
    }
}

/// What it costs to be served out of a pool, beyond the pool below.
fn step(into: Pool) -> i64 {
    match into {
        Pool::Village(_) => STEP_TO_VILLAGE,
        Pool::Community(_) => STEP_TO_COMMUNITY,
        Pool::Town => STEP_TO_TOWN,
    }
}

/// How many people wait in each pool first, and which pool is above which.
fn supply_of_pools(people: &[Waiting]) -> (BTreeMap<Pool, i64>, BTreeMap<Pool, Pool>) {
    let mut supply = BTreeMap::from([(Pool::Town, 0)]);
    let mut above = BTreeMap::new();
    for person in people {
        let pools: Vec<Pool> = person.place.pools().collect();
        *supply.entry(pools[0]).or_default() += 1;
        for pair in pools.windows(2) {
            supply.entry(pair[1]).or_default();
            above.insert(pair[0], pair[1]);
        }
    }
    (supply, above)
}

impl Model {
    fn new(people: &[Waiting], helpers: &[Room]) -> Result<Self, NetworkErrors> {
        let count = i64::try_from(people.len()).unwrap_or(i64::MAX);
        let (supply, above) = supply_of_pools(people);
        let mut builder = NetworkBuilder::new();
        let pools = supply.into_iter();
        let nodes: BTreeMap<Pool, NodeId> = pools
            .map(|(pool, supply)| (pool, builder.node(supply)))
            .collect();
        let rooms: Vec<NodeId> = helpers.iter().map(|_| builder.node(0)).collect();
        let sink = builder.node(-count);
        let mut up = Vec::new();
        for (from, to) in above {
            let arc = builder.arc(nodes[&from], nodes[&to], 0, Some(count), step(to));
            up.push((from, to, arc));
        }
        // One doctor spared outweighs any distance of all the others, and one person more served
        // outweighs both.
        let last_resort = (count + 1).saturating_mul(FARTHEST);
        let without = (count + 1).saturating_mul(last_resort + FARTHEST);
        let mut down = Vec::new();
        for (position, (helper, &room)) in helpers.iter().zip(&rooms).enumerate() {
            let dear = if helper.is_last_resort {
                last_resort
            } else {
                0
            };
            for pool in helper.place.pools().filter(|pool| nodes.contains_key(pool)) {
                let arc = builder.arc(nodes[&pool], room, 0, Some(count), dear);
                down.push((pool, position, arc));
            }
            builder.arc(room, sink, 0, Some(i64::from(helper.room)), 0);
        }
        builder.arc(nodes[&Pool::Town], sink, 0, Some(count), without);
        Ok(Model {
            network: builder.build()?,
            up,
            down,
        })
    }

    /// Hands the flow out: pool by pool from the narrowest, people in order, helpers in order.
    fn read(&self, people: &[Waiting], proof: &Optimum) -> Vec<Option<usize>> {
        let mut waiting: BTreeMap<Pool, Vec<usize>> = BTreeMap::new();
        for (index, person) in people.iter().enumerate() {
            if let Some(pool) = person.place.pools().next() {
                waiting.entry(pool).or_default().push(index);
            }
        }
        let above: BTreeMap<Pool, Pool> = self.up.iter().map(|&(from, to, _)| (from, to)).collect();
        let mut of_person = vec![None; people.len()];
        let mut down: Vec<(Pool, usize, i64)> = self
            .down
            .iter()
            .map(|&(pool, helper, arc)| (pool, helper, proof.flow(arc)))
            .collect();
        down.sort_unstable();
        let mut down = down.into_iter().peekable();
        // Villages come before communities and these before the town: who is not served goes up.
        while let Some((pool, own)) = waiting.pop_first() {
            let mut homes = Homes::of(&own, people);
            while let Some((_, helper, flow)) = down.next_if(|(of, ..)| *of <= pool) {
                for person in homes.take(usize::try_from(flow).unwrap_or(0)) {
                    of_person[person] = Some(helper);
                }
            }
            if let Some(above) = above.get(&pool) {
                waiting.entry(*above).or_default().extend(homes.left());
            }
        }
        of_person
    }
}

/// People of one pool by household, and the households by size. Whoever has no household is one.
struct Homes {
    of_size: BTreeMap<usize, BTreeSet<Vec<usize>>>,
}

impl Homes {
    fn of(own: &[usize], people: &[Waiting]) -> Self {
        let mut homes: BTreeMap<(Option<HouseholdId>, usize), Vec<usize>> = BTreeMap::new();
        for &index in own {
            let key = match people[index].household {
                Some(home) => (Some(home), 0),
                None => (None, index),
            };
            homes.entry(key).or_default().push(index);
        }
        let mut of_size = Homes {
            of_size: BTreeMap::new(),
        };
        for mut home in homes.into_values() {
            home.sort_unstable();
            of_size.put(home);
        }
        of_size
    }

    fn put(&mut self, home: Vec<usize>) {
        self.of_size.entry(home.len()).or_default().insert(home);
    }

    /// So many people: the largest household that fits, again and again; where none fits, a part
    /// of the smallest.
    fn take(&mut self, count: usize) -> Vec<usize> {
        let mut taken = Vec::new();
        while taken.len() < count {
            let room = count - taken.len();
            let fits = self.of_size.range(..=room).next_back();
            let Some(size) = fits.or_else(|| self.of_size.iter().next()).map(|of| *of.0) else {
                break;
            };
            let Some(mut home) = self.pop(size) else {
                break;
            };
            if size > room {
                self.put(home.split_off(room));
            }
            taken.extend(home);
        }
        taken
    }

    fn pop(&mut self, size: usize) -> Option<Vec<usize>> {
        let homes = self.of_size.get_mut(&size)?;
        let home = homes.pop_first();
        if homes.is_empty() {
            self.of_size.remove(&size);
        }
        home
    }

    /// Whoever was not taken.
    fn left(self) -> impl Iterator<Item = usize> {
        self.of_size.into_values().flatten().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn waiting(village: usize, household: usize) -> Waiting {
        let place = Place {
            community: AreaId::from_index(100 + village / 2),
            natural_village: AreaId::from_index(village),
        };
        Waiting {
            place,
            household: HouseholdId::from_index(household),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_helper_takes_exactly_as_many_as_there_is_room_and_nobody_twice(
            sizes in proptest::collection::vec(1usize..4, 0..6),
            takes in proptest::collection::vec(0usize..5, 0..6),
        ) {
            let homes = sizes.iter().enumerate();
            let people: Vec<Waiting> = homes
                .flat_map(|(home, &size)| std::iter::repeat_n(waiting(0, home), size))
                .collect();
            let everyone: Vec<usize> = (0..people.len()).collect();
            let mut left = Homes::of(&everyone, &people);
            let mut seen = Vec::new();
            for count in takes {
                let taken = left.take(count);
                prop_assert_eq!(taken.len(), count.min(people.len() - seen.len()));
                seen.extend(taken);
            }
            seen.extend(left.left());
            seen.sort_unstable();
            prop_assert_eq!(seen, everyone);
        }
    }

    #[test]
    fn a_proof_of_another_question_proves_nothing() {
        let helper = |village: usize| Room {
            place: waiting(village, 0).place,
            room: 1,
            is_last_resort: false,
        };
        let people = [waiting(0, 0), waiting(1, 1)];
        let helpers = [helper(0), helper(1)];
        let found = nearest(&people, &helpers).unwrap();
        let proof = found.proof.unwrap();
        assert_eq!(proven(&people, &helpers, &proof), Ok(found.of_person));
        assert!(proven(&people[..1], &helpers, &proof).is_err());
        assert!(proven(&people, &helpers[..1], &proof).is_err());
    }
}

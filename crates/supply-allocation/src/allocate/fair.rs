//! Serves level by level, each as far as the levels before it allow, and then at the least cost.

use std::collections::{BTreeMap, BTreeSet};

use min_cost_flow::{Network, Optimum, Outcome};

use super::need::amount;
use super::stage_network::{Span, Way, Ways};
use super::{Answer, SupplyError};
use crate::Stage;

/// Where a packet stands in the order of serving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level {
    /// The stage.
    pub stage: Stage,
    /// Whether it is the household's first packet of the good in the round, its second, and so on:
    /// nobody's third is served before everybody's second.
    pub packet: u64,
}

/// What shows that one level cannot be served better without the levels before it losing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelProof {
    /// Which level.
    pub level: Level,
    /// Packets wanted in it that were not already out of reach.
    pub wanted: u64,
    /// The optimum of the level's network: its cost is minus the packets served.
    pub optimum: Optimum,
}

/// Optima with their prices, level by level. See [`verify`](crate::verify).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The levels from the first that is short; those before it are served in full.
    pub levels: Vec<LevelProof>,
    /// The optimum that shows the least cost.
    pub least_cost: Optimum,
}

impl Proof {
    /// All optima in the order in which their networks are solved.
    pub fn optima(&self) -> impl Iterator<Item = &Optimum> {
        let levels = self.levels.iter().map(|level| &level.optimum);
        levels.chain([&self.least_cost])
    }
}

/// What one supplier offers of a good.
#[derive(Clone)]
pub(crate) struct Offer {
    pub(crate) supplier: usize,
    pub(crate) stock: i64,
    pub(crate) unit_cost: i64,
}

/// All packets of one good that go through one limited purchaser, or through none.
pub(crate) struct Pair {
    pub(crate) good: usize,
    pub(crate) carrier: Option<usize>,
    /// How many packets of each level.
    pub(crate) levels: BTreeMap<Level, i64>,
}

/// Goods by their offers, limited purchasers by their room, and what is wanted between them.
pub(crate) struct Problem {
    pub(crate) offers: Vec<Vec<Offer>>,
    pub(crate) rooms: Vec<i64>,
    pub(crate) pairs: Vec<Pair>,
}

/// How many packets each pair gets and each offer gives. A pair's go to its levels in order.
pub(crate) struct Settled {
    pub(crate) of_pair: Vec<i64>,
    pub(crate) of_offer: Vec<Vec<i64>>,
    pub(crate) proof: Proof,
}

pub(crate) fn settle(problem: &Problem, answer: &mut Answer<'_>) -> Result<Settled, SupplyError> {
    let mut state = State::of(problem);
    let levels: BTreeSet<Level> = problem
        .pairs
        .iter()
        .flat_map(|pair| pair.levels.keys().copied())
        .collect();
    let mut proofs = Vec::new();
    let mut all_served = true;
    for level in levels {
        let wanted = state.wanted(level);
        if wanted.is_empty() {
            continue;
        }
        all_served = all_served && state.serve_in_full(&wanted);
        if !all_served {
            let optimum = state.serve_most(&wanted, &mut |network| {
                checked(answer, proofs.len(), network)
            })?;
            let wanted = wanted.values().map(|packets| packets.unsigned_abs()).sum();
            proofs.push(LevelProof {
                level,
                wanted,
                optimum,
            });
        }
    }
    let steps = proofs.len();
    state.least_cost(proofs, &mut |network| checked(answer, steps, network))
}

/// The optimum that is answered, checked against its network.
fn checked(
    answer: &mut Answer<'_>,
    step: usize,
    network: &Network,
) -> Result<Optimum, SupplyError> {
    match answer(step, network) {
        Some(outcome @ Outcome::Optimal(_)) => {
            min_cost_flow::verify(network, &outcome)?;
            let Outcome::Optimal(optimum) = outcome else {
                return Err(SupplyError::NoOptimum { step });
            };
            Ok(optimum)
        }
        _ => Err(SupplyError::NoOptimum { step }),
    }
}

/// What every plan that serves the levels so far as well as can be has in common.
///
/// Each level is an arc of its own between good and purchaser, and all of them are in every
/// network: the later ones at no cost, or a packet of a later level could take the place of an
/// earlier one unseen. Arcs side by side at one cost are laid as one.
struct State<'a> {
    problem: &'a Problem,
    /// What each good gives.
    goods: Vec<Span>,
    /// What each limited purchaser carries.
    carriers: Vec<Span>,
    pairs: Vec<PairState>,
}

/// What the levels so far leave open of a pair.
#[derive(Clone, Copy)]
enum PairState {
    /// All levels so far are served in full, `served` packets, of `total` with the later ones.
    Open { served: i64, total: i64 },
    /// One level may be served in part, those before it are in full, those after it not at all.
    Closed(Span),
}

impl PairState {
    /// What the pair may get, less the packets of the level that is looked at.
    fn span_beside(self, wanted: i64) -> Span {
        match self {
            PairState::Open { served, total } => Span {
                lower: served,
                upper: total - wanted,
            },
            PairState::Closed(span) => span,
        }
    }

    /// The state after a level of which so many packets were wanted, from the sign of what a packet
    /// at no cost would have added, and what the level itself gets in any optimum.
    fn after(self, beside: &Way, of_level: Span, optimum: &Optimum) -> Self {
        let PairState::Open { served, total } = self else {
            return PairState::Closed(beside.in_any_optimum(optimum));
        };
        match beside.reduced_cost(optimum).signum() {
            0 => PairState::Open {
                served: served + of_level.upper,
                total,
            },
            1 => PairState::Closed(Span::exactly(served).plus(of_level)),
            _ => PairState::Closed(Span::exactly(total)),
        }
    }
}

const HUB: usize = 0;

impl<'a> State<'a> {
    fn of(problem: &'a Problem) -> Self {
        let upto = |upper| Span { lower: 0, upper };
        let totals = problem.pairs.iter().map(Pair::total);
        let mut wanted = vec![0i64; problem.offers.len()];
        for (pair, total) in problem.pairs.iter().zip(totals.clone()) {
            wanted[pair.good] += total;
        }
        let stocks = problem.offers.iter().map(|offers| {
            let stocks = offers.iter().map(|offer| offer.stock);
            stocks.fold(0, i64::saturating_add)
        });
        // Stock beyond what is wanted limits nothing, and sums of it could be too large.
        let goods = stocks.zip(wanted).map(|(stock, wanted)| stock.min(wanted));
        State {
            goods: goods.map(upto).collect(),
            carriers: problem.rooms.iter().map(|&room| upto(room)).collect(),
            pairs: totals
                .map(|total| PairState::Open { served: 0, total })
                .collect(),
            problem,
        }
    }

    /// Packets of a level by pair, where the pair is still open.
    fn wanted(&self, level: Level) -> BTreeMap<usize, i64> {
        let mut wanted = BTreeMap::new();
        for (position, pair) in self.problem.pairs.iter().enumerate() {
            let open = matches!(self.pairs[position], PairState::Open { .. });
            if let Some(&packets) = pair.levels.get(&level).filter(|_| open) {
                wanted.insert(position, packets);
            }
        }
        wanted
    }

    /// Serves a level in full if stocks and rooms allow it; else changes nothing. Asked only
    /// while every level so far was served in full.
    fn serve_in_full(&mut self, wanted: &BTreeMap<usize, i64>) -> bool {
        let mut of_good = vec![0i64; self.goods.len()];
        let mut of_carrier = vec![0i64; self.carriers.len()];
        let mut after = self.pairs.clone();
        for (position, pair) in self.problem.pairs.iter().enumerate() {
            if let PairState::Open { served, .. } = &mut after[position] {
                *served += wanted.get(&position).copied().unwrap_or(0);
                of_good[pair.good] += *served;
                if let Some(carrier) = pair.carrier {
                    of_carrier[carrier] += *served;
                }
            }
        }
        let fits = |amounts: &[i64], spans: &[Span]| {
            let mut both = amounts.iter().zip(spans);
            both.all(|(&amount, span)| amount <= span.upper)
        };
        let full = fits(&of_good, &self.goods) && fits(&of_carrier, &self.carriers);
        if full {
            self.pairs = after;
        }
        full
    }

    /// Serves as many packets of a level as can be, and keeps what all ways to do so have in common.
    fn serve_most(
        &mut self,
        wanted: &BTreeMap<usize, i64>,
        optimum_of: &mut dyn FnMut(&Network) -> Result<Optimum, SupplyError>,
    ) -> Result<Optimum, SupplyError> {
        let mut ways = Ways::between(1 + self.goods.len() + self.carriers.len());
        let goods: Vec<Way> = (0..self.goods.len())
            .map(|good| ways.lay(HUB, 1 + good, self.goods[good], 0))
            .collect();
        let carriers = self.lay_carriers(&mut ways);
        let pairs: Vec<(Way, Way)> = (0..self.pairs.len())
            .map(|position| {
                let upper = wanted.get(&position).copied().unwrap_or(0);
                let beside = self.pairs[position].span_beside(upper);
                let (tail, head) = self.ends(position);
                let beside = ways.lay(tail, head, beside, 0);
                let of_level = ways.lay(tail, head, Span { lower: 0, upper }, -1);
                (beside, of_level)
            })
            .collect();
        let optimum = optimum_of(&ways.build()?)?;
        let in_any = |ways: &[Way]| -> Vec<Span> {
            let spans = ways.iter().map(|way| way.in_any_optimum(&optimum));
            spans.collect()
        };
        (self.goods, self.carriers) = (in_any(&goods), in_any(&carriers));
        for (state, (beside, of_level)) in self.pairs.iter_mut().zip(pairs) {
            *state = state.after(&beside, of_level.in_any_optimum(&optimum), &optimum);
        }
        Ok(optimum)
    }

    /// Of all plans that serve every level as well as can be, one of least cost.
    fn least_cost(
        self,
        levels: Vec<LevelProof>,
        optimum_of: &mut dyn FnMut(&Network) -> Result<Optimum, SupplyError>,
    ) -> Result<Settled, SupplyError> {
        let stores = 1 + self.goods.len() + self.carriers.len();
        let mut ways = Ways::between(stores + self.goods.len());
        let offers = self.lay_offers(&mut ways, stores);
        for (good, &span) in self.goods.iter().enumerate() {
            ways.lay(stores + good, 1 + good, span, 0);
        }
        self.lay_carriers(&mut ways);
        let pairs: Vec<Way> = (0..self.pairs.len())
            .map(|position| {
                let (tail, head) = self.ends(position);
                ways.lay(tail, head, self.pairs[position].span_beside(0), 0)
            })
            .collect();
        let least_cost = optimum_of(&ways.build()?)?;
        let carried = |ways: &[Way]| -> Vec<i64> {
            ways.iter().map(|way| way.carried(&least_cost)).collect()
        };
        Ok(Settled {
            of_pair: carried(&pairs),
            of_offer: offers.iter().map(|ways| carried(ways)).collect(),
            proof: Proof { levels, least_cost },
        })
    }

    /// Ways from the hub to each good's store, one an offer.
    fn lay_offers(&self, ways: &mut Ways, stores: usize) -> Vec<Vec<Way>> {
        let goods = self.problem.offers.iter().zip(&self.goods).enumerate();
        goods
            .map(|(good, (offers, span))| {
                let of_good = offers.iter().map(|offer| {
                    let most = Span {
                        lower: 0,
                        upper: offer.stock.min(span.upper),
                    };
                    ways.lay(HUB, stores + good, most, offer.unit_cost)
                });
                of_good.collect()
            })
            .collect()
    }

    fn lay_carriers(&self, ways: &mut Ways) -> Vec<Way> {
        let first = 1 + self.goods.len();
        (0..self.carriers.len())
            .map(|carrier| ways.lay(first + carrier, HUB, self.carriers[carrier], 0))
            .collect()
    }

    /// From its good to its purchaser, or straight back to the hub.
    fn ends(&self, position: usize) -> (usize, usize) {
        let pair = &self.problem.pairs[position];
        let first = 1 + self.goods.len();
        let head = pair.carrier.map_or(HUB, |carrier| first + carrier);
        (1 + pair.good, head)
    }
}

impl Pair {
    fn total(&self) -> i64 {
        self.levels.values().sum()
    }

    /// The level that is served in part, and how many packets of it, when the pair gets so many.
    pub(crate) fn edge(&self, packets: i64) -> Option<(Level, u64)> {
        let mut left = packets;
        for (&level, &wanted) in &self.levels {
            if left < wanted {
                return Some((level, amount_back(left)));
            }
            left -= wanted;
        }
        None
    }
}

/// A flow as packets; flows here are never negative.
pub(crate) fn amount_back(flow: i64) -> u64 {
    debug_assert!(flow >= 0 && amount(flow.unsigned_abs()) == flow);
    flow.unsigned_abs()
}

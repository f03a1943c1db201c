//! Serves level by level, each as far as the levels before it allow, and then at the least cost.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::PersonId;
use min_cost_flow::{Network, Optimum, Outcome, solve};

use super::SupplyError;
use super::need::amount;
use super::proof::{CostProof, Level, LevelProof, Proof, Worths};
use super::stage_network::{Span, Way, Ways};

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
pub(crate) struct Problem<'a> {
    pub(crate) goods: Vec<&'a str>,
    pub(crate) offers: Vec<Vec<Offer>>,
    pub(crate) rooms: Vec<(PersonId, i64)>,
    /// In the order of goods, and of each good in the order of purchasers, unlimited ones first.
    pub(crate) pairs: Vec<Pair>,
}

/// How many packets each pair gets and each offer gives. A pair's go to its levels in order.
pub(crate) struct Settled {
    pub(crate) of_pair: Vec<i64>,
    pub(crate) of_offer: Vec<Vec<i64>>,
    pub(crate) proof: Proof,
}

pub(crate) fn settle(problem: &Problem<'_>) -> Result<Settled, SupplyError> {
    let mut state = State::of(problem);
    let proofs = state.serve_levels()?;
    let (mut of_pair, least_cost) = state.cheapest(Aim::Cost)?;
    let tied = state
        .pairs
        .iter()
        .any(|pair| !pair.span_beside(0).is_fixed());
    let mut ties = None;
    if tied {
        let by_key = state.cheapest(Aim::Key)?;
        of_pair = by_key.0;
        ties = Some(by_key.1);
    }
    let proofs = proofs.into_iter();
    let levels = proofs.map(|(level, worths)| problem.level_proof(level, worths, &of_pair));
    Ok(Settled {
        of_offer: problem.fill_offers(&of_pair),
        proof: Proof {
            levels: levels.collect(),
            least_cost,
            ties,
        },
        of_pair,
    })
}

/// What is kept small once every level is served as well as can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// The cost of what is bought.
    Cost,
    /// The place of who gets it in the order of pairs, a packet each, at the least cost.
    Key,
}

/// The optimum of a network, checked before anything is built on it.
fn optimum_of(network: &Network) -> Result<Optimum, SupplyError> {
    let outcome = solve(network);
    min_cost_flow::verify(network, &outcome)?;
    match outcome {
        Outcome::Optimal(optimum) => Ok(optimum),
        _ => Err(SupplyError::NoOptimum),
    }
}

/// What every plan that serves the levels so far as well as can be has in common.
///
/// Each level is an arc of its own between good and purchaser, and all of them are in every
/// network: the later ones at no cost, or a packet of a later level could take the place of an
/// earlier one unseen. Arcs side by side at one cost are laid as one.
struct State<'a> {
    problem: &'a Problem<'a>,
    /// What each good gives.
    goods: Vec<Span>,
    /// What each limited purchaser carries.
    carriers: Vec<Span>,
    /// What each offer may give.
    offers: Vec<Vec<Span>>,
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
    fn of(problem: &'a Problem<'a>) -> Self {
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
        let goods: Vec<Span> = goods.map(upto).collect();
        let offers = problem.offers.iter().zip(&goods);
        State {
            offers: offers
                .map(|(offers, span)| {
                    let most = offers.iter().map(|offer| offer.stock.min(span.upper));
                    most.map(upto).collect()
                })
                .collect(),
            goods,
            carriers: problem.rooms.iter().map(|&(_, room)| upto(room)).collect(),
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

    /// Serves every level, the first first, and proves each from the first that is short.
    fn serve_levels(&mut self) -> Result<Vec<(Level, Worths)>, SupplyError> {
        let pairs = self.problem.pairs.iter();
        let levels: BTreeSet<Level> = pairs.flat_map(|pair| pair.levels.keys().copied()).collect();
        let mut proofs = Vec::new();
        let mut all_served = true;
        for level in levels {
            let wanted = self.wanted(level);
            if wanted.is_empty() {
                continue;
            }
            all_served = all_served && self.serve_in_full(&wanted);
            if !all_served {
                proofs.push((level, self.serve_most(&wanted)?));
            }
        }
        Ok(proofs)
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

    /// Serves as many packets of a level as can be, and keeps what all ways to do so have in
    /// common; says what a packet more would be worth.
    fn serve_most(&mut self, wanted: &BTreeMap<usize, i64>) -> Result<Worths, SupplyError> {
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
        self.goods = in_any_optimum(&goods, &optimum);
        self.carriers = in_any_optimum(&carriers, &optimum);
        for (state, (beside, of_level)) in self.pairs.iter_mut().zip(pairs) {
            *state = state.after(&beside, of_level.in_any_optimum(&optimum), &optimum);
        }
        Ok(self.worths(&optimum))
    }

    /// Of all plans that serve every level as well as can be, one that is best by an aim, as packets
    /// by pair; keeps what all such plans have in common.
    fn cheapest(&mut self, aim: Aim) -> Result<(Vec<i64>, CostProof), SupplyError> {
        let stores = 1 + self.goods.len() + self.carriers.len();
        let mut ways = Ways::between(stores + self.goods.len());
        let offers = self.lay_offers(&mut ways, stores, aim);
        let goods: Vec<Way> = (0..self.goods.len())
            .map(|good| ways.lay(stores + good, 1 + good, self.goods[good], 0))
            .collect();
        let carriers = self.lay_carriers(&mut ways);
        let pairs: Vec<Way> = (0..self.pairs.len())
            .map(|position| {
                let (tail, head) = self.ends(position);
                let cost = match aim {
                    Aim::Cost => 0,
                    Aim::Key => i64::try_from(position).unwrap_or(i64::MAX),
                };
                ways.lay(tail, head, self.pairs[position].span_beside(0), cost)
            })
            .collect();
        let optimum = optimum_of(&ways.build()?)?;
        self.offers = offers
            .iter()
            .map(|of_good| in_any_optimum(of_good, &optimum))
            .collect();
        self.goods = in_any_optimum(&goods, &optimum);
        self.carriers = in_any_optimum(&carriers, &optimum);
        for (state, way) in self.pairs.iter_mut().zip(&pairs) {
            *state = PairState::Closed(way.in_any_optimum(&optimum));
        }
        let price = |good| price(&optimum, stores + good);
        let proof = CostProof {
            stores: self.by_good(price),
            worths: self.worths(&optimum),
        };
        let of_pair = pairs.iter().map(|way| way.carried(&optimum)).collect();
        Ok((of_pair, proof))
    }

    /// Ways from the hub to each good's store, one an offer.
    fn lay_offers(&self, ways: &mut Ways, stores: usize, aim: Aim) -> Vec<Vec<Way>> {
        let goods = self.problem.offers.iter().zip(&self.offers).enumerate();
        goods
            .map(|(good, (offers, spans))| {
                let of_good = offers.iter().zip(spans).map(|(offer, &span)| {
                    let cost = match aim {
                        Aim::Cost => offer.unit_cost,
                        Aim::Key => 0,
                    };
                    ways.lay(HUB, stores + good, span, cost)
                });
                of_good.collect()
            })
            .collect()
    }

    /// What a packet more of each good and of each limited purchaser's carrying would save.
    fn worths(&self, optimum: &Optimum) -> Worths {
        let first = 1 + self.goods.len();
        let rooms = self.problem.rooms.iter().enumerate();
        Worths {
            goods: self.by_good(|good| price(optimum, 1 + good)),
            purchasers: rooms
                .map(|(carrier, &(person, _))| (person, -price(optimum, first + carrier)))
                .collect(),
        }
    }

    fn by_good(&self, price: impl Fn(usize) -> i64) -> Vec<(Box<str>, i64)> {
        let goods = self.problem.goods.iter().enumerate();
        goods
            .map(|(good, &name)| (name.into(), price(good)))
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

fn in_any_optimum(ways: &[Way], optimum: &Optimum) -> Vec<Span> {
    let spans = ways.iter().map(|way| way.in_any_optimum(optimum));
    spans.collect()
}

/// What a packet costs at a place, over what it costs at the hub. Potentials are far smaller than
/// what a number holds: their bound is checked where a network is built.
fn price(optimum: &Optimum, place: usize) -> i64 {
    let potential = |place: usize| optimum.potentials().get(place).copied().unwrap_or(0);
    potential(place).saturating_sub(potential(HUB))
}

impl Problem<'_> {
    fn level_proof(&self, level: Level, worths: Worths, of_pair: &[i64]) -> LevelProof {
        let pairs = || self.pairs.iter().zip(of_pair);
        let wanted = pairs().map(|(pair, _)| pair.levels.get(&level).copied().unwrap_or(0));
        let served = pairs().map(|(pair, &packets)| pair.of_level(level, packets));
        LevelProof {
            level,
            wanted: wanted.map(amount_back).sum(),
            served: served.map(amount_back).sum(),
            worths,
        }
    }

    /// What each offer gives: the cheapest first, then by key.
    fn fill_offers(&self, of_pair: &[i64]) -> Vec<Vec<i64>> {
        let mut wanted = vec![0i64; self.offers.len()];
        for (pair, packets) in self.pairs.iter().zip(of_pair) {
            wanted[pair.good] += packets;
        }
        let goods = self.offers.iter().zip(&mut wanted);
        goods
            .map(|(offers, left)| {
                let of_good = offers.iter().map(|offer| {
                    let packets = offer.stock.min(*left);
                    *left -= packets;
                    packets
                });
                of_good.collect()
            })
            .collect()
    }
}

impl Pair {
    fn total(&self) -> i64 {
        self.levels.values().sum()
    }

    /// How many packets of a level the pair gets when it gets so many.
    fn of_level(&self, level: Level, packets: i64) -> i64 {
        let before: i64 = self.levels.range(..level).map(|(_, wanted)| wanted).sum();
        let wanted = self.levels.get(&level).copied().unwrap_or(0);
        (packets - before).clamp(0, wanted)
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

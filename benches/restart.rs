//! What does yesterday's solution save when 1 % of costs and supplies changed?
//!
//! The ratio to read is the time of `again` over that of `from_nothing`, both of the same changed
//! network in the same run. Costs change by up to a tenth, or are drawn anew.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use min_cost_flow::{Network, NetworkBuilder, Optimum, Outcome, solve, solve_from, verify};
use outbreak_response_benches::ask;

const ARCS: usize = 100_000;

/// A network as it is changed: supplies, then tail, head, capacity and cost of each arc.
#[derive(Clone)]
struct Rows {
    supplies: Vec<i64>,
    arcs: Vec<(usize, usize, i64, i64)>,
}

/// How much a changed cost changes.
#[derive(Clone, Copy)]
enum Change {
    Slight,
    DrawnAnew,
}

struct Changed {
    name: String,
    network: Network,
    earlier: Optimum,
}

fn restarts(criterion: &mut Criterion) {
    let families: [(&str, Rows); 4] = [
        ("sparse", sparse()),
        ("transportation", transportation()),
        ("pairing", pairing()),
        ("township", township()),
    ];
    let changed: Vec<Changed> = families
        .iter()
        .flat_map(|(name, rows)| {
            [("slight", Change::Slight), ("anew", Change::DrawnAnew)].map(|(how, change)| Changed {
                name: format!("{name}_{how}"),
                network: network(&rows.changed(change)),
                earlier: optimum(solve(&network(rows))),
            })
        })
        .collect();
    for case in &changed {
        answers_agree(case);
    }
    let label = |case: &Changed| {
        let arcs = case.network.arc_count() as u64;
        (case.name.clone(), Throughput::Elements(arcs))
    };
    ask(criterion, "restart/from_nothing", &changed, label, |case| {
        solve(&case.network)
    });
    ask(criterion, "restart/again", &changed, label, |case| {
        solve_from(&case.network, &case.earlier)
    });
}

fn answers_agree(case: &Changed) {
    let again = solve_from(&case.network, &case.earlier);
    verify(&case.network, &again).expect("the answer proves itself");
    let cost = optimum(solve(&case.network)).cost();
    assert_eq!(optimum(again).cost(), cost, "{}", case.name);
}

fn optimum(outcome: Outcome) -> Optimum {
    match outcome {
        Outcome::Optimal(optimum) => optimum,
        _ => unreachable!("every network here can be solved"),
    }
}

/// Few sources and sinks among many nodes, a dear way around everywhere.
fn sparse() -> Rows {
    let (mut dice, nodes) = (Dice(1), ARCS / 8);
    let mut rows = Rows {
        supplies: vec![0; nodes],
        arcs: Vec::new(),
    };
    for _ in 0..100 {
        let (from, to) = (dice.below(nodes), dice.below(nodes));
        rows.supplies[from] += 500;
        rows.supplies[to] -= 500;
    }
    for node in 0..nodes {
        rows.arcs.push((node, (node + 1) % nodes, 100_000, 10_000));
    }
    while rows.arcs.len() < ARCS {
        let (tail, head) = (dice.below(nodes), dice.below(nodes));
        rows.arcs
            .push((tail, head, dice.amount(1_000), dice.amount(10_000)));
    }
    rows
}

/// Everybody can deliver to everybody.
fn transportation() -> Rows {
    let (mut dice, side) = (Dice(2), ARCS.isqrt());
    let mut rows = Rows {
        supplies: [vec![100; side], vec![-100; side]].concat(),
        arcs: Vec::new(),
    };
    for tail in 0..side {
        for head in side..2 * side {
            rows.arcs.push((tail, head, 100_000, dice.amount(10_000)));
        }
    }
    rows
}

/// One of twenty candidates for each.
fn pairing() -> Rows {
    let (mut dice, side) = (Dice(3), ARCS / 21);
    let mut rows = Rows {
        supplies: [vec![1; side], vec![-1; side]].concat(),
        arcs: Vec::new(),
    };
    for tail in 0..side {
        rows.arcs.push((tail, side + tail, 1, 30_000));
        for _ in 0..20 {
            let head = side + dice.below(side);
            rows.arcs.push((tail, head, 1, dice.amount(10_000)));
        }
    }
    rows
}

/// Four goods, each from suppliers by one of three purchasers near by to households, short by a seventh;
/// what stays wanting costs more from tier to tier.
fn township() -> Rows {
    let (mut dice, households) = (Dice(5), ARCS / 26);
    let (purchasers, suppliers) = (households / 80, 8);
    // First where all need is counted, then where stock is left.
    let mut rows = Rows {
        supplies: vec![0; 2],
        arcs: Vec::new(),
    };
    for most in [12, 12, 60, 36] {
        let first = rows.supplies.len();
        let (homes, villages) = (first + purchasers + suppliers, first + suppliers);
        let needs: Vec<i64> = (0..households).map(|_| dice.amount(most)).collect();
        let need: i64 = needs.iter().sum();
        let stock = need * 6 / 7 / suppliers as i64;
        rows.supplies.extend(vec![stock; suppliers]);
        rows.supplies.extend(vec![0; purchasers]);
        rows.supplies.extend(needs.iter().map(|need| -need));
        rows.supplies[0] += need;
        rows.supplies[1] -= stock * suppliers as i64;
        for supplier in first..villages {
            rows.arcs.push((supplier, 1, need, 1));
            for purchaser in villages..homes {
                rows.arcs
                    .push((supplier, purchaser, need, dice.amount(600)));
            }
        }
        for (home, need) in (homes..).zip(needs) {
            let near = dice.below(purchasers);
            for purchaser in [near, near + 1, near + 2] {
                let purchaser = villages + purchaser % purchasers;
                rows.arcs.push((purchaser, home, need, dice.amount(150)));
            }
            let dearer = [1, 1, 1, 1, 2][dice.below(5)];
            for (tier, part) in [need - need / 3 * 2, need / 3, need / 3]
                .into_iter()
                .enumerate()
            {
                rows.arcs
                    .push((0, home, part, dearer * (3_000 << (2 * tier))));
            }
        }
    }
    rows.arcs.push((0, 1, 1_000_000, 0));
    rows
}

impl Rows {
    /// 1 % of costs, and where more than units are sent, 1 % of supplies.
    fn changed(&self, change: Change) -> Rows {
        let (mut dice, mut rows) = (Dice(4), self.clone());
        for _ in 0..self.arcs.len() / 100 {
            let (arc, other) = (dice.below(self.arcs.len()), dice.below(self.arcs.len()));
            let cost = self.arcs[arc].3;
            rows.arcs[arc].3 = match change {
                Change::Slight => cost * (900 + dice.amount(200)) / 1_000,
                Change::DrawnAnew => self.arcs[other].3,
            };
        }
        let givers: Vec<usize> = (0..self.supplies.len())
            .filter(|&node| self.supplies[node] > 1)
            .collect();
        let takers: Vec<usize> = (0..self.supplies.len())
            .filter(|&node| self.supplies[node] < -1)
            .collect();
        for nodes in [givers, takers] {
            for _ in 0..nodes.len().div_ceil(200) {
                let [from, to] = [0; 2].map(|_| nodes[dice.below(nodes.len())]);
                let amount = rows.supplies[from] / 10;
                rows.supplies[from] -= amount;
                rows.supplies[to] += amount;
            }
        }
        rows
    }
}

fn network(rows: &Rows) -> Network {
    let mut builder = NetworkBuilder::new();
    let nodes: Vec<_> = rows
        .supplies
        .iter()
        .map(|&supply| builder.node(supply))
        .collect();
    for &(tail, head, capacity, cost) in &rows.arcs {
        builder.arc(nodes[tail], nodes[head], 0, Some(capacity), cost);
    }
    builder.build().expect("sound rows")
}

/// The same throws in every run: G. L. Steele and others' SplitMix64 (2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).expect("below a size")
    }

    /// From 1 to `most`.
    fn amount(&mut self, most: i64) -> i64 {
        1 + i64::try_from(self.next() >> 1).expect("one bit is off") % most
    }
}

criterion_group!(benches, restarts);
criterion_main!(benches);

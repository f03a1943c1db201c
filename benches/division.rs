//! What does dividing a county cost, and how good is the division?
//!
//! `cargo bench -p outbreak-response-benches --bench division` prints, before anything is timed, the
//! figures of each plan beside their bounds, and that it verifies. The ratios to read: `divide` and
//! `redivide` over `verify` of the same county, and each line over the one of a tenth of its areas.

use std::hint::black_box;
use std::time::Duration;

use criterion::{
    BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use grid_model::division::{
    Balance, Candidate, Division, DivisionQuestion, GridPlan, NeighbourRow, Neighbours, Place,
    StandingGrid, Territory, divide, redivide,
};
use grid_model::{AreaId, AreaLevel, AreaRow, Areas, PersonId};

/// Areas and grids: a township, a county.
const SIZES: [(usize, u32); 2] = [(500, 20), (5_000, 200)];
const STEPS: u64 = 20_000_000;
/// How far a grid may be from the average.
const PERCENT: u32 = 20;

/// Numbers by a rule of Marsaglia's, the same in every run (Xorshift RNGs, Journal of Statistical
/// Software 8 (14), 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(((self.0 >> 32) * end as u64) >> 32).expect("below a usize")
    }
}

/// A made-up county with everyone who could serve in it.
struct County {
    territory: Territory,
    leads: Vec<Candidate>,
    doctors: Vec<Candidate>,
    grids: u32,
}

impl County {
    /// Groups on an uneven field: a fifth of the ways between neighbours are missing, villages
    /// are the groups nearest to a centre, one in twelve, and households are 10 to 60 with a long
    /// tail.
    fn drawn(places: usize, grids: u32) -> Self {
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        let wide = places.isqrt();
        let key = |place: usize| format!("{place:06}");
        let mut rows = Vec::new();
        for place in 0..places {
            let right = (place % wide + 1 < wide).then_some(place + 1);
            let ways = [right, Some(place + wide)].into_iter().flatten();
            for other in ways.filter(|other| *other < places) {
                if numbers.below(5) > 0 {
                    let minutes = 3 + u32::try_from(numbers.below(20)).expect("small");
                    rows.push(NeighbourRow {
                        one: key(place),
                        other: key(other),
                        minutes,
                    });
                }
            }
        }
        let areas = (0..places).map(|place| AreaRow {
            id: key(place),
            parent: None,
            level: AreaLevel::VillageGroup,
            name_zh: String::new(),
            name_en: String::new(),
        });
        let areas = Areas::build(areas.collect()).0;
        let village = villages(places, &rows, &mut numbers);
        let households = |numbers: &mut Numbers| 10 + numbers.below(51) * numbers.below(51) / 50;
        let drawn: Vec<Place> = areas
            .iter()
            .zip(village)
            .map(|(area, village)| Place {
                area,
                village: AreaId::from_index(village),
                households: u32::try_from(households(&mut numbers)).expect("small"),
            })
            .collect();
        let neighbours = Neighbours::build(rows, &areas).0;
        let territory = Territory::build(drawn, &neighbours).expect("every area is a place");
        // What is cut off by chance is left out: it could be no grid.
        let mut islands = territory.islands();
        islands.sort_by_key(Vec::len);
        let main = islands.pop().expect("there are places");
        let kept: Vec<Place> = main
            .iter()
            .map(|&place| territory.places()[place])
            .collect();
        let is_kept = |area: AreaId| kept.binary_search_by_key(&area, |place| place.area).is_ok();
        let inner = neighbours
            .pairs()
            .iter()
            .filter(|pair| is_kept(pair.one) && is_kept(pair.other));
        let inner = inner.map(|pair| NeighbourRow {
            one: areas.key(pair.one).to_owned(),
            other: areas.key(pair.other).to_owned(),
            minutes: pair.minutes,
        });
        let neighbours = Neighbours::build(inner.collect(), &areas).0;
        let territory = Territory::build(kept.clone(), &neighbours).expect("every area is a place");
        let mut staff = |count: u32, first: usize, most_grids| -> Vec<Candidate> {
            let numbered = 0..usize::try_from(count).expect("small");
            numbered
                .map(|number| Candidate {
                    person: PersonId::from_index(first + number).expect("few people"),
                    from: kept[numbers.below(kept.len())].area,
                    most_grids,
                })
                .collect()
        };
        County {
            leads: staff(grids, 0, 1),
            doctors: staff(grids.div_ceil(5), 10_000, 6),
            territory,
            grids,
        }
    }

    fn question(&self) -> DivisionQuestion<'_> {
        DivisionQuestion {
            territory: &self.territory,
            balance: Balance::within_percent(&self.territory, self.grids, PERCENT)
                .expect("wide enough"),
            leads: &self.leads,
            doctors: &self.doctors,
            steps: STEPS,
            seed: 1,
        }
    }
}

/// For every place the village of the nearest centre, over the ways there are.
fn villages(places: usize, rows: &[NeighbourRow<String>], numbers: &mut Numbers) -> Vec<usize> {
    let number = |key: &str| key.parse::<usize>().expect("keys are numbers");
    let mut near = vec![Vec::new(); places];
    for row in rows {
        near[number(&row.one)].push(number(&row.other));
        near[number(&row.other)].push(number(&row.one));
    }
    let mut village = vec![usize::MAX; places];
    let mut open: std::collections::VecDeque<usize> =
        (0..places).filter(|_| numbers.below(12) == 0).collect();
    for (number, &centre) in open.iter().enumerate() {
        village[centre] = places + number;
    }
    while let Some(at) = open.pop_front() {
        for &to in &near[at] {
            if village[to] == usize::MAX {
                village[to] = village[at];
                open.push_back(to);
            }
        }
    }
    // Places no centre reaches are each a village of their own.
    for (place, village) in village.iter_mut().enumerate() {
        if *village == usize::MAX {
            *village = 2 * places + place;
        }
    }
    village
}

fn standing(plan: &GridPlan) -> Vec<StandingGrid> {
    let grid = |grid: &grid_model::division::PlannedGrid| StandingGrid {
        areas: grid.areas.clone(),
        lead: Some(grid.lead),
        doctor: Some(grid.doctor),
    };
    plan.grids.iter().map(grid).collect()
}

fn division(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("division");
    group.sample_size(10);
    group.sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(300));
    group.measurement_time(Duration::from_secs(2));
    for (places, grids) in SIZES {
        let county = County::drawn(places, grids);
        let question = county.question();
        let found = divide(&question).expect("travel can be summed");
        let Division::Plan(plan) = &found else {
            println!("{places} areas, {grids} grids: {found:?}");
            continue;
        };
        plan.verify(&question, &[]).expect("the plan is sound");
        println!(
            "{places} areas, {grids} grids: {} steps, {:?} over {:?}",
            plan.steps, plan.quality, plan.bound
        );
        let before = standing(plan);
        // A lead in the middle drops out, and nobody is free.
        let lost = &plan.grids[plan.grids.len() / 2];
        let left: Vec<Candidate> = county
            .leads
            .iter()
            .copied()
            .filter(|one| one.person != lost.lead)
            .collect();
        let without = DivisionQuestion {
            leads: &left,
            ..question
        };
        let again = redivide(&without, &before).expect("travel can be summed");
        let balance = again.balance;
        match &again.division {
            Division::Plan(plan) => {
                let fewer = DivisionQuestion { balance, ..without };
                plan.verify(&fewer, &before).expect("the plan is sound");
                println!(
                    "  without a lead of {} households: {} steps, {:?} over {:?}",
                    lost.households, plan.steps, plan.quality, plan.bound
                );
            }
            other => println!(
                "  without a lead of {} households: {other:?}",
                lost.households
            ),
        }
        group.throughput(Throughput::Elements(places as u64));
        group.bench_function(BenchmarkId::new("divide", places), |bench| {
            bench.iter(|| divide(black_box(&question)))
        });
        group.bench_function(BenchmarkId::new("verify", places), |bench| {
            bench.iter(|| plan.verify(black_box(&question), &[]))
        });
        group.bench_function(BenchmarkId::new("redivide", places), |bench| {
            bench.iter(|| redivide(black_box(&without), &before))
        });
    }
    group.finish();
}

criterion_group!(benches, division);
criterion_main!(benches);

//! What does a corrected record cost beside the closure taken anew, and a visit beside a contact?
//!
//! The ratios to read, each of two lines of one run: a change over `closure_anew`; the time of
//! `visits` over that of `bare_loop`, which has as many records; `gathering/50000` over
//! `gathering/500`.

use std::hint::black_box;
use std::num::NonZeroU32;

use contact_tracing::arrival::live::{LiveContact, LiveLog};
use contact_tracing::arrival::visits::{Stay, VisitLog, earliest_arrival_by_visits};
use contact_tracing::arrival::{InstantLog, Mode, earliest_arrival};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const PEOPLE: u64 = 100_000;
const DAYS: i64 = 21;
const DAY: i64 = 86_400;
const SEED: u64 = 0;

/// Numbers by a rule of Marsaglia's, the same in every run (Xorshift RNGs, Journal of Statistical
/// Software 8 (14), 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 32) * end) >> 32
    }

    fn second(&mut self, end: i64) -> i64 {
        i64::try_from(self.below(end.unsigned_abs())).expect("less than a month")
    }

    /// A third at home, among four; the rest among the six thousand who go where one goes. Two
    /// people of one place have numbers far apart.
    fn contact(&mut self) -> LiveContact {
        let a = self.below(PEOPLE);
        let scattered = |person: u64| person * 7_919 % PEOPLE;
        let people = if self.below(3) == 0 {
            [a, a / 4 * 4 + (a + 1 + self.below(3)) % 4]
        } else {
            [
                scattered(a),
                scattered((a + 1 + self.below(6_000)) % PEOPLE),
            ]
        };
        let at = self.second(DAYS) * DAY + 25_200 + self.second(25_200) + self.second(25_200);
        LiveContact { at, people }
    }

    /// One of the venues, the first of which draw the most.
    fn venue(&mut self) -> u64 {
        let venues = PEOPLE / 40;
        let share = self.below(venues) * self.below(venues) / venues;
        PEOPLE / 4 + share * self.below(venues) / venues
    }
}

fn contacts(count: u64) -> Vec<(u64, LiveContact)> {
    let mut numbers = Numbers(88_172_645_463_325_252);
    (0..count).map(|id| (id, numbers.contact())).collect()
}

fn changes(criterion: &mut Criterion) {
    let given = contacts(16 * PEOPLE);
    let (mut log, refused) = LiveLog::build([SEED], 0, given.iter().copied());
    assert!(refused.is_empty());
    let instants = given
        .iter()
        .map(|(_, met)| (met.at, met.people[0], met.people[1]));
    let instants = InstantLog::build(instants);
    let anew = || earliest_arrival(&instants, SEED, 0, Mode::Strict);
    assert_eq!(log.arrivals(), anew().collect());
    let mut group = criterion.benchmark_group("live");
    group.bench_function("closure_anew", |bencher| bencher.iter(|| anew().count()));

    let mut numbers = Numbers(2_463_534_242);
    let mut next = 16 * PEOPLE;
    group.bench_function("insert_and_withdraw_any", |bencher| {
        let contact = || {
            next += 1;
            (next, numbers.contact())
        };
        let there_and_back = |(id, contact)| {
            log.insert(id, contact).expect("a new id");
            log.withdraw(&id).expect("held")
        };
        bencher.iter_batched(contact, there_and_back, BatchSize::SmallInput);
    });
    // The evidence of the 200 reached first: what hangs on it is the most there can be.
    let mut early = log.arrivals();
    early.sort_unstable_by_key(|&(person, at)| (at, person));
    let evidence = |&(person, _): &(u64, i64)| log.passage(person).map(|passage| *passage.id);
    let evidence: Vec<u64> = early.iter().take(200).filter_map(evidence).collect();
    let mut turn = evidence.iter().cycle();
    group.sample_size(20);
    group.bench_function("withdraw_and_put_back_early_evidence", |bencher| {
        bencher.iter(|| {
            let id = *turn.next().expect("somebody is reached");
            let contact = log.withdraw(&id).expect("held");
            log.insert(id, contact)
        });
    });
    group.finish();
    assert_eq!(log.arrivals(), anew().collect());
}

/// Three stays a person a day: two at venues, and the night at home.
fn stays() -> Vec<Stay> {
    let mut numbers = Numbers(88_172_645_463_325_252);
    let works: Vec<u64> = (0..PEOPLE).map(|_| numbers.venue()).collect();
    let mut stays = Vec::new();
    for (day, (person, &work)) in
        (0..DAYS).flat_map(|day| (0..).zip(&works).map(move |who| (day, who)))
    {
        let leaves = day * DAY + 25_200 + numbers.second(7_200);
        let moves = leaves + 7_200 + numbers.second(14_400);
        let returns = moves + 7_200 + numbers.second(14_400);
        let mut at = |venue, from, until| {
            stays.push(Stay {
                person,
                venue,
                from,
                until,
            });
        };
        at(work, leaves + 600, moves);
        at(numbers.venue(), moves + 300, returns);
        at(person / 4, returns + 600, (day + 1) * DAY + 25_200);
    }
    // Someone nobody meets: as long as one is not reached the whole log is read.
    stays.push(Stay {
        person: PEOPLE,
        venue: PEOPLE,
        from: 0,
        until: DAYS * DAY,
    });
    stays
}

/// A record of 16 bytes, and the bare loop over such records in order of time.
#[derive(Clone, Copy)]
struct Record {
    start: u32,
    people: [u32; 2],
    duration: u32,
}

fn records(count: usize) -> Vec<Record> {
    let mut numbers = Numbers(88_172_645_463_325_252);
    let mut word = |end: u64| u32::try_from(numbers.below(end)).expect("less than a month");
    let mut records: Vec<Record> = (0..count)
        .map(|_| Record {
            start: word((DAYS * DAY).unsigned_abs()),
            people: [word(PEOPLE), word(PEOPLE)],
            duration: 1,
        })
        .collect();
    records.sort_unstable_by_key(|record| record.start);
    records
}

fn bare_loop(records: &[Record]) -> Vec<u32> {
    let mut arrivals = vec![u32::MAX; usize::try_from(PEOPLE).expect("few people")];
    arrivals[0] = 0;
    for record in records {
        let [a, b] = record.people.map(|person| person as usize);
        let (x, y) = (arrivals[a], arrivals[b]);
        if x < record.start && record.start < y {
            arrivals[b] = record.start;
        } else if y < record.start && record.start < x {
            arrivals[a] = record.start;
        }
        black_box(record.duration);
    }
    arrivals
}

fn visits(criterion: &mut Criterion) {
    let given = stays();
    let log = VisitLog::build(given.iter().copied(), []);
    let closure =
        |log: &VisitLog| earliest_arrival_by_visits(log, SEED, 0, NonZeroU32::MIN).count();
    assert_eq!(closure(&log) as u64, PEOPLE - 1);
    let records = records(given.len());
    let mut group = criterion.benchmark_group("visits");
    group
        .sample_size(20)
        .throughput(Throughput::Elements(given.len() as u64));
    group.bench_function("bare_loop", |bencher| bencher.iter(|| bare_loop(&records)));
    group.bench_function("visits", |bencher| bencher.iter(|| closure(&log)));
    for size in [500u64, 50_000] {
        let came = |person: u64| Stay {
            person,
            venue: 0,
            from: i64::try_from(person * 7_919 % 600).expect("ten minutes"),
            until: 7_200,
        };
        let gathering = VisitLog::build((0..size).map(came), []);
        assert_eq!(closure(&gathering) as u64, size - 1);
        group.throughput(Throughput::Elements(size));
        group.bench_with_input(
            BenchmarkId::new("gathering", size),
            &gathering,
            |bencher, log| {
                bencher.iter(|| closure(log));
            },
        );
    }
    group.finish();
}

criterion_group!(live, changes, visits);
criterion_main!(live);

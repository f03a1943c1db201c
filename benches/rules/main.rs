//! Decisions a second, beside an `if` chain by hand over the same table; how they grow with the
//! number of clauses and of threads; the shipped books checked.

mod table;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use quarantine_rules::{
    Books, FactColumns, Facts, Governing, Subject, Unknown, check, compile, decide,
};
use table::{book, by_hand, facts, people};

const PEOPLE: usize = 200_000;

fn columns_of(people: &[table::Person]) -> FactColumns {
    let mut columns = FactColumns::default();
    people
        .iter()
        .for_each(|person| columns.push(&facts(person)));
    columns
}

fn decisions(c: &mut Criterion) {
    let (people, books) = (people(PEOPLE), book());
    let on = "2020-01-25".parse().unwrap();
    let compiled = compile(&books, "X", "D", on);
    let columns = columns_of(&people);
    let governs = compiled.govern_all(&columns, Unknown::NotMatched);
    for (person, governs) in people.iter().zip(&governs) {
        assert_eq!(*governs, Governing::Clause(u32::from(by_hand(person))));
    }
    let mut group = c.benchmark_group("decide");
    group.throughput(Throughput::Elements(PEOPLE as u64));
    group.bench_function("if chain by hand", |b| {
        b.iter(|| {
            let mut counts = [0u32; 12];
            for person in black_box(&people) {
                counts[usize::from(by_hand(person))] += 1;
            }
            counts
        });
    });
    for unknown in [Unknown::NotMatched, Unknown::Undetermined] {
        group.bench_function(format!("without receipts, {unknown:?}"), |b| {
            b.iter(|| compiled.govern_all(black_box(&columns), unknown));
        });
        group.bench_function(format!("with receipts, {unknown:?}"), |b| {
            b.iter(|| compiled.decide_all(black_box(&columns), unknown));
        });
    }
    let few: Vec<Facts> = people.iter().take(2_000).map(facts).collect();
    group.throughput(Throughput::Elements(few.len() as u64));
    group.bench_function("one by one, compiled", |b| {
        b.iter(|| {
            for facts in black_box(&few) {
                black_box(compiled.decide(facts, Unknown::NotMatched));
            }
        });
    });
    group.bench_function("one by one, as the books stand", |b| {
        b.iter(|| {
            for facts in black_box(&few) {
                black_box(decide(&books, "X", "D", facts, on, Unknown::NotMatched));
            }
        });
    });
    group.finish();
}

/// A book of many clauses over ages, risks and yes-or-no facts, and people who meet one each.
fn wide(clauses: usize) -> (Books, FactColumns) {
    let risks = ["high", "medium", "low", "red", "amber"];
    let said = |rest: usize, bit: usize| ((rest / 5) >> bit) & 1 == 1;
    let word = |yes: bool| if yes { "yes" } else { "no" };
    let mut text = "authority = \"X\"\nname_zh = \"某\"\nname_en = \"X\"\n".to_owned();
    let mut columns = FactColumns::default();
    for at in 0..clauses {
        let (age, rest) = (at % 100, at / 100);
        text.push_str(&format!(
            "[[clause]]\nid = \"C{at}\"\ndisease = \"D\"\nedition = \"1\"\nfrom = 2020-01-01\nsubject = \"local_returnee\"\ncondition = \"age={age};from_risk={};home_ok={};resident={};immune={};three_neg={};prophylaxis={}\"\nmeasure = \"home_quarantine\"\ndays = 14\ncounted_from = \"arrival\"\nplace = \"home\"\nsource = \"made up\"\nconfidence = \"recalled\"\n",
            risks[rest % 5], word(said(rest, 0)), word(said(rest, 1)), word(said(rest, 2)), word(said(rest, 3)), word(said(rest, 4)),
        ));
    }
    for person in 0..20_000 {
        let at = person * 7919 % clauses;
        let (age, rest) = (at % 100, at / 100);
        let mut facts = Facts::new(Subject::LocalReturnee);
        facts.age = u16::try_from(age).ok();
        facts.from_risk = Some(risks[rest % 5].into());
        (facts.home_ok, facts.resident) = (Some(said(rest, 0)), Some(said(rest, 1)));
        (facts.immune, facts.three_neg) = (Some(said(rest, 2)), Some(said(rest, 3)));
        facts.prophylaxis = Some(said(rest, 4));
        facts.arrival_date = "2020-01-20".parse().ok();
        columns.push(&facts);
    }
    (Books::from_toml(&[("x.toml", text)]).unwrap(), columns)
}

fn clauses(c: &mut Criterion) {
    let mut group = c.benchmark_group("decide by clauses");
    group.throughput(Throughput::Elements(20_000));
    for clauses in [10, 100, 1_000, 10_000] {
        let (books, columns) = wide(clauses);
        let compiled = compile(&books, "X", "D", "2020-01-25".parse().unwrap());
        group.bench_with_input(
            BenchmarkId::new("with receipts", clauses),
            &columns,
            |b, columns| {
                b.iter(|| compiled.decide_all(columns, Unknown::NotMatched));
            },
        );
    }
    group.finish();
}

fn threads(c: &mut Criterion) {
    let books = book();
    let compiled = compile(&books, "X", "D", "2020-01-25".parse().unwrap());
    let columns = columns_of(&people(PEOPLE));
    let mut group = c.benchmark_group("decide by threads");
    group.throughput(Throughput::Elements(PEOPLE as u64));
    for threads in [1, 2, 4, 8] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        group.bench_function(BenchmarkId::new("with receipts", threads), |b| {
            pool.install(|| {
                b.iter(|| compiled.decide_all(black_box(&columns), Unknown::NotMatched))
            });
        });
    }
    group.finish();
}

fn checked(c: &mut Criterion) {
    let books = Books::shipped().unwrap();
    let mut group = c.benchmark_group("books");
    group.sample_size(10);
    group.bench_function("check all shipped", |b| b.iter(|| check(black_box(&books))));
    let on = "2020-02-29".parse().unwrap();
    group.bench_function("compile a day of Mangbang", |b| {
        b.iter(|| compile(black_box(&books), "CN-YN-TC-MB", "COVID-19", on));
    });
    group.finish();
}

criterion_group!(benches, decisions, clauses, threads, checked);
criterion_main!(benches);

//! Decisions a second by each engine, on one table and the same people.

#[path = "../../../rules/table.rs"]
mod table;

use std::time::Instant;

use quarantine_rules::{FactColumns, Governing, Receipt, Unknown, compile};
use serde_json::{Value, json};
use table::{CONDITIONS, Person, book, by_hand, facts, people};

/// People the interpreters are asked about.
const FEW: usize = 20_000;
/// People the compiled answers are asked about.
const MANY: usize = 4_000_000;

fn rate(name: &str, count: usize, seconds: f64) -> f64 {
    let rate = count as f64 / seconds;
    println!("{name:<44} {rate:>14.0} a second");
    rate
}

/// The least of five runs, in seconds.
fn least(mut run: impl FnMut()) -> f64 {
    let times = (0..5).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}

fn input(person: &Person) -> Value {
    json!({
        "option": person.days, "immune": person.close, "via_hubei": person.hubei,
        "outside_city": person.outside, "symptoms": if person.symptoms { "yes" } else { "none" },
        "three_neg": person.positive, "resident": person.student,
    })
}

/// A term in the words of the engines: `symptoms == "yes"`.
fn term(term: &str, prefix: &str) -> String {
    if let Some((fact, bound)) = term.split_once("<=") {
        return format!("{prefix}{fact} <= {bound}");
    }
    match term.split_once('=').unwrap() {
        ("symptoms", word) => format!("{prefix}symptoms == \"{word}\""),
        (fact, "yes") => format!("{prefix}{fact} == true"),
        (fact, _) => format!("{prefix}{fact} == false"),
    }
}

fn zen(people: &[Person]) -> f64 {
    let rules = CONDITIONS.iter().enumerate().map(|(at, terms)| {
        let terms: Vec<String> = terms.iter().map(|one| term(one, "")).collect();
        let when = if terms.is_empty() { "true".to_owned() } else { terms.join(" and ") };
        json!({"_id": format!("r{at}"), "i": when, "o": at.to_string(), "d": (1 + at).to_string()})
    });
    let table = json!({"hitPolicy": "first",
        "inputs": [{"id": "i", "name": "when", "type": "expression", "field": ""}],
        "outputs": [{"id": "o", "name": "clause", "type": "expression", "field": "clause"},
                    {"id": "d", "name": "days", "type": "expression", "field": "days"}],
        "rules": rules.collect::<Vec<_>>()});
    let at = json!({"x": 0, "y": 0});
    let document = json!({"contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": at},
            {"id": "t", "type": "decisionTableNode", "name": "t", "position": at, "content": table},
            {"id": "out", "type": "outputNode", "name": "out", "position": at}],
        "edges": [{"id": "a", "sourceId": "in", "targetId": "t", "type": "edge"},
                  {"id": "b", "sourceId": "t", "targetId": "out", "type": "edge"}]});
    let content: zen_engine::model::DecisionContent = serde_json::from_value(document).unwrap();
    let engine = zen_engine::DecisionEngine::default();
    let mut decision = engine.create_decision(content.into()).unwrap();
    decision.compile();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let asked: Vec<_> = people.iter().map(|one| zen_engine::Variable::from(input(one))).collect();
    let start = Instant::now();
    runtime.block_on(async {
        for (person, asked) in people.iter().zip(&asked) {
            let answer = decision.evaluate(asked.clone()).await.unwrap().result.to_value();
            assert_eq!(answer["clause"], json!(by_hand(person)));
        }
    });
    rate("zen-engine", people.len(), start.elapsed().as_secs_f64())
}

fn regorus(people: &[Person]) -> f64 {
    let mut text = "package q\n\n".to_owned();
    for (at, terms) in CONDITIONS.iter().enumerate() {
        let head = if at == 0 { "decision :=" } else { " else :=" };
        let terms: Vec<String> = terms.iter().map(|one| term(one, "input.")).collect();
        let when = if terms.is_empty() { "true".to_owned() } else { terms.join("\n  ") };
        text.push_str(&format!("{head} {{\"clause\": {at}, \"days\": {}}} if {{\n  {when}\n}}", 1 + at));
    }
    let mut engine = regorus::Engine::new();
    engine.add_policy("q.rego".into(), text).unwrap();
    let asked: Vec<_> = people
        .iter()
        .map(|one| regorus::Value::from_json_str(&input(one).to_string()).unwrap())
        .collect();
    let start = Instant::now();
    for (person, asked) in people.iter().zip(&asked) {
        engine.set_input(asked.clone());
        let answer = engine.eval_rule("data.q.decision".into()).unwrap();
        assert_eq!(answer["clause"], regorus::Value::from(u64::from(by_hand(person))));
    }
    rate("regorus", people.len(), start.elapsed().as_secs_f64())
}

fn main() {
    let few = people(FEW);
    let rival = zen(&few).max(regorus(&few));

    let many = people(MANY);
    let mut counts = [0u64; 12];
    let hand = least(|| {
        counts = [0; 12];
        many.iter().for_each(|person| counts[usize::from(by_hand(person))] += 1);
    });
    let hand = rate("if chain by hand", MANY, hand);
    println!("{counts:?}");

    let books = book();
    let compiled = compile(&books, "X", "D", "2020-01-25".parse().unwrap());
    let columns = many.iter().fold(FactColumns::default(), |mut columns, person| {
        columns.push(&facts(person));
        columns
    });
    for unknown in [Unknown::NotMatched, Unknown::Undetermined] {
        let governs = compiled.govern_all(&columns, unknown);
        let answers = compiled.decide_all(&columns, unknown);
        for (row, person) in many.iter().enumerate() {
            let place = u32::from(by_hand(person));
            assert_eq!(governs[row], Governing::Clause(place));
            let Receipt::Governed(counting) = &answers.receipts[row] else { panic!("row {row}") };
            let clause = compiled.clause_of(&columns, row, counting).unwrap();
            assert_eq!(clause.id.as_ref(), format!("C{place}"));
        }
    }
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            for unknown in [Unknown::NotMatched, Unknown::Undetermined] {
                let bare = least(|| drop(std::hint::black_box(compiled.govern_all(&columns, unknown))));
                let bare = rate(&format!("{threads} thread, without receipts, {unknown:?}"), MANY, bare);
                let full = least(|| drop(std::hint::black_box(compiled.decide_all(&columns, unknown))));
                let full = rate(&format!("{threads} thread, with receipts, {unknown:?}"), MANY, full);
                println!("  receipts {:.0} times the faster rival; bare 1/{:.1} of the chain", full / rival, hand / bare);
            }
        });
    }
    let sample: Vec<_> = many.iter().take(FEW * 5).map(facts).collect();
    let one = least(|| {
        for facts in &sample {
            std::hint::black_box(compiled.decide(facts, Unknown::NotMatched));
        }
    });
    let one = rate("one by one, whole decisions with values", sample.len(), one);
    println!("  {:.0} times the faster rival", one / rival);
}

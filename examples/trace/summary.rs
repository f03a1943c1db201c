//! The statistics of an outbreak in the form they are printed.

use chrono::NaiveDate;
use contact_tracing::chains::Chains;
use contact_tracing::epi_curve;
use serde_json::{Map, Value, json};

pub fn of(chains: &Chains, cases: &[(&str, Option<NaiveDate>)]) -> Value {
    let offspring = chains.offspring();
    let sizes = chains.clusters().sizes();
    let top: Vec<Value> = chains
        .top_infectors(5)
        .into_iter()
        .map(|one| json!(one))
        .collect();
    let serial = chains.serial_interval();
    let serial = serial.as_ref();
    json!({
        "cases": chains.cases(),
        "links": chains.links(),
        "people": chains.people(),
        "infectees_with_two_infectors": chains.infectees_with_two_infectors(),
        "roots": chains.roots().len(),
        "generations": counts(chains.generation_sizes().iter()),
        "offspring": {
            "mean": offspring.mean,
            "variance": offspring.variance,
            "k": offspring.dispersion,
            "histogram": counts(offspring.histogram.iter()),
            "top": top,
        },
        "serial_interval": {
            "n": serial.map_or(0, |one| one.n),
            "mean": serial.map(|one| one.mean),
            "median": serial.map(|one| one.median),
            "sd": serial.and_then(|one| one.sd),
            "min": serial.map(|one| one.min),
            "max": serial.map(|one| one.max),
            "negative": serial.map_or(0, |one| one.negative),
        },
        "clusters": { "count": sizes.len(), "largest": sizes.iter().take(5).collect::<Vec<_>>() },
        "epi_curve": curve(cases),
    })
}

fn curve(cases: &[(&str, Option<NaiveDate>)]) -> Value {
    let curve = epi_curve(cases.iter().map(|case| case.1));
    let mut days = counts(curve.by_day.iter());
    if curve.missing > 0 {
        days.insert("missing".to_owned(), curve.missing.into());
    }
    Value::Object(days)
}

fn counts<'c, K: ToString + 'c, V: Copy + Into<Value> + 'c>(
    counts: impl Iterator<Item = (&'c K, &'c V)>,
) -> Map<String, Value> {
    counts
        .map(|(key, count)| (key.to_string(), (*count).into()))
        .collect()
}

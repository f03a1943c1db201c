//! `day.json`: everything the day found, with keys for ids.

use grid_model::Township;
use reporting::{Cell, List};
use serde_json::{Map, Value, json};

use crate::{Day, Records};

/// Everything the day found as one JSON text: the day, its figures as a flat object of integers,
/// yesterday's, and every list with its reasons, each row an object by the list's columns.
///
/// Ids are the user's own keys. It is for those who must act, never for the public.
///
/// # Errors
/// None that a day can cause; the JSON writer's own.
pub fn day_to_json(
    township: &Township,
    records: &Records,
    day: &Day,
) -> Result<String, serde_json::Error> {
    let figures = |figures: &crate::Figures| -> Map<String, Value> {
        figures
            .iter()
            .map(|(key, value)| (key.to_owned(), Value::from(value)))
            .collect()
    };
    let lists: Map<String, Value> = day
        .lists(township, records)
        .iter()
        .map(|list| (list.key.clone(), rows(list)))
        .collect();
    let value = json!({
        "day": day.as_of.day,
        "known_by": day.as_of.known_by,
        "figures": figures(&day.figures),
        "yesterday": figures(&day.yesterday),
        "yesterday_as_now_known": figures(&day.before),
        "contact_window": {
            "before_onset_days": day.outbreak.window.before_onset_days,
            "before_sampling_days": day.outbreak.window.before_sampling_days,
            "clause": day.outbreak.window_clause.as_deref(),
        },
        "chains": chains(day)?,
        "lists": lists,
    });
    serde_json::to_string_pretty(&value)
}

/// What the chains come to; what cannot be said is null, with the reason beside it.
fn chains(day: &Day) -> Result<Value, serde_json::Error> {
    let found = match &day.chains {
        Err(because) => return Ok(json!({ "because": because.to_string() })),
        Ok(found) => found,
    };
    let (number, because) = match found.reproduction {
        Ok(estimate) => (serde_json::to_value(estimate)?, None),
        Err(because) => (Value::Null, Some(because.to_string())),
    };
    Ok(json!({
        "cases": found.sources.len(),
        "cases_without_source": found.unexplained.len(),
        "clusters": found.clusters.len(),
        "attack_rates": serde_json::to_value(&found.attack)?,
        "reproduction_number": number,
        "reproduction_number_because": because,
    }))
}

fn rows(list: &List) -> Value {
    let row = |cells: &Vec<Cell>| {
        let named = list.columns.iter().zip(cells);
        Value::Object(
            named
                .map(|(column, cell)| (column.key.clone(), value(cell)))
                .collect(),
        )
    };
    Value::Array(list.rows.iter().map(row).collect())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => json!({ "zh": text.zh, "en": text.en }),
        Cell::Plain(words) => Value::from(words.as_str()),
        Cell::Count(count)
        | Cell::Hundredths(count)
        | Cell::Share(count)
        | Cell::Incomplete(count) => Value::from(*count),
        Cell::Date(day) => Value::from(day.to_string()),
        Cell::Instant(at) => Value::from(reporting::number::print_instant(*at)),
        Cell::Unknown | Cell::Suppressed => Value::Null,
    }
}

//! A condition out of its value: a text of terms, a list of parts, or a table of all, any, not.

use toml::de::DeValue;

use crate::Condition;
use crate::condition::MOST_NESTED;

const FORMS: &str = "write terms as \"via_hubei=yes;home_ok=no\", a list of parts that must all \
     hold, or { all = [...] }, { any = [...] }, { not = ... }";

/// Reads a condition.
///
/// # Errors
/// What to write instead.
pub(super) fn condition(value: &DeValue<'_>) -> Result<Condition, String> {
    nested(value, MOST_NESTED)
}

/// The depth left is counted down, so that no book can use up our own stack.
fn nested(value: &DeValue<'_>, depth: usize) -> Result<Condition, String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(format!(
            "conditions may nest {MOST_NESTED} deep; write it flatter, or as clauses of their own"
        ));
    };
    match value {
        DeValue::String(text) => Condition::parse(text),
        DeValue::Array(_) => list(value, depth).map(Condition::All),
        DeValue::Table(table) if table.len() == 1 => {
            let (key, part) = table.iter().next().ok_or(FORMS)?;
            let part = part.get_ref();
            match &**key.get_ref() {
                "all" => list(part, depth).map(Condition::All),
                "any" => match list(part, depth)? {
                    parts if parts.is_empty() => {
                        Err("write at least one part after any; without one it never holds".into())
                    }
                    parts => Ok(Condition::Any(parts)),
                },
                "not" => Ok(Condition::Not(Box::new(nested(part, depth)?))),
                _ => Err(FORMS.into()),
            }
        }
        _ => Err(FORMS.into()),
    }
}

fn list(value: &DeValue<'_>, depth: usize) -> Result<Vec<Condition>, String> {
    let items = value.as_array().ok_or(FORMS)?;
    items
        .iter()
        .map(|item| nested(item.get_ref(), depth))
        .collect()
}

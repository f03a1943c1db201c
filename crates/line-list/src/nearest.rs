//! The most alike of some names.

/// The name most like `wanted` by edit distance, case aside; the first of equals, and none
/// if more than half of the wanted name would change.
pub(crate) fn nearest<'n>(wanted: &str, names: &'n [String]) -> Option<&'n str> {
    // A name of a thousand characters is no slip of the pen, and the distance is quadratic.
    const LONGEST: usize = 200;
    let wanted: Vec<char> = wanted.to_lowercase().chars().take(LONGEST).collect();
    let near = names
        .iter()
        .filter(|name| name.len() <= 4 * LONGEST)
        .map(|name| (distance(&wanted, &name.to_lowercase()), name))
        .min_by_key(|(distance, _)| *distance);
    near.filter(|(distance, _)| *distance <= wanted.len().div_ceil(2))
        .map(|(_, name)| name.as_str())
}

/// Insertions, deletions and replacements that turn one text into the other.
fn distance(from: &[char], to: &str) -> usize {
    let mut row: Vec<usize> = (0..=from.len()).collect();
    for (above, to) in to.chars().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (index, from) in from.iter().enumerate() {
            let replaced = diagonal + usize::from(*from != to);
            diagonal = row[index + 1];
            row[index + 1] = replaced.min(row[index] + 1).min(diagonal + 1);
        }
    }
    row[from.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_with_the_fewest_changes() {
        let names = ["onset_date", "dateonset", "id"].map(str::to_owned);
        assert_eq!(nearest("date_onset", &names), Some("dateonset"));
        assert_eq!(nearest("ID", &names), Some("id"));
        assert_eq!(nearest("hospital", &names), None);
    }

    #[test]
    fn the_distance_counts_single_changes() {
        let from: Vec<char> = "kitten".chars().collect();
        assert_eq!(distance(&from, "sitting"), 3);
        assert_eq!(distance(&from, ""), 6);
        assert_eq!(distance(&[], "abc"), 3);
    }
}

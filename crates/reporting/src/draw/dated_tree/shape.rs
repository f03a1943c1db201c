//! Which cases get a row, in which order, and how many are left out below each.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::TreeCase;

/// A row of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The position of its case.
    pub(super) case: usize,
    /// The row it hangs below, always further up.
    pub(super) parent: Option<usize>,
    /// Generations above it.
    pub(super) depth: usize,
    /// How many cases below it are not drawn, those below drawn cases not counted here.
    pub(super) hidden: usize,
}

/// The rows from top to bottom, depth first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) rows: Vec<Row>,
    /// Tops that have no row, and how many cases there are in their trees, themselves too.
    pub(super) hidden_tops: (usize, usize),
}

/// A case on its way through the tree, in the order of rows as if all were drawn.
struct Place {
    case: usize,
    parent: Option<usize>,
    depth: usize,
    size: usize,
}

impl Shape {
    /// Every case is in a row, or counted as hidden in exactly one place. Cost: n log n.
    pub(super) fn of(cases: &[TreeCase], most_rows: usize) -> Self {
        let places = places(cases);
        let mut by_rank: Vec<usize> = (0..places.len()).collect();
        // A parent has less depth than its child, so it is always drawn before it.
        by_rank.sort_by_key(|&at| (places[at].depth, Reverse(places[at].size), at));
        let mut drawn = vec![false; places.len()];
        for &at in by_rank.iter().take(most_rows) {
            drawn[at] = true;
        }
        let mut row_of: Vec<Option<usize>> = vec![None; places.len()];
        let mut shape = Self {
            rows: Vec::new(),
            hidden_tops: (0, 0),
        };
        for (at, place) in places.iter().enumerate() {
            let parent = place.parent.and_then(|parent| row_of[parent]);
            if drawn[at] {
                row_of[at] = Some(shape.rows.len());
                shape.rows.push(Row {
                    case: place.case,
                    parent,
                    depth: place.depth,
                    hidden: 0,
                });
            } else if let Some(parent) = parent {
                shape.rows[parent].hidden += place.size;
            } else if place.parent.is_none() {
                shape.hidden_tops.0 += 1;
                shape.hidden_tops.1 += place.size;
            }
        }
        shape
    }

    /// Cases without a row.
    pub(super) fn hidden(&self) -> usize {
        let below: usize = self.rows.iter().map(|row| row.hidden).sum();
        below + self.hidden_tops.1
    }
}

/// All cases depth first with the size of what hangs below each, itself included.
fn places(cases: &[TreeCase]) -> Vec<Place> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); cases.len()];
    let mut tops = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        match case.parent.and_then(|parent| children.get_mut(parent)) {
            Some(siblings) => siblings.push(at),
            None => tops.push(at),
        }
    }
    let by_day = |case: &usize| (cases[*case].day.unwrap_or(NaiveDate::MAX), *case);
    children
        .iter_mut()
        .for_each(|some| some.sort_by_key(by_day));
    tops.sort_by_key(by_day);
    let mut places = Vec::with_capacity(cases.len());
    let mut seen = vec![false; cases.len()];
    for top in tops {
        descend(top, &children, &mut seen, &mut places);
    }
    // Who is left hangs below a circle, which is cut where its first case hangs.
    let mut met_from = vec![usize::MAX; cases.len()];
    for start in 0..cases.len() {
        if !seen[start] {
            let top = first_of_circle(start, cases, &mut met_from);
            descend(top, &children, &mut seen, &mut places);
        }
    }
    for at in (0..places.len()).rev() {
        if let Some(parent) = places[at].parent {
            places[parent].size += places[at].size;
        }
    }
    places
}

/// Depth first in a loop: a chain may be longer than a stack is deep.
fn descend(top: usize, children: &[Vec<usize>], seen: &mut [bool], places: &mut Vec<Place>) {
    let mut open = vec![(top, None, 0)];
    while let Some((case, parent, depth)) = open.pop() {
        if std::mem::replace(&mut seen[case], true) {
            continue;
        }
        let here = places.len();
        places.push(Place {
            case,
            parent,
            depth,
            size: 1,
        });
        let below = children[case].iter().rev();
        open.extend(below.map(|&child| (child, Some(here), depth + 1)));
    }
}

/// The case of least position in the circle above one that hangs below no top. `met_from` keeps
/// from which start each case was met, so that none is walked over twice.
fn first_of_circle(start: usize, cases: &[TreeCase], met_from: &mut [usize]) -> usize {
    let above = |case: usize| cases[case].parent.unwrap_or(case);
    let mut inside = start;
    while std::mem::replace(&mut met_from[inside], start) != start {
        inside = above(inside);
    }
    let (mut first, mut at) = (inside, above(inside));
    while at != inside {
        first = first.min(at);
        at = above(at);
    }
    first
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn case(day: Option<u32>, parent: Option<usize>) -> TreeCase {
        TreeCase {
            key: String::new(),
            day: day.and_then(|day| NaiveDate::from_ymd_opt(2020, 3, day)),
            parent,
            to_check: false,
        }
    }

    #[test]
    fn the_upper_generations_are_drawn_and_the_rest_is_counted_where_it_hangs() {
        // 0 has 1 and 2; 1 has 3, 4, 5; 3 has 6.
        let parents = [None, Some(0), Some(0), Some(1), Some(1), Some(1), Some(3)];
        let cases = parents.map(|parent| case(Some(1), parent));
        let hidden = |most| -> Vec<(usize, usize)> {
            let rows = Shape::of(&cases, most).rows;
            rows.iter().map(|row| (row.case, row.hidden)).collect()
        };
        assert_eq!(hidden(1), [(0, 6)]);
        assert_eq!(hidden(2), [(0, 1), (1, 4)], "the greater subtree first");
        assert_eq!(hidden(4), [(0, 0), (1, 2), (3, 1), (2, 0)]);
        assert_eq!(hidden(7).len(), 7);
        assert_eq!(Shape::of(&cases, 0).hidden_tops, (1, 7));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn every_case_has_a_row_of_its_own_or_is_counted_once(
            cases in prop::collection::vec((prop::option::of(1u32..30), prop::option::of(0usize..24)), 0..24),
            most in 0usize..30,
        ) {
            let cases: Vec<TreeCase> = cases.into_iter().map(|(day, parent)| case(day, parent)).collect();
            let shape = Shape::of(&cases, most);
            let mut drawn: Vec<usize> = shape.rows.iter().map(|row| row.case).collect();
            drawn.sort_unstable();
            drawn.dedup();
            prop_assert_eq!(drawn.len(), cases.len().min(most));
            prop_assert_eq!(drawn.len(), shape.rows.len());
            prop_assert_eq!(shape.rows.len() + shape.hidden(), cases.len());
            for (at, row) in shape.rows.iter().enumerate() {
                match row.parent {
                    Some(parent) => {
                        prop_assert!(parent < at);
                        prop_assert_eq!(Some(shape.rows[parent].case), cases[row.case].parent);
                        prop_assert_eq!(shape.rows[parent].depth + 1, row.depth);
                        // Nothing but its own descendants stand between.
                        prop_assert!(shape.rows[parent + 1..at].iter().all(|one| one.depth > shape.rows[parent].depth));
                    }
                    None => prop_assert_eq!(row.depth, 0),
                }
            }
        }
    }
}

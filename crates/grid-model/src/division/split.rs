//! Divides places that hang together into so many grids, as a start to be bettered.

use super::exact::{Left, exact};
use super::measure::{Chance, Measure, OutOfSteps, Steps};
use super::tree::{Positions, Tree};

/// Places that are divided in the best way at once, and the steps that may take.
///
/// Fewer in unit tests, so that chance is tried where the best is known.
const EXACT_PLACES: usize = if cfg!(test) { 4 } else { 18 };
const EXACT_STEPS: u64 = 100_000;
/// Trees drawn for each cut.
const TREES: u32 = 8;

/// Divides places into so many grids that hang together: cut in two by the best edge of some
/// random spanning trees, each side in the same way, small ones exactly. Bounds are kept where a
/// cut allows.
///
/// There must be as many places as grids at least.
pub(super) fn split(
    measure: &Measure<'_>,
    places: Vec<usize>,
    grids: u64,
    positions: &mut Positions,
    steps: &mut Steps,
    chance: &mut Chance,
) -> Result<Vec<Vec<usize>>, OutOfSteps> {
    let mut done = Vec::new();
    let mut open = vec![(places, grids)];
    while let Some((places, grids)) = open.pop() {
        if grids <= 1 {
            done.push(places);
            continue;
        }
        if places.len() <= EXACT_PLACES {
            let best = steps.part(EXACT_STEPS, |steps| {
                exact(measure, &places, Left::new(grids), &[], steps)
            });
            if let Ok(Some((_, found))) = best {
                done.extend(found.into_iter().map(|(places, _)| places));
                continue;
            }
        }
        let mut best: Option<(Score, Tree)> = None;
        for _ in 0..TREES {
            let tree = Tree::draw(measure, &places, positions, chance, steps)?;
            let score = best_cut(measure, &tree, grids);
            if let Some(score) =
                score.filter(|score| best.as_ref().is_none_or(|best| *score < best.0))
            {
                best = Some((score, tree));
            }
        }
        let Some((score, tree)) = best else {
            // More grids than places: nothing that hangs together can be cut.
            return Err(OutOfSteps);
        };
        let (below, others) = tree.cut(score.edge);
        open.push((others, grids - score.grids_below));
        open.push((below, score.grids_below));
    }
    Ok(done)
}

/// How good a cut is; the least is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    outside: u64,
    is_inside_a_village: bool,
    /// Households times grids: how far the lower side is from its share.
    off: u64,
    /// How far from halving.
    uneven: u64,
    grids_below: u64,
    edge: usize,
}

fn best_cut(measure: &Measure<'_>, tree: &Tree, grids: u64) -> Option<Score> {
    let (households, sizes) = (tree.households(), tree.sizes());
    let places = tree.order.len() as u64;
    let scores = tree.edges().filter_map(|(edge, below)| {
        let size = sizes[edge] as u64;
        // Each side needs a place for every grid.
        let fewest = (grids + size).saturating_sub(places).max(1);
        let most = size.min(grids - 1);
        if fewest > most {
            return None;
        }
        let near = (below * grids + households / 2)
            .checked_div(households)
            .unwrap_or(1);
        let grids_below = near.clamp(fewest, most);
        let rest = grids - grids_below;
        Some(Score {
            outside: measure.outside(below, grids_below)
                + measure.outside(households - below, rest),
            is_inside_a_village: !tree.is_between_villages(measure, edge),
            off: (below * grids).abs_diff(households * grids_below),
            uneven: grids_below.abs_diff(rest),
            grids_below,
            edge,
        })
    });
    scores.min()
}

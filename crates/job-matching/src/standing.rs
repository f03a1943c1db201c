//! Standing data counts from the day it became known.

use grid_model::{AsOf, Held, Ledger};

/// What is held of standing data on a day, without what was not known yet on that day itself: a
/// skill registered on the 20th was not among those registered by the 10th, even when the 10th
/// is looked at again later.
pub(crate) fn standing<T>(ledger: &Ledger<T>, as_of: AsOf) -> impl Iterator<Item = Held<'_, T>> {
    ledger
        .as_of(as_of)
        .filter(move |held| stood_on(ledger, held.index, as_of))
}

/// Whether a thing was known on the day itself.
fn stood_on<T>(ledger: &Ledger<T>, index: usize, as_of: AsOf) -> bool {
    as_of.known_by <= as_of.day || ledger.held(index, AsOf::on(as_of.day)).is_some()
}

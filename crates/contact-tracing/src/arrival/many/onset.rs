//! Where each of many closures begins, and which of them share a pass.

use super::Origin;
use super::pass::Shared;
use super::side_by_side;
use crate::arrival::ahead::Ahead;
use crate::arrival::{ContactIndex, InstantLog};

/// So many people of a closure are found one by one before it joins others. A person's contacts
/// lie apart from another's, so each costs some misses of the cache: of 64, 256 and 1,024 people
/// 64 were best.
const FIRST: usize = 64;

/// Where a closure begins.
pub(super) struct Onset {
    /// Its place among those asked for.
    pub(super) place: usize,
    pub(super) origin: Origin,
    /// The first people reached: by which contact, and who.
    pub(super) first: Vec<(u32, u32)>,
    /// From which row on a pass has to read, or up to which if against the order of time: whole
    /// instants, since who is reached at one does not pass on at it.
    pub(super) edge: usize,
}

/// Each from the end of the log on, in the order asked for.
pub(super) fn at_origins(log: &InstantLog, origins: &[Origin], shared: Shared) -> Vec<Onset> {
    let edge = if shared == Shared::Back {
        log.contact_count()
    } else {
        0
    };
    let onset = |(place, &origin)| Onset {
        place,
        origin,
        first: Vec::new(),
        edge,
    };
    origins.iter().enumerate().map(onset).collect()
}

/// Each with the first people it reaches, in the order in which they take off.
///
/// One seed is among its own for days before it meets anybody who meets others; another has
/// reached all there are to reach half way. Those that take off together have their busy days
/// together, and a pass that they share need not read the others.
pub(super) fn by_take_off(
    index: &ContactIndex<'_>,
    origins: &[Origin],
    shared: Shared,
) -> Vec<Onset> {
    let asked = at_origins(index.log, origins, shared);
    let mut onsets = side_by_side(&asked, |onset| match shared {
        Shared::Back => first_people::<true>(index, onset),
        _ => first_people::<false>(index, onset),
    });
    onsets.sort_by_key(|onset| (onset.edge, onset.place));
    if shared == Shared::Back {
        onsets.reverse();
    }
    onsets
}

fn first_people<const BACK: bool>(index: &ContactIndex<'_>, asked: &Onset) -> Onset {
    let (mut contacts, mut people) = (Vec::new(), Vec::new());
    let mut edge = if BACK { 0 } else { index.log.contact_count() };
    if let Some((origin, begins)) = asked.origin {
        let mut ahead = Ahead::<BACK>::new(index);
        ahead.add(origin, begins);
        while let Some((contact, to)) = ahead.next() {
            if to == origin || people.contains(&to) {
                continue;
            }
            contacts.push(contact);
            people.push(to);
            let instant = index.log.instant_of(contact as usize);
            let (passed, next) = if BACK {
                (instant.end, instant.start)
            } else {
                (instant.start, instant.end)
            };
            if people.len() == FIRST {
                edge = passed;
                break;
            }
            ahead.add(to, next);
        }
    }
    Onset {
        place: asked.place,
        origin: asked.origin,
        first: contacts.into_iter().zip(people).collect(),
        edge,
    }
}

//! Slow and obvious: every way of pairing is tried.

use follow_up::{Candidate, Observed};
use grid_model::Role;

/// How good a way of pairing is; the least is best.
pub(crate) type Badness = (usize, usize, usize);

/// The best of all ways to give each of the people one helper with room, or none: the fewest
/// without, then the fewest doctors, then the least distance.
pub(crate) fn best(people: &[&Observed], helpers: &[&Candidate], room: &mut [u32]) -> Badness {
    let Some((first, rest)) = people.split_first() else {
        return (0, 0, 0);
    };
    let (without, doctors, distance) = best(rest, helpers, room);
    let mut least = (without + 1, doctors, distance);
    for (index, helper) in helpers.iter().enumerate() {
        let is_doctor = helper.role == Role::Doctor;
        if room[index] == 0 || (first.needs_medical_staff && !is_doctor) {
            continue;
        }
        room[index] -= 1;
        let (without, doctors, distance) = best(rest, helpers, room);
        room[index] += 1;
        let own = (
            without,
            doctors + usize::from(is_doctor),
            distance + steps(first, helper),
        );
        least = least.min(own);
    }
    least
}

pub(crate) fn steps(one: &Observed, helper: &Candidate) -> usize {
    if one.natural_village.is_some() && one.natural_village == helper.natural_village {
        0
    } else if one.community.is_some() && one.community == helper.community {
        1
    } else {
        2
    }
}

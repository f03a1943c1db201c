//! Slow and obvious: every way of filling the places is tried.

/// A place to fill: the skill asked for, how many, the wage.
pub(crate) type Offer = (Option<usize>, u32, u64);

/// The most matches of all ways, and of those ways the highest wages together.
pub(crate) fn best(workers: &[Vec<usize>], offers: &mut [Offer]) -> (usize, u128) {
    let Some((skills, rest)) = workers.split_first() else {
        return (0, 0);
    };
    let mut most = best(rest, offers);
    for index in 0..offers.len() {
        let (skill, places, wage) = offers[index];
        if places == 0 || skill.is_some_and(|skill| !skills.contains(&skill)) {
            continue;
        }
        offers[index].1 -= 1;
        let (matches, wages) = best(rest, offers);
        offers[index].1 += 1;
        most = most.max((matches + 1, wages + u128::from(wage)));
    }
    most
}

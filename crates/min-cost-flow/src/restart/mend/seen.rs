//! What a search has seen from either end.

use super::farther::Farther;
use crate::restart::steps::{NONE, Width};

/// How near one end a node lies, as far as is known; of another search if the stamp is.
#[derive(Clone, Copy, Default)]
struct Mark<N> {
    stamp: u32,
    distance: N,
}

/// What was seen from one end.
struct Side<N> {
    /// Nodes within the radius, nearest first. Most lie where nothing has to be paid on the way.
    near: Vec<u32>,
    /// Of how many of them the steps were looked at.
    settled: usize,
    /// How far they lie: each distance with where in `near` it begins.
    levels: Vec<(N, usize)>,
    far: Farther<N>,
    radius: N,
    /// Whether no further node can be reached.
    ran_out: bool,
    looked: usize,
}

/// All that was seen, onward from the head of a step that gains, and backward from its tail; the room
/// it takes is kept for the next search.
pub(super) struct Seen<N> {
    stamp: u32,
    /// By node: as seen from either end.
    marks: Vec<[Mark<N>; 2]>,
    /// By node: by which step it was found from either end; read only for the way in the end.
    by: Vec<[u32; 2]>,
    sides: [Side<N>; 2],
}

/// A step that leads on, and how far.
#[derive(Clone, Copy, Default)]
pub(super) struct Onward<N> {
    pub(super) place: u32,
    pub(super) end: u32,
    pub(super) distance: N,
}

/// The shortest way known: no longer than the step gains, and where both sides met on it.
pub(super) struct Best<N> {
    pub(super) length: N,
    pub(super) meeting: u32,
}

impl<N: Width> Seen<N> {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            stamp: 0,
            marks: vec![[Mark::default(); 2]; nodes],
            by: vec![[NONE; 2]; nodes],
            sides: [0, 1].map(|_| Side {
                near: Vec::new(),
                settled: 0,
                levels: Vec::new(),
                far: Farther::new(),
                radius: N::default(),
                ran_out: false,
                looked: 0,
            }),
        }
    }

    /// Nothing but these ends; false where there were too many searches before.
    pub(super) fn begin(&mut self, ends: [u32; 2]) -> bool {
        let Some(stamp) = self.stamp.checked_add(1) else {
            return false;
        };
        self.stamp = stamp;
        for (one, (side, end)) in self.sides.iter_mut().zip(ends).enumerate() {
            side.begin(end);
            self.by[end as usize][one] = NONE;
            self.marks[end as usize][one] = Mark {
                stamp,
                distance: N::default(),
            };
        }
        true
    }

    pub(super) fn radius(&self, one: usize) -> N {
        self.sides[one].radius
    }

    pub(super) fn looked(&self, one: usize) -> usize {
        self.sides[one].looked
    }

    /// So much was looked at.
    pub(super) fn has_looked(&mut self, one: usize, looked: usize) {
        self.sides[one].looked += looked;
    }

    /// By how much both radii together can still grow.
    pub(super) fn spare(&self, best: &Best<N>) -> N {
        best.length - self.sides[0].radius - self.sides[1].radius
    }

    /// By which step a node was found that was, or [`NONE`].
    pub(super) fn by(&self, one: usize, node: u32) -> u32 {
        self.by[node as usize][one]
    }

    /// All nodes that can be reached from the first end of which they were seen.
    pub(super) fn closed_off(&self) -> Option<&[u32]> {
        let side = self.sides.iter().find(|side| side.ran_out)?;
        Some(&side.near)
    }

    /// Grows the radius of one end to the next nodes, if a way from there could be shorter than the
    /// best, otherwise as far as it can; whether there are any.
    pub(super) fn reach_next(&mut self, one: usize, best: &Best<N>) -> bool {
        let most = best.length - self.sides[1 - one].radius;
        let (side, marks) = (&mut self.sides[one], &self.marks);
        while side.settled == side.near.len() {
            let nearest = side.far.nearest();
            let Some(radius) = nearest.filter(|&distance| distance < most) else {
                side.radius = most;
                side.ran_out = nearest.is_none();
                return false;
            };
            side.radius = radius;
            side.levels.push((radius, side.near.len()));
            side.far.take(radius, |node| {
                // Nodes that were found to lie nearer since were taken there.
                if marks[node as usize][one].distance == radius {
                    side.near.push(node);
                }
            });
        }
        true
    }

    /// The next node at the radius.
    pub(super) fn next(&mut self, one: usize) -> Option<u32> {
        let side = &mut self.sides[one];
        let node = side.near.get(side.settled).copied()?;
        side.settled += 1;
        Some(node)
    }

    /// Marks where these steps lead; the best is replaced where that is on a shorter way.
    // Drawn into the loop over the steps of a node it takes that its registers: a twentieth longer.
    #[inline(never)]
    pub(super) fn follow<const ONE: usize>(&mut self, onward: &[Onward<N>], best: &mut Best<N>) {
        let (side, stamp) = (&mut self.sides[ONE], self.stamp);
        for &Onward {
            place,
            end,
            distance,
        } in onward
        {
            let marks = &mut self.marks[end as usize];
            let known = marks[ONE];
            if known.stamp == stamp && known.distance <= distance {
                continue;
            }
            marks[ONE] = Mark { stamp, distance };
            self.by[end as usize][ONE] = place;
            side.put(end, distance);
            let other = marks[1 - ONE];
            if other.stamp == stamp && distance + other.distance < best.length {
                best.length = distance + other.distance;
                best.meeting = end;
            }
        }
    }

    /// The nodes within the radius of one end, by how far they lie.
    pub(super) fn levels(&self, one: usize) -> impl Iterator<Item = (N, &[u32])> {
        let Side { near, levels, .. } = &self.sides[one];
        let ends = levels.iter().skip(1).map(|&(_, first)| first);
        let ends = ends.chain([near.len()]);
        let levels = levels.iter().zip(ends);
        levels.map(|(&(distance, first), end)| (distance, &near[first..end]))
    }
}

impl<N: Width> Side<N> {
    fn begin(&mut self, end: u32) {
        self.near.clear();
        self.near.push(end);
        self.settled = 0;
        self.levels.clear();
        self.levels.push((N::default(), 0));
        self.far.clear();
        (self.radius, self.ran_out, self.looked) = (N::default(), false, 0);
    }

    fn put(&mut self, node: u32, distance: N) {
        if distance == self.radius {
            self.near.push(node);
        } else {
            self.far.put(distance, node);
        }
    }
}

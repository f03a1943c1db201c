//! The global price update: every price falls by the distance to the nearest node that waits.

use super::{State, Stop};

/// No node.
const NONE: u32 = u32::MAX;
/// Farther than any node that was found.
const FAR: u32 = u32::MAX;
/// Nodes by their distance, each distance a doubly linked list: R. B. Dial's buckets (1969).
struct Buckets {
    heads: Vec<u32>,
    next: Vec<u32>,
    previous: Vec<u32>,
    distance: Vec<u32>,
}

impl Buckets {
    fn new(nodes: usize) -> Self {
        Buckets {
            heads: Vec::new(),
            next: vec![NONE; nodes],
            previous: vec![NONE; nodes],
            distance: vec![FAR; nodes],
        }
    }

    /// Puts a node at a distance, out of the farther one where it was.
    fn put(&mut self, node: u32, distance: u32) {
        let at = node as usize;
        let old = self.distance[at];
        if old != FAR {
            let (previous, next) = (self.previous[at], self.next[at]);
            match previous {
                NONE => self.heads[old as usize] = next,
                previous => self.next[previous as usize] = next,
            }
            if next != NONE {
                self.previous[next as usize] = previous;
            }
        }
        if self.heads.len() <= distance as usize {
            self.heads.resize(distance as usize + 1, NONE);
        }
        let first = std::mem::replace(&mut self.heads[distance as usize], node);
        (self.next[at], self.previous[at], self.distance[at]) = (first, NONE, distance);
        if first != NONE {
            self.previous[first as usize] = node;
        }
    }

    fn take(&mut self, distance: u32) -> Option<usize> {
        let node = *self.heads.get(distance as usize)?;
        if node == NONE {
            return None;
        }
        let next = self.next[node as usize];
        self.heads[distance as usize] = next;
        if next != NONE {
            self.previous[next as usize] = NONE;
        }
        Some(node as usize)
    }
}

impl State {
    /// Walks back from the nodes that wait, nearest first, until all that is left over was met. A
    /// step is as long as the whole epsilons it costs, and one more: then prices that fall by the
    /// distance leave every step within epsilon of gaining, and open a way to the nearest.
    ///
    /// # Errors
    /// If something left over can reach nobody who waits.
    pub(super) fn update(&mut self) -> Result<(), Stop> {
        let mut left: i64 = self.excess.iter().filter(|&&excess| excess > 0).sum();
        if left == 0 {
            return Ok(());
        }
        let mut buckets = Buckets::new(self.nodes());
        for (node, &excess) in self.excess.iter().enumerate() {
            if excess < 0 {
                buckets.put(crate::bounds::numbered(node), 0);
            }
        }
        let mut settled = vec![false; self.nodes()];
        // Farther nodes fall by as much as the farthest that counts.
        let most = super::STEP.saturating_mul(i64::from(crate::bounds::numbered(self.nodes())));
        let most = most.max(1_024);
        let mut clipped = false;
        let mut distance = 0;
        while left > 0 && (distance as usize) < buckets.heads.len() {
            let Some(node) = buckets.take(distance) else {
                distance += 1;
                continue;
            };
            settled[node] = true;
            left -= self.excess[node].max(0);
            clipped |= self.put_neighbours(node, most, &settled, &mut buckets);
        }
        // What is only far away is no proof that the way is shut.
        if left > 0 && (!clipped || self.is_stranded()) {
            return Err(Stop::Stranded);
        }
        for node in 0..self.nodes() {
            let fall = buckets.distance[node].min(distance);
            if fall > 0 {
                let price = i64::from(fall)
                    .checked_mul(self.epsilon)
                    .and_then(|fall| self.price[node].checked_sub(fall));
                self.set_price(node, price.ok_or(Stop::OutOfRange)?)?;
            }
        }
        Ok(())
    }

    /// Whether a step was too long to count.
    fn put_neighbours(
        &self,
        node: usize,
        most: i64,
        settled: &[bool],
        buckets: &mut Buckets,
    ) -> bool {
        let (price, distance) = (self.price[node], buckets.distance[node]);
        let mut clipped = false;
        for step in self.residual.steps(node) {
            let from = step.head as usize;
            if step.back == 0 || settled[from] || buckets.distance[from] <= distance {
                continue;
            }
            let dearer = self.price[from] - price - step.cost;
            let length = if dearer < 0 {
                0
            } else {
                dearer / self.epsilon + 1
            };
            let reach = i64::from(distance).saturating_add(length);
            match u32::try_from(reach) {
                Ok(reach) if i64::from(reach) < most => {
                    if reach < buckets.distance[from] {
                        buckets.put(step.head, reach);
                    }
                }
                _ => clipped = true,
            }
        }
        clipped
    }
}

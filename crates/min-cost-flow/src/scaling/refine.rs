//! One phase: everything moves until it has arrived, over steps that are not too dear.

use super::{State, Stop};

impl State {
    /// Whether a step from a node of this price has room and gains.
    fn gains(&self, place: usize, price: i64) -> bool {
        let step = self.residual.step(place);
        step.room > 0 && step.cost + price < self.price[step.head as usize]
    }

    /// Makes no step gain, by filling all that do; then moves what is left over to where it is
    /// awaited, prices falling as little as they must.
    pub(super) fn refine(&mut self) -> Result<(), Stop> {
        self.fill_what_gains();
        self.update()?;
        let mut open: Vec<u32> = (0..crate::bounds::numbered(self.nodes()))
            .filter(|&node| self.excess[node as usize] > 0)
            .collect();
        let mut relabelled = 0;
        while let Some(node) = open.pop() {
            relabelled += self.discharge(node as usize, &mut open)?;
            // Single prices fall blindly; an update tells them all how far it still is, or that the
            // way is shut.
            if relabelled > self.nodes() {
                self.update()?;
                relabelled = 0;
            }
        }
        Ok(())
    }

    fn fill_what_gains(&mut self) {
        for node in 0..self.nodes() {
            for place in self.residual.range(node) {
                if self.gains(place, self.price[node]) {
                    let step = *self.residual.step(place);
                    self.residual.push(place, step.room);
                    self.excess[node] -= step.room;
                    self.excess[step.head as usize] += step.room;
                }
            }
        }
        let firsts = self.residual.firsts();
        self.current.copy_from_slice(firsts);
    }

    /// Moves everything left over at a node on, and leaves it open where too many prices fell for
    /// it; how many did.
    fn discharge(&mut self, node: usize, open: &mut Vec<u32>) -> Result<usize, Stop> {
        let mut relabelled = 0;
        while self.excess[node] > 0 {
            if relabelled > self.nodes() {
                open.push(crate::bounds::numbered(node));
                break;
            }
            let Some(place) = self.gaining(node) else {
                self.relabel(node)?;
                relabelled += 1;
                continue;
            };
            let step = *self.residual.step(place);
            let next = step.head as usize;
            // Look ahead: what would only come back is not moved, the price it would find falls first.
            if self.excess[next] >= 0 && self.gaining(next).is_none() {
                self.relabel(next)?;
                relabelled += 1;
                if !self.gains(place, self.price[node]) {
                    continue;
                }
            }
            let amount = step.room.min(self.excess[node]);
            self.residual.push(place, amount);
            self.excess[node] -= amount;
            let awaited = self.excess[next] <= 0;
            self.excess[next] += amount;
            if awaited && self.excess[next] > 0 {
                open.push(step.head);
            }
        }
        Ok(relabelled)
    }

    /// The next step of a node that gains. Those before it were looked at at this price, and steps
    /// only begin to gain when this price falls.
    fn gaining(&mut self, node: usize) -> Option<usize> {
        let price = self.price[node];
        let from = self.current[node] as usize;
        let found = (from..self.residual.range(node).end).find(|&place| self.gains(place, price));
        self.current[node] = match found {
            Some(place) => crate::bounds::numbered(place),
            None => self.residual.firsts()[node + 1],
        };
        found
    }

    /// Lets a price fall until a step gains, by as little as the phase allows.
    fn relabel(&mut self, node: usize) -> Result<(), Stop> {
        let reach = self.residual.steps(node).iter();
        let reach = reach
            .filter(|step| step.room > 0)
            .map(|step| self.price[step.head as usize] - step.cost)
            .max();
        // A node that nothing can leave only looks as dear as it is to come to.
        let lowest = reach.unwrap_or(self.price[node]) - self.epsilon;
        self.set_price(node, lowest)
    }

    pub(super) fn set_price(&mut self, node: usize, price: i64) -> Result<(), Stop> {
        if price < self.floor {
            return Err(Stop::OutOfRange);
        }
        self.price[node] = price;
        self.current[node] = self.residual.firsts()[node];
        Ok(())
    }
}

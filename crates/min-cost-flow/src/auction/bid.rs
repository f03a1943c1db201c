//! Offers, from coarse to fine.

use super::{LIMIT, NONE, SCALE, State};

/// Each phase pays so many times less above what is needed than the one before. Between 3 and 8
/// nothing changed by more than a quarter on 48,000 pairs.
const STEP: i64 = 5;

/// So many offers a left are enough, or something is the matter: 33 were made where each left had
/// 21 rights within reach.
const PATIENCE: usize = 400;

impl State<'_> {
    /// Pairs all, none paying more than a scaled unit above the least it could; `None` where
    /// patience or prices ran out.
    pub(super) fn bid(&mut self) -> Option<()> {
        let mut patience = PATIENCE * (self.market.lefts.len() + 16);
        let mut above = self.market.dearest * SCALE;
        loop {
            above = (above / STEP).max(1);
            let mut alone = self.let_go(above);
            // The first comes first; who is outbid offers again at once, while his offers are at hand.
            alone.reverse();
            while let Some(left) = alone.pop() {
                patience = patience.checked_sub(1)?;
                let outbid = self.offer(left, above)?;
                if outbid != NONE {
                    alone.push(outbid);
                }
            }
            if above == 1 {
                return Some(());
            }
        }
    }

    /// A left takes its best right, and bids up to what its second best would cost it and a little
    /// above. Who stood there is named.
    fn offer(&mut self, left: u32, above: i64) -> Option<u32> {
        let (mut best, mut second, mut at) = (i64::MAX, i64::MAX, None);
        let places = self.market.places(left as usize);
        let first = places.start;
        for (position, offer) in self.market.offers[places].iter().enumerate() {
            let paid = i64::from(offer.cost) * SCALE + self.price[offer.right as usize];
            if paid < best {
                (second, best, at) = (best, paid, Some(position));
            } else if paid < second {
                second = paid;
            }
        }
        let place = first + at?;
        let right = self.market.offers[place].right as usize;
        // Who has no second choice must have the first, and may as well say so.
        let gap = if second == i64::MAX {
            self.market.dearest * SCALE
        } else {
            second - best
        };
        let price = self.price[right] + gap + above;
        if price > LIMIT {
            return None;
        }
        self.price[right] = price;
        self.stands_by[left as usize] = crate::bounds::numbered(place);
        let outbid = std::mem::replace(&mut self.left_of[right], left);
        if outbid != NONE {
            self.stands_by[outbid as usize] = NONE;
        }
        Some(outbid)
    }
}

//! Pairing of single units: who has one to give offers for it to whoever wants one, and is outbid.
//!
//! D. P. Bertsekas, "The auction algorithm: a distributed relaxation method for the assignment
//! problem", Annals of Operations Research 14 (1988), with offers ever less above what is needed;
//! it is the double push of A. V. Goldberg and R. Kennedy, "An efficient cost scaling algorithm for
//! the assignment problem", Mathematical Programming 71 (1995). Neither is run to the end: once
//! offers are a fraction of a unit of cost too high at most, few pairs are wrong, and the shortest
//! ways of putting them right are short ([`mend`]). On 48,000 pairs this took a fifth of the time
//! that cost scaling on the network took.

mod bid;
mod market;
mod mend;

use crate::network::Network;
use market::Market;

/// How many scaled units make one of cost. With four, an offer is at last a quarter of a unit too
/// high; one or sixteen took up to a quarter longer on 48,000 pairs.
const SCALE: i64 = 4;

/// Prices and the lengths of ways keep within this, so that two of them and a cost can be added.
const LIMIT: i64 = i64::MAX / 8;

/// No right, no left.
const NONE: u32 = u32::MAX;

/// Flows in arc order and prices in node order; `None` where the network is not one of single units
/// from givers to takers, where costs are more than 2³² apart, and where so many offers did not
/// suffice: perhaps somebody has to stay alone, which is for the other methods to show.
pub(crate) fn run(network: &Network) -> Option<(Vec<i64>, Vec<i64>)> {
    let market = Market::see(network)?;
    let mut state = State::new(&market);
    state.bid()?;
    state.mend()?;
    Some(state.answer(network))
}

/// Who is paired with whom, and the price of every taker.
struct State<'m> {
    market: &'m Market,
    /// By right, scaled: what its left pays on top of the cost. Prices only rise.
    price: Vec<i64>,
    /// By right: its left.
    left_of: Vec<u32>,
    /// By left: the offer it stands by, a place among the market's.
    stands_by: Vec<u32>,
}

impl<'m> State<'m> {
    fn new(market: &'m Market) -> Self {
        Self {
            market,
            price: vec![0; market.rights.len()],
            left_of: vec![NONE; market.rights.len()],
            stands_by: vec![NONE; market.lefts.len()],
        }
    }

    /// What a left pays in all by an offer.
    fn paid(&self, place: usize) -> i64 {
        let offer = self.market.offers[place];
        i64::from(offer.cost) * SCALE + self.price[offer.right as usize]
    }

    /// The least a left can pay; beyond any price where it has no offer.
    fn least(&self, left: usize) -> i64 {
        let places = self.market.places(left);
        places
            .map(|place| self.paid(place))
            .min()
            .unwrap_or(i64::MAX)
    }

    /// Lets those who pay more than this above their least go, and names them.
    fn let_go(&mut self, above: i64) -> Vec<u32> {
        let mut alone = Vec::new();
        for left in 0..self.market.lefts.len() {
            let place = self.stands_by[left];
            if place != NONE {
                if self.paid(place as usize) - above <= self.least(left) {
                    continue;
                }
                let right = self.market.offers[place as usize].right;
                self.left_of[right as usize] = NONE;
                self.stands_by[left] = NONE;
            }
            alone.push(crate::bounds::numbered(left));
        }
        alone
    }

    /// Prices rounded down to units of cost stay right: where `P ≤ K·c + Q`, also `⌊P/K⌋ ≤ c + ⌊Q/K⌋`.
    fn answer(&self, network: &Network) -> (Vec<i64>, Vec<i64>) {
        let mut flows = network.idle_flows();
        let mut prices = vec![0; network.node_count()];
        for (left, &node) in self.market.lefts.iter().enumerate() {
            let place = self.stands_by[left] as usize;
            flows[self.market.arcs[place] as usize] += 1;
            prices[node as usize] = (-self.paid(place)).div_euclid(SCALE) - self.market.cheapest;
        }
        for (right, &node) in self.market.rights.iter().enumerate() {
            prices[node as usize] = (-self.price[right]).div_euclid(SCALE);
        }
        (flows, prices)
    }
}

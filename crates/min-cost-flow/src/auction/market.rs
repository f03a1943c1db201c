//! The network as givers and takers of single units.

use crate::network::Network;

/// A way for one unit, as its giver sees it.
#[derive(Clone, Copy)]
pub(super) struct Offer {
    pub(super) right: u32,
    /// Above the cheapest of all.
    pub(super) cost: u32,
}

pub(super) struct Market {
    /// The nodes that give a unit, and those that take one.
    pub(super) lefts: Vec<u32>,
    pub(super) rights: Vec<u32>,
    /// By left, and at last their number: where its offers begin.
    firsts: Vec<u32>,
    pub(super) offers: Vec<Offer>,
    /// By offer: the arc of the network.
    pub(super) arcs: Vec<u32>,
    /// The least cost of an arc.
    pub(super) cheapest: i64,
    /// The dearest offer, above the cheapest.
    pub(super) dearest: i64,
}

impl Market {
    /// The market of a network, if it is one; linear.
    pub(super) fn see(network: &Network) -> Option<Self> {
        let (cheapest, dearest) = network.shape().costs.filter(|_| network.shape().pairs)?;
        u32::try_from(dearest.checked_sub(cheapest)?).ok()?;
        let mut market = Self {
            lefts: Vec::new(),
            rights: Vec::new(),
            firsts: Vec::new(),
            offers: Vec::new(),
            arcs: Vec::new(),
            cheapest,
            dearest: 0,
        };
        let number = market.number(network.supplies());
        market.sort(network, &number)?;
        let dearest = market.offers.iter().map(|offer| offer.cost).max();
        market.dearest = dearest.map_or(0, i64::from);
        Some(market)
    }

    /// Gives each node its number among its side's.
    fn number(&mut self, supplies: &[i64]) -> Vec<u32> {
        let mut number = vec![0; supplies.len()];
        for (node, &supply) in supplies.iter().enumerate() {
            let side = match supply {
                1 => &mut self.lefts,
                -1 => &mut self.rights,
                _ => continue,
            };
            number[node] = crate::bounds::numbered(side.len());
            side.push(crate::bounds::numbered(node));
        }
        number
    }

    /// A counting sort of the arcs by giver.
    fn sort(&mut self, network: &Network, number: &[u32]) -> Option<()> {
        let real = || {
            let arcs = network.arcs().iter().enumerate();
            arcs.filter(|(_, arc)| !arc.is_loop() && network.room(arc) > 0)
        };
        let lefts = self.lefts.len();
        let mut firsts = vec![0u32; lefts + 2];
        for (_, arc) in real() {
            firsts[number[arc.tail.index()] as usize + 2] += 1;
        }
        for left in 2..firsts.len() {
            firsts[left] += firsts[left - 1];
        }
        let count = firsts[lefts + 1] as usize;
        self.offers = vec![Offer { right: 0, cost: 0 }; count];
        self.arcs = vec![0; count];
        for (id, arc) in real() {
            let next = &mut firsts[number[arc.tail.index()] as usize + 1];
            let place = *next as usize;
            *next += 1;
            self.offers[place] = Offer {
                right: number[arc.head.index()],
                cost: u32::try_from(arc.cost - self.cheapest).ok()?,
            };
            self.arcs[place] = crate::bounds::numbered(id);
        }
        firsts.pop();
        self.firsts = firsts;
        Some(())
    }

    /// The places of a left's offers.
    pub(super) fn places(&self, left: usize) -> std::ops::Range<usize> {
        self.firsts[left] as usize..self.firsts[left + 1] as usize
    }
}

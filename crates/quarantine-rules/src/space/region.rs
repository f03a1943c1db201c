//! Regions of the space: a set of cells on every axis; and sets of regions.

use super::TooLarge;

/// A product of sets of cells, one on each axis; never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Region {
    axes: Vec<Vec<u64>>,
}

/// Regions, which may overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Regions(pub(crate) Vec<Region>);

/// Above so many regions a question is left unsettled, and said to be.
const MOST_REGIONS: usize = 20_000;

impl Region {
    pub(super) fn whole(cells: impl Iterator<Item = usize>) -> Self {
        let full = |cells: usize| {
            let mut words = vec![u64::MAX; cells.div_ceil(64)];
            if let Some(last) = words.last_mut()
                && !cells.is_multiple_of(64)
            {
                *last = (1 << (cells % 64)) - 1;
            }
            words
        };
        Region {
            axes: cells.map(full).collect(),
        }
    }

    /// With an axis narrowed to the cells that hold; nothing where none does.
    pub(super) fn narrowed(
        mut self,
        axis: usize,
        holds: impl Iterator<Item = bool>,
    ) -> Option<Self> {
        let words = self.axes.get_mut(axis)?;
        for (cell, holds) in holds.enumerate() {
            if !holds && let Some(word) = words.get_mut(cell / 64) {
                *word &= !(1 << (cell % 64));
            }
        }
        words.iter().any(|word| *word != 0).then_some(self)
    }

    /// The first cell of each axis.
    pub(super) fn first_cells(&self) -> impl Iterator<Item = Option<usize>> {
        self.axes.iter().map(|words| {
            let at = words.iter().position(|word| *word != 0)?;
            Some(at * 64 + words[at].trailing_zeros() as usize)
        })
    }

    /// The cells on an axis, each in or out.
    pub(super) fn cells(&self, axis: usize) -> Vec<bool> {
        let words = self.axes.get(axis).map(Vec::as_slice).unwrap_or_default();
        let bits = words
            .iter()
            .flat_map(|word| (0..64).map(move |bit| (word >> bit) & 1 == 1));
        bits.collect()
    }

    /// What two regions share.
    pub(crate) fn and(&self, other: &Region) -> Option<Region> {
        let mut axes = Vec::with_capacity(self.axes.len());
        for (a, b) in self.axes.iter().zip(&other.axes) {
            let both: Vec<u64> = a.iter().zip(b).map(|(a, b)| a & b).collect();
            if both.iter().all(|word| *word == 0) {
                return None;
            }
            axes.push(both);
        }
        Some(Region { axes })
    }

    /// The region without another, as regions that do not overlap: for each axis in turn, what
    /// lies outside there and inside on the axes before.
    fn without(&self, other: &Region, into: &mut Vec<Region>) {
        if self.and(other).is_none() {
            into.push(self.clone());
            return;
        }
        let mut inside = self.clone();
        for axis in 0..self.axes.len() {
            let of = |region: &Region| region.axes.get(axis).cloned().unwrap_or_default();
            let (own, taken) = (of(&inside), of(other));
            let outside: Vec<u64> = own.iter().zip(&taken).map(|(a, b)| a & !b).collect();
            if outside.iter().any(|word| *word != 0) {
                let mut rest = inside.clone();
                rest.axes[axis] = outside;
                into.push(rest);
            }
            inside.axes[axis] = own.iter().zip(&taken).map(|(a, b)| a & b).collect();
        }
    }

    /// One region in place of two that differ on one axis only.
    fn joined(&self, other: &Region) -> Option<Region> {
        let axes = self.axes.iter().zip(&other.axes).enumerate();
        let mut differing = axes.filter(|(_, (a, b))| a != b);
        let (axis, (a, b)) = differing.next()?;
        if differing.next().is_some() {
            return None;
        }
        let mut joined = self.clone();
        joined.axes[axis] = a.iter().zip(b).map(|(a, b)| a | b).collect();
        Some(joined)
    }
}

impl Regions {
    pub(crate) fn of(region: Option<Region>) -> Self {
        Regions(region.into_iter().collect())
    }

    fn within_budget(self) -> Result<Self, TooLarge> {
        match self.0.len() {
            0..=MOST_REGIONS => Ok(self),
            _ => Err(TooLarge),
        }
    }

    /// Whether nobody is in any.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What two sets of regions share.
    pub(crate) fn and(&self, other: &Regions) -> Result<Regions, TooLarge> {
        let mut shared = Vec::new();
        for a in &self.0 {
            shared.extend(other.0.iter().filter_map(|b| a.and(b)));
            if shared.len() > MOST_REGIONS {
                return Err(TooLarge);
            }
        }
        Ok(Regions(shared))
    }

    /// Both sets of regions, those of the second without the first.
    pub(crate) fn or(&self, other: &Regions) -> Result<Regions, TooLarge> {
        let mut all = self.0.clone();
        all.extend(other.without(self)?.0);
        Regions(all).within_budget()
    }

    /// These regions without others.
    pub(crate) fn without(&self, others: &Regions) -> Result<Regions, TooLarge> {
        let mut left = self.0.clone();
        for other in &others.0 {
            let mut next = Vec::with_capacity(left.len());
            for region in &left {
                region.without(other, &mut next);
            }
            left = Regions(next).within_budget()?.0;
        }
        Ok(Regions(left))
    }

    /// Fewer regions for the same people, where two make one.
    pub(crate) fn merged(mut self) -> Regions {
        // Each round takes two regions away for one, so that it ends.
        while self.0.len() <= 200 {
            let pairs = (0..self.0.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
            let mut joined = pairs.filter_map(|(a, b)| Some((a, b, self.0[a].joined(&self.0[b])?)));
            let Some((a, b, one)) = joined.next() else {
                break;
            };
            self.0.remove(a);
            self.0[b] = one;
        }
        self.0.sort_unstable();
        self
    }
}

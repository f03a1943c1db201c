//! Places on which so much hangs that no grid can hold them.
//!
//! Without one place its island may fall into pieces. A grid that does not hold the place lies
//! inside one of them, so what a piece cannot make up in grids of its own goes to the one grid that
//! holds the place. Where that comes to more than the most, there is no division.

use super::Hindrance;
use super::measure::Measure;
use super::propose::Asked;

/// Every place whose grid would be too large. One walk through each island, in depth, finds for
/// every place the pieces that hang on it (Hopcroft and Tarjan, "Algorithm 447: efficient
/// algorithms for graph manipulation", Communications of the ACM 16 (1973), 372–378).
pub(super) fn bottlenecks(asked: &Asked<'_>) -> Vec<Hindrance> {
    let question = asked.question;
    let measure = Measure::new(question.territory, question.balance, Vec::new());
    let mut walk = Walk::new(&measure);
    for island in &asked.islands {
        if let Some(&root) = island.first() {
            walk.through(root);
            walk.count_rest(island);
        }
    }
    let places = question.territory.places().iter().zip(walk.must_hold);
    places
        .filter(|(_, must_hold)| *must_hold > u64::from(question.balance.most()))
        .map(|(place, must_hold)| Hindrance::Bottleneck {
            area: place.area,
            village: place.village,
            must_hold,
            most: question.balance.most(),
        })
        .collect()
}

const UNSEEN: usize = usize::MAX;

struct Walk<'a> {
    measure: &'a Measure<'a>,
    /// When each place was first met.
    met: Vec<usize>,
    /// The earliest place met that the walk below a place leads back to.
    leads_back: Vec<usize>,
    /// Households and number of places met from each place on.
    below: Vec<(u64, usize)>,
    /// Of that, what falls off without the place.
    cut_off: Vec<(u64, usize)>,
    must_hold: Vec<u64>,
    clock: usize,
}

impl<'a> Walk<'a> {
    fn new(measure: &'a Measure<'a>) -> Self {
        let places = measure.territory.places().len();
        let weight = |place| measure.weight(place);
        Walk {
            measure,
            met: vec![UNSEEN; places],
            leads_back: vec![UNSEEN; places],
            below: (0..places).map(|place| (weight(place), 1)).collect(),
            cut_off: vec![(0, 0); places],
            must_hold: (0..places).map(weight).collect(),
            clock: 0,
        }
    }

    fn meet(&mut self, place: usize) {
        self.met[place] = self.clock;
        self.leads_back[place] = self.clock;
        self.clock += 1;
    }

    /// Walks in depth with a list of its own: a chain of villages may be longer than a stack is
    /// deep.
    fn through(&mut self, root: usize) {
        let territory = self.measure.territory;
        self.meet(root);
        let mut open = vec![(root, 0)];
        while let Some((at, next)) = open.pop() {
            if let Some(&(to, _)) = territory.ways(at).get(next) {
                open.push((at, next + 1));
                if self.met[to] == UNSEEN {
                    self.meet(to);
                    open.push((to, 0));
                } else {
                    self.leads_back[at] = self.leads_back[at].min(self.met[to]);
                }
            } else if let Some(&(above, _)) = open.last() {
                self.close(at, above);
            }
        }
    }

    /// Everything below a place is known: the place above it learns what hangs on it.
    fn close(&mut self, place: usize, above: usize) {
        let (households, places) = self.below[place];
        self.below[above].0 += households;
        self.below[above].1 += places;
        self.leads_back[above] = self.leads_back[above].min(self.leads_back[place]);
        if self.leads_back[place] >= self.met[above] {
            self.cut_off[above].0 += households;
            self.cut_off[above].1 += places;
            self.must_hold[above] += self.left_over(households, places);
        }
    }

    /// What does not fall off below a place is one more piece.
    fn count_rest(&mut self, island: &[usize]) {
        let all = self.measure.households(island);
        for &place in island {
            let (cut_off, places) = self.cut_off[place];
            let rest = all - cut_off - self.measure.weight(place);
            self.must_hold[place] += self.left_over(rest, island.len() - places - 1);
        }
    }

    /// The fewest households of a piece that no grids of its own can hold.
    fn left_over(&self, households: u64, places: usize) -> u64 {
        let most_grids = self.measure.counts(households, places).1;
        households.saturating_sub(most_grids.saturating_mul(self.measure.most))
    }
}

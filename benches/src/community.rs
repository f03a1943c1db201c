//! A community's contacts, and the least a closure over them can cost: a bare loop.

/// A contact as a program would log it: 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// Seconds from the first midnight.
    pub start: u32,
    /// One person.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Seconds.
    pub duration: u32,
}

/// Contacts of a community over 21 days, in no order: a third inside households of one to seven,
/// the rest at venues whose sizes have a heavy tail (Pareto, exponent 1.2), between 7 and 21 h.
/// The same for the same sizes.
pub fn community(people: u32, contacts: usize) -> Vec<Record> {
    let mut chance = Chance(20_200_301);
    let household = households(people, &mut chance);
    let venue = venues(people, &mut chance);
    let shuffled = shuffled(people, &mut chance);
    let mut records = Vec::with_capacity(contacts);
    while records.len() < contacts {
        let at_home = chance.below(3) == 0;
        let place = chance.below(people);
        let (first, size) = if at_home {
            household[place as usize]
        } else {
            venue[place as usize]
        };
        let (a, b) = if at_home {
            (place, first + chance.below(size))
        } else {
            let near = first + (place - first + 1 + chance.below(59)) % size;
            (shuffled[place as usize], shuffled[near as usize])
        };
        let start = chance.below(21) * 86_400 + 25_200 + chance.in_the_day(50_400);
        let duration = 60 + chance.below(1_800);
        if a != b {
            records.push(Record {
                start,
                a,
                b,
                duration,
            });
        }
    }
    records
}

/// The arrival at everyone from a seed at second 0, by one loop over a sorted log and nothing
/// else: what every faster way is measured against.
pub fn bare_loop(sorted: &[Record], people: u32, seed: u32) -> Vec<u32> {
    let mut arrival = vec![u32::MAX; people as usize];
    arrival[seed as usize] = 0;
    for record in sorted {
        let (x, y) = (arrival[record.a as usize], arrival[record.b as usize]);
        if x < record.start && record.start < y {
            arrival[record.b as usize] = record.start;
        } else if y < record.start && record.start < x {
            arrival[record.a as usize] = record.start;
        }
    }
    arrival
}

/// For each person the first of its household and how many there are.
fn households(people: u32, chance: &mut Chance) -> Vec<(u32, u32)> {
    let mut of = Vec::new();
    while of.len() < people as usize {
        let first = of.len() as u32;
        let size = (1 + chance.below(7)).min(people - first);
        of.extend((0..size).map(|_| (first, size)));
    }
    of
}

/// For each place in a venue the first of its venue and how many there are.
fn venues(people: u32, chance: &mut Chance) -> Vec<(u32, u32)> {
    let weights: Vec<f64> = (0..(people / 40).max(1))
        .map(|_| chance.unit().powf(-1.0 / 1.2))
        .collect();
    let all: f64 = weights.iter().sum();
    let mut of = Vec::new();
    let mut sum = 0.0;
    for weight in weights {
        sum += weight;
        let first = of.len() as u32;
        let end = ((sum / all * f64::from(people)) as u32)
            .min(people)
            .max(first);
        of.extend((first..end).map(|_| (first, end - first)));
    }
    let first = of.len() as u32;
    of.extend((first..people).map(|_| (first, people - first)));
    of
}

fn shuffled(people: u32, chance: &mut Chance) -> Vec<u32> {
    let mut order: Vec<u32> = (0..people).collect();
    for place in (1..people).rev() {
        order.swap(place as usize, chance.below(place + 1) as usize);
    }
    order
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below another.
    pub fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// More than 0, at most 1.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    /// The middle one of three, as a beta distribution (2, 2) has it.
    fn in_the_day(&mut self, bound: u32) -> u32 {
        let mut three = [self.below(bound), self.below(bound), self.below(bound)];
        three.sort_unstable();
        three[1]
    }
}

//! Links that someone should look at again. They count all the same.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::words;

use super::Chains;

words! {
    /// What is odd about a link.
    pub enum Flag {
        /// Infector and infectee are the same person.
        InfectsItself = "infector and infectee are the same person",
        /// The same two people are linked in an earlier row.
        Repeated = "repeats an earlier link",
        /// Another infector of the same person is named in an earlier row.
        SecondInfector = "names a second infector",
        /// The infectee fell ill before the infector: possible, but to be checked.
        IllBeforeInfector = "the infectee fell ill before the infector",
        /// Following infectors from here never ends at a root.
        Circle = "leads in a circle",
    }
}

/// A link with what is odd about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FlaggedLink {
    /// Which row of the links, counted from 0.
    pub row: usize,
    /// Who is said to have infected.
    pub infector: String,
    /// Whom.
    pub infectee: String,
    /// What is odd.
    pub flag: Flag,
}

impl Chains {
    /// The links to look at again, in the order of rows.
    pub fn flagged(&self) -> Vec<FlaggedLink> {
        let mut flagged = Vec::new();
        let mut infectors: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (row, (from, to)) in self.ends().enumerate() {
            let mut flag = |flag| {
                flagged.push(FlaggedLink {
                    row,
                    infector: self.id(from).to_owned(),
                    infectee: self.id(to).to_owned(),
                    flag,
                });
            };
            let earlier = infectors.entry(to).or_default();
            if from == to {
                flag(Flag::InfectsItself);
            }
            if earlier.contains(&from) {
                flag(Flag::Repeated);
            } else if !earlier.is_empty() {
                flag(Flag::SecondInfector);
            }
            if let (Some(first), Some(second)) = (self.onset(from), self.onset(to))
                && second < first
            {
                flag(Flag::IllBeforeInfector);
            }
            if from != to && self.generations[to.index()].is_none() {
                flag(Flag::Circle);
            }
            earlier.insert(from);
        }
        flagged
    }
}

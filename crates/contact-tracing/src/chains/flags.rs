//! Rows that someone should look at again. They count all the same.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;
use grid_model::words;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::NodeIndex;

use super::{CaseDates, Chains};

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
        /// Who was infected here infected, over others, the infector.
        Circle = "leads in a circle",
        /// Following infectors up from here ends in a circle, never at a root.
        BelowCircle = "comes from a circle",
        /// The infector was isolated before the infectee's first possible exposure: to be checked,
        /// since wards leak.
        IsolatedBefore = "the infector was isolated before the infectee was exposed",
        /// The infector died before the infectee's first possible exposure. Some diseases are
        /// caught from the dead: a burial is a reason, but one to be written down.
        DiedBefore = "the infector died before the infectee was exposed",
        /// The infector was not yet infected when the infectee's exposure ended.
        InfectedLater = "the infector was exposed after the infectee",
        /// The line list does not have the infector.
        InfectorNotListed = "the infector is not in the line list",
        /// The line list does not have the infectee.
        InfecteeNotListed = "the infectee is not in the line list",
    }
}

impl Flag {
    /// Whether such a link cannot be, rather than only being odd.
    pub fn is_impossible(self) -> bool {
        matches!(
            self,
            Flag::InfectsItself | Flag::Circle | Flag::InfectedLater
        )
    }
}

words! {
    /// What is odd about a row of the line list.
    pub enum CaseFlag {
        /// An earlier row has the same case and contradicts nothing.
        Repeated = "repeats an earlier row",
        /// An earlier row has the same case with another onset.
        OtherOnset = "an earlier row of this case has another onset",
        /// The onset is after the confirmation: possible where contacts are tested.
        OnsetAfterConfirmation = "fell ill after being confirmed",
        /// The onset is before the first day of possible infection.
        OnsetBeforeExposure = "fell ill before being exposed",
        /// The onset is after the death.
        OnsetAfterDeath = "fell ill after death",
        /// The exposure ends before it begins.
        ExposureEndsBeforeItBegins = "the exposure ends before it begins",
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

/// A row of the line list with what is odd about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FlaggedCase {
    /// Which row of the line list, counted from 0.
    pub row: usize,
    /// The case.
    pub id: String,
    /// What is odd.
    pub flag: CaseFlag,
}

impl Chains {
    /// The links to look at again, in the order of rows, those of a row in the order of
    /// [`Flag`]. Cost: n log n.
    pub fn flagged(&self) -> Vec<FlaggedLink> {
        let merged = self.merged();
        let circle_of = self.circle_of();
        let mut flagged = Vec::new();
        // Asked for membership alone, never iterated.
        let mut pairs = HashSet::with_capacity(self.links());
        let mut has_infector = vec![false; self.people()];
        for (link, (from, to)) in self.links.iter().zip(self.ends()) {
            let mut flags = Vec::new();
            if !pairs.insert((from, to)) {
                flags.push(Flag::Repeated);
            } else if has_infector[to.index()] {
                flags.push(Flag::SecondInfector);
            }
            has_infector[to.index()] = true;
            if from == to {
                flags.push(Flag::InfectsItself);
            } else if circle_of[from.index()] == circle_of[to.index()] {
                flags.push(Flag::Circle);
            } else if self.generation_of(to).is_none() {
                flags.push(Flag::BelowCircle);
            }
            let ends = [merged[from.index()], merged[to.index()]];
            flags.extend(odd_days(ends));
            flags.sort_unstable();
            flagged.extend(flags.into_iter().map(|flag| FlaggedLink {
                row: link.row,
                infector: self.id(from).to_owned(),
                infectee: self.id(to).to_owned(),
                flag,
            }));
        }
        flagged
    }

    /// The rows of the line list to look at again, in the order of rows, those of a row in the
    /// order of [`CaseFlag`]. Cost: n log n.
    pub fn flagged_cases(&self) -> Vec<FlaggedCase> {
        let mut flagged = Vec::new();
        let mut earlier: BTreeMap<NodeIndex, BTreeSet<Option<NaiveDate>>> = BTreeMap::new();
        for case in &self.cases {
            let mut flags = odd_days_of(case.dates);
            let onsets = earlier.entry(case.person).or_default();
            let onset = case.dates.onset;
            let other = |known: &Option<NaiveDate>| known.is_some() && *known != onset;
            if onset.is_some() && onsets.iter().any(other) {
                flags.push(CaseFlag::OtherOnset);
            } else if !onsets.is_empty() {
                flags.push(CaseFlag::Repeated);
            }
            onsets.insert(onset);
            flags.sort_unstable();
            flagged.extend(flags.into_iter().map(|flag| FlaggedCase {
                row: case.row,
                id: self.id(case.person).to_owned(),
                flag,
            }));
        }
        flagged
    }
}

impl Chains {
    /// A number for each person, equal where links lead both from one to the other and back.
    fn circle_of(&self) -> Vec<usize> {
        let mut circle_of = vec![0; self.people()];
        // Kosaraju's passes are loops: a chain may be longer than a stack is deep.
        for (number, together) in kosaraju_scc(&self.graph).into_iter().enumerate() {
            for person in together {
                circle_of[person.index()] = number;
            }
        }
        circle_of
    }
}

/// What the days of both ends say against a link.
fn odd_days([infector, infectee]: [Option<CaseDates>; 2]) -> Vec<Flag> {
    let mut flags = Vec::new();
    if infector.is_none() {
        flags.push(Flag::InfectorNotListed);
    }
    if infectee.is_none() {
        flags.push(Flag::InfecteeNotListed);
    }
    let (Some(infector), Some(infectee)) = (infector, infectee) else {
        return flags;
    };
    let before = [
        (Flag::IllBeforeInfector, infectee.onset, infector.onset),
        (
            Flag::IsolatedBefore,
            infector.isolated,
            infectee.exposed_from,
        ),
        (Flag::DiedBefore, infector.died, infectee.exposed_from),
        (
            Flag::InfectedLater,
            infectee.exposed_until,
            infector.exposed_from,
        ),
    ];
    flags.extend(contradicted(before));
    flags
}

/// What the days of one row say against each other.
fn odd_days_of(dates: CaseDates) -> Vec<CaseFlag> {
    use CaseFlag::{
        ExposureEndsBeforeItBegins, OnsetAfterConfirmation, OnsetAfterDeath, OnsetBeforeExposure,
    };
    let before = [
        (OnsetAfterConfirmation, dates.confirmed, dates.onset),
        (OnsetBeforeExposure, dates.onset, dates.exposed_from),
        (OnsetAfterDeath, dates.died, dates.onset),
        (
            ExposureEndsBeforeItBegins,
            dates.exposed_until,
            dates.exposed_from,
        ),
    ];
    contradicted(before).collect()
}

/// The flags whose first day is before the second, where both are known.
fn contradicted<F, const N: usize>(
    before: [(F, Option<NaiveDate>, Option<NaiveDate>); N],
) -> impl Iterator<Item = F> {
    let known = before.into_iter();
    known.filter_map(|(flag, first, second)| (first? < second?).then_some(flag))
}

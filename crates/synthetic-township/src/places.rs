//! The area tree and its dwellings.

use std::ops::Range;

use grid_model::{AreaId, AreaLevel, AreaRow, DwellingPresence, HouseholdId};

use crate::chance::{Chance, split};
use crate::names::{Name, VillageNames, numeral};
use crate::plan::Plan;

/// Areas and dwellings, numbered as their keys sort: an area's number is its dense id.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub(crate) areas: Vec<AreaRow>,
    pub(crate) communities: Vec<Community>,
    pub(crate) villages: Vec<Village>,
    pub(crate) groups: Vec<Group>,
    pub(crate) dwellings: Vec<Dwelling>,
    /// The dense id of every area, by its number.
    pub(crate) area_ids: Vec<AreaId>,
    /// The dense id of every dwelling, by its number.
    pub(crate) household_ids: Vec<HouseholdId>,
}

#[derive(Clone, Debug)]
pub(crate) struct Community {
    pub(crate) area: usize,
    pub(crate) villages: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Village {
    pub(crate) area: usize,
    pub(crate) community: usize,
    pub(crate) groups: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) area: usize,
    pub(crate) village: usize,
    pub(crate) dwellings: Range<usize>,
    /// Dwellings that must be screened.
    pub(crate) households: u32,
}

/// A house, in a village group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dwelling {
    pub(crate) group: usize,
    pub(crate) presence: Option<DwellingPresence>,
}

impl Dwelling {
    /// Whether people are drawn for it.
    pub(crate) fn is_lived_in(self) -> bool {
        self.presence == Some(DwellingPresence::Occupied)
    }
}

impl Places {
    /// Draws the places of a plan.
    pub(crate) fn draw(plan: &Plan, chance: &mut Chance) -> Self {
        let mut names = VillageNames::new(chance);
        let mut places = Places::empty(&plan.name);
        let sizes = &plan.places;
        let widths = [sizes.communities, sizes.villages, sizes.groups].map(digits);
        let villages = spread(sizes.villages, sizes.communities, chance);
        let mut groups = spread(sizes.groups, sizes.villages, chance).into_iter();
        for (number, villages) in villages.into_iter().enumerate() {
            let key = format!("A{:01$}", number + 1, widths[0]);
            let community = names.next();
            let name = Name {
                zh: community.zh + "社区",
                en: community.en + " Community",
            };
            let area = places.add("A", &key, AreaLevel::Community, name);
            let first = places.villages.len();
            for village in 0..villages {
                let name = names.next();
                let own = format!("{key}-{:01$}", village + 1, widths[1]);
                let area = places.add(&key, &own, AreaLevel::NaturalVillage, name.clone());
                let groups = places.add_groups(&own, groups.next().unwrap_or(1), widths[2], &name);
                places.villages.push(Village {
                    area,
                    community: number,
                    groups,
                });
            }
            places.communities.push(Community {
                area,
                villages: first..places.villages.len(),
            });
        }
        places.house(plan, chance);
        places.area_ids = ids(places.areas.len(), AreaId::from_index);
        places.household_ids = ids(places.dwellings.len(), HouseholdId::from_index);
        places
    }

    fn empty(name: &Name) -> Self {
        Places {
            areas: vec![AreaRow {
                id: "A".to_owned(),
                parent: None,
                level: AreaLevel::Town,
                name_zh: name.zh.clone(),
                name_en: name.en.clone(),
            }],
            communities: Vec::new(),
            villages: Vec::new(),
            groups: Vec::new(),
            dwellings: Vec::new(),
            area_ids: Vec::new(),
            household_ids: Vec::new(),
        }
    }

    fn add(&mut self, parent: &str, key: &str, level: AreaLevel, name: Name) -> usize {
        self.areas.push(AreaRow {
            id: key.to_owned(),
            parent: Some(parent.to_owned()),
            level,
            name_zh: name.zh,
            name_en: name.en,
        });
        self.areas.len() - 1
    }

    fn add_groups(&mut self, key: &str, groups: usize, width: usize, name: &Name) -> Range<usize> {
        let (first, village) = (self.groups.len(), self.villages.len());
        for group in 0..groups {
            let named = Name {
                zh: format!("{}{}组", name.zh, numeral(group + 1)),
                en: format!("{} Group {}", name.en, group + 1),
            };
            let own = format!("{key}-{:0width$}", group + 1);
            let area = self.add(key, &own, AreaLevel::VillageGroup, named);
            self.groups.push(Group {
                area,
                village,
                dwellings: 0..0,
                households: 0,
            });
        }
        first..self.groups.len()
    }

    /// Puts every dwelling into a group: those to be screened, and the vacant and moved beside.
    fn house(&mut self, plan: &Plan, chance: &mut Chance) {
        let weights: Vec<u64> = self
            .groups
            .iter()
            .map(|_| chance.between(60, 140) as u64)
            .collect();
        let sizes = &plan.places;
        let mut kinds: Vec<Option<DwellingPresence>> = Vec::new();
        kinds.resize(sizes.presence_unknown, None);
        kinds.resize(sizes.households, Some(DwellingPresence::Occupied));
        kinds.resize(
            sizes.households + sizes.vacant,
            Some(DwellingPresence::Vacant),
        );
        let all = sizes.households + sizes.vacant + sizes.moved;
        kinds.resize(all, Some(DwellingPresence::Moved));
        chance.shuffle(&mut kinds);
        let parts = split(all as u64, &weights);
        let mut kinds = kinds.into_iter();
        for (number, part) in parts.into_iter().enumerate() {
            let first = self.dwellings.len();
            let own = kinds.by_ref().take(usize::try_from(part).unwrap_or(0));
            self.dwellings.extend(own.map(|presence| Dwelling {
                group: number,
                presence,
            }));
            let group = &mut self.groups[number];
            group.dwellings = first..self.dwellings.len();
            let must = |dwelling: &&Dwelling| {
                matches!(dwelling.presence, None | Some(DwellingPresence::Occupied))
            };
            let households = self.dwellings[first..].iter().filter(must).count();
            group.households = u32::try_from(households).unwrap_or(u32::MAX);
        }
    }

    /// The dwellings of a village.
    pub(crate) fn dwellings_of_village(&self, village: usize) -> Range<usize> {
        self.dwellings_of_groups(&self.villages[village].groups)
    }

    /// The dwellings of a community.
    pub(crate) fn dwellings_of_community(&self, community: usize) -> Range<usize> {
        let villages = &self.communities[community].villages;
        let first = self
            .villages
            .get(villages.start)
            .map_or(0, |village| village.groups.start);
        let end = villages
            .end
            .checked_sub(1)
            .map_or(first, |last| self.villages[last].groups.end);
        self.dwellings_of_groups(&(first..end))
    }

    fn dwellings_of_groups(&self, groups: &Range<usize>) -> Range<usize> {
        let first = self
            .groups
            .get(groups.start)
            .map_or(0, |group| group.dwellings.start);
        let end = groups
            .end
            .checked_sub(1)
            .map_or(first, |last| self.groups[last].dwellings.end);
        first..end
    }

    /// The village a dwelling stands in.
    pub(crate) fn village_of(&self, dwelling: usize) -> usize {
        self.groups[self.dwellings[dwelling].group].village
    }

    /// The community a dwelling stands in.
    pub(crate) fn community_of(&self, dwelling: usize) -> usize {
        self.villages[self.village_of(dwelling)].community
    }
}

/// So many things over so many places, at least one in each while there are enough.
fn spread(things: usize, places: usize, chance: &mut Chance) -> Vec<usize> {
    let weights: Vec<u64> = (0..places)
        .map(|_| chance.between(50, 150) as u64)
        .collect();
    let each = usize::from(things >= places);
    let parts = split((things - each * places) as u64, &weights);
    let parts = parts
        .into_iter()
        .map(|part| usize::try_from(part).unwrap_or(0));
    parts.map(|part| part + each).collect()
}

/// How many digits keys of so many things need: all of one level have one width, so they sort.
fn digits(things: usize) -> usize {
    things.to_string().len().max(2)
}

/// The dense ids of so many things, in order.
pub(crate) fn ids<T>(things: usize, from_index: impl Fn(usize) -> Option<T>) -> Vec<T> {
    (0..things).filter_map(from_index).collect()
}

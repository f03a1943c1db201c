//! The area tree: a town, its communities, natural villages and village groups, or any other
//! levels of any depth.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::{AreaId, Keys};

/// How high an area stands. A county above the town or a camp block below a group are levels of
/// their own names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaLevel {
    /// The township itself.
    Town,
    /// 社区 or 村委会.
    Community,
    /// 自然村.
    NaturalVillage,
    /// 村民小组.
    VillageGroup,
    /// Any other level, by its own name.
    Other(Box<str>),
}

impl AreaLevel {
    /// The level with this name; a name of your own makes a level of your own.
    pub fn named(name: &str) -> Self {
        match name {
            "town" => AreaLevel::Town,
            "community" => AreaLevel::Community,
            "natural_village" => AreaLevel::NaturalVillage,
            "village_group" => AreaLevel::VillageGroup,
            other => AreaLevel::Other(other.into()),
        }
    }

    /// The name as a table has it.
    pub fn name(&self) -> &str {
        match self {
            AreaLevel::Town => "town",
            AreaLevel::Community => "community",
            AreaLevel::NaturalVillage => "natural_village",
            AreaLevel::VillageGroup => "village_group",
            AreaLevel::Other(name) => name,
        }
    }
}

/// One area as it comes in, by keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AreaRow {
    /// The area's own id.
    pub id: String,
    /// The area it lies in; nothing for the topmost.
    pub parent: Option<String>,
    /// How high it stands.
    pub level: AreaLevel,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
}

/// Why an area was not taken. The areas below it go with it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AreaError {
    /// Two rows have one id.
    #[error("area {id:?}, id: {id:?} is used twice; give this row an id of its own")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// The parent is not there.
    #[error(
        "area {id:?}, parent: there is no area {parent:?}; name the area it lies in, or leave it empty"
    )]
    UnknownParent {
        /// The area.
        id: String,
        /// The parent it names.
        parent: String,
    },
    /// Areas lie in each other in a circle.
    #[error("area {id:?}, parent: {parent:?} lies inside this area itself; name the area above it")]
    Circle {
        /// The area.
        id: String,
        /// The parent it names.
        parent: String,
    },
}

impl AreaError {
    /// The row at fault.
    pub fn id(&self) -> &str {
        match self {
            AreaError::DuplicateId { id }
            | AreaError::UnknownParent { id, .. }
            | AreaError::Circle { id, .. } => id,
        }
    }

    /// The column at fault and the value in it.
    pub fn column(&self) -> (&'static str, &str) {
        match self {
            AreaError::DuplicateId { id } => ("id", id),
            AreaError::UnknownParent { parent, .. } | AreaError::Circle { parent, .. } => {
                ("parent", parent)
            }
        }
    }
}

/// The areas of a township, in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    keys: Keys,
    parent: Vec<Option<AreaId>>,
    level: Vec<AreaLevel>,
    name_zh: Vec<Box<str>>,
    name_en: Vec<Box<str>>,
    children: Vec<Vec<AreaId>>,
}

impl Areas {
    /// Builds the tree from rows in any order; what breaks a rule comes back beside it.
    pub fn build(mut rows: Vec<AreaRow>) -> (Self, Vec<AreaError>) {
        let mut refused = Vec::new();
        rows.sort_unstable();
        let mut kept: Vec<AreaRow> = Vec::with_capacity(rows.len());
        for row in rows {
            if kept.last().is_some_and(|last| last.id == row.id) {
                refused.push(AreaError::DuplicateId { id: row.id });
            } else {
                kept.push(row);
            }
        }
        let reached = reached_from_the_top(&kept);
        let ids = Keys::new(kept.iter().map(|row| row.id.as_str()));
        let mut sound = Vec::with_capacity(kept.len());
        for (row, reached) in kept.into_iter().zip(reached) {
            match row.parent {
                Some(parent) if !reached => refused.push(if ids.position(&parent).is_some() {
                    Self::unreached(&ids, row.id, parent)
                } else {
                    AreaError::UnknownParent { id: row.id, parent }
                }),
                _ => sound.push(row),
            }
        }
        refused.sort_by(|a, b| a.id().cmp(b.id()));
        (Self::of_sound_rows(sound), refused)
    }

    /// An area whose parent is there but was refused, or lies in a circle.
    fn unreached(ids: &Keys, id: String, parent: String) -> AreaError {
        if ids.position(&id) == ids.position(&parent) {
            AreaError::Circle { id, parent }
        } else {
            AreaError::UnknownParent { id, parent }
        }
    }

    fn of_sound_rows(rows: Vec<AreaRow>) -> Self {
        let keys = Keys::new(rows.iter().map(|row| row.id.as_str()));
        let mut areas = Areas {
            children: vec![Vec::new(); keys.len()],
            keys,
            ..Areas::default()
        };
        for (index, row) in rows.into_iter().enumerate() {
            let parent = row.parent.and_then(|parent| areas.id(&parent));
            if let (Some(parent), Some(own)) = (parent, AreaId::from_index(index)) {
                areas.children[parent.index()].push(own);
            }
            areas.parent.push(parent);
            areas.level.push(row.level);
            areas.name_zh.push(row.name_zh.into());
            areas.name_en.push(row.name_en.into());
        }
        areas
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// All areas, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = AreaId> + use<> {
        (0..self.len()).filter_map(AreaId::from_index)
    }

    /// The areas of one level, in the order of their keys.
    pub fn at_level<'a>(&'a self, level: &'a AreaLevel) -> impl Iterator<Item = AreaId> + 'a {
        self.iter().filter(move |&area| self.level(area) == level)
    }

    /// The area with this key.
    pub fn id(&self, key: &str) -> Option<AreaId> {
        self.keys.position(key).and_then(AreaId::from_index)
    }

    /// The key of an area.
    pub fn key(&self, area: AreaId) -> &str {
        self.keys.key(area.index())
    }

    /// The area it lies in.
    pub fn parent(&self, area: AreaId) -> Option<AreaId> {
        self.parent[area.index()]
    }

    /// The areas that lie directly in it.
    pub fn children(&self, area: AreaId) -> &[AreaId] {
        &self.children[area.index()]
    }

    /// How high it stands.
    pub fn level(&self, area: AreaId) -> &AreaLevel {
        &self.level[area.index()]
    }

    /// Its name in Chinese; the English one, then the key, where there is none.
    pub fn name_zh(&self, area: AreaId) -> &str {
        first_filled([
            &self.name_zh[area.index()],
            &self.name_en[area.index()],
            self.key(area),
        ])
    }

    /// Its name in English; the Chinese one, then the key, where there is none.
    pub fn name_en(&self, area: AreaId) -> &str {
        first_filled([
            &self.name_en[area.index()],
            &self.name_zh[area.index()],
            self.key(area),
        ])
    }

    /// The names exactly as they were given: Chinese, English.
    pub fn given_names(&self, area: AreaId) -> (&str, &str) {
        (&self.name_zh[area.index()], &self.name_en[area.index()])
    }

    /// The area itself and all it lies in, upwards.
    pub fn upwards(&self, area: AreaId) -> impl Iterator<Item = AreaId> + '_ {
        std::iter::successors(Some(area), |&area| self.parent(area))
    }

    /// The area of a level that this one is, or lies in.
    pub fn above(&self, area: AreaId, level: &AreaLevel) -> Option<AreaId> {
        self.upwards(area).find(|&area| self.level(area) == level)
    }

    /// For every area at once, the area of a level that it is or lies in: a column to index by
    /// [`AreaId::index`].
    pub fn column_above(&self, level: &AreaLevel) -> Vec<Option<AreaId>> {
        self.iter().map(|area| self.above(area, level)).collect()
    }

    /// Whether an area is another or lies in it.
    pub fn lies_in(&self, area: AreaId, outer: AreaId) -> bool {
        self.upwards(area).any(|area| area == outer)
    }

    /// The area that names the township: the first of level town, else the first that lies in none.
    pub fn town(&self) -> Option<AreaId> {
        self.at_level(&AreaLevel::Town)
            .next()
            .or_else(|| self.iter().find(|&area| self.parent(area).is_none()))
    }
}

fn first_filled(names: [&str; 3]) -> &str {
    names
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or("")
}

/// For each of the rows in order of id, whether a walk down from a topmost area reaches it.
fn reached_from_the_top(rows: &[AreaRow]) -> Vec<bool> {
    let mut children: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut open = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        match &row.parent {
            Some(parent) => children.entry(parent).or_default().push(index),
            None => open.push(index),
        }
    }
    let mut reached = vec![false; rows.len()];
    while let Some(row) = open.pop() {
        reached[row] = true;
        open.extend(children.get(rows[row].id.as_str()).into_iter().flatten());
    }
    reached
}

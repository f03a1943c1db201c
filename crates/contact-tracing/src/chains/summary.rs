//! The figures of an outbreak in one value, to be printed as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::Chains;
use crate::EpiCurve;

/// The statistics of an outbreak. Its serialised form has the keys in this order; histograms have
/// text as keys, and the curve a key `missing` where some onsets are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Rows of the line list.
    pub cases: usize,
    /// Rows of links, repeated and impossible ones too.
    pub links: usize,
    /// People in either.
    pub people: usize,
    /// People for whom different infectors are named, in the order of ids.
    pub infectees_with_two_infectors: Vec<String>,
    /// People who infected others and were infected by nobody.
    pub roots: usize,
    /// People by generation, roots being 0.
    pub generations: BTreeMap<u32, usize>,
    /// How many each infected.
    pub offspring: OffspringFigures,
    /// Days between onsets.
    pub serial_interval: SerialFigures,
    /// People held together by links.
    pub clusters: ClusterFigures,
    /// Rows of the line list by day of onset.
    #[serde(serialize_with = "curve")]
    pub epi_curve: EpiCurve,
}

/// How many each person infected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OffspringFigures {
    /// Links divided by people.
    pub mean: f64,
    /// Divided by n.
    pub variance: f64,
    /// The dispersion; nothing where the figures vary no more than chance.
    pub k: Option<f64>,
    /// People by how many they infected.
    pub histogram: BTreeMap<u32, u32>,
    /// The five who infected most, the most first, then by id.
    pub top: Vec<(String, u32)>,
}

/// Days from the onset of the infector to that of the infectee; nothing where no link has both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SerialFigures {
    /// Links with both onsets.
    pub n: usize,
    /// Days on average.
    pub mean: Option<f64>,
    /// The middle one, or the mean of the two in the middle.
    pub median: Option<f64>,
    /// Of the sample, divided by n − 1.
    pub sd: Option<f64>,
    /// The shortest.
    pub min: Option<i64>,
    /// The longest.
    pub max: Option<i64>,
    /// Links whose infectee fell ill first.
    pub negative: usize,
}

/// How many clusters there are, and the sizes of the five largest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClusterFigures {
    /// How many.
    pub count: usize,
    /// Of the largest, the largest first.
    pub largest: Vec<usize>,
}

/// How many of the largest are named.
const LARGEST: usize = 5;

impl Chains {
    /// The statistics of the outbreak. Cost: n log n.
    pub fn summary(&self) -> Summary {
        let offspring = self.offspring();
        let serial = self.serial_interval();
        let serial = serial.as_ref();
        let sizes: Vec<usize> = self.clusters().iter().map(super::Cluster::size).collect();
        let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
        let top = self.top_infectors(LARGEST).into_iter();
        Summary {
            cases: self.cases(),
            links: self.links(),
            people: self.people(),
            infectees_with_two_infectors: owned(self.infectees_with_two_infectors()),
            roots: self.roots().len(),
            generations: self.generation_sizes(),
            offspring: OffspringFigures {
                mean: offspring.mean,
                variance: offspring.variance,
                k: offspring.dispersion,
                histogram: offspring.histogram,
                top: top.map(|(id, count)| (id.to_owned(), count)).collect(),
            },
            serial_interval: SerialFigures {
                n: serial.map_or(0, |serial| serial.n),
                mean: serial.map(|serial| serial.mean),
                median: serial.map(|serial| serial.median),
                sd: serial.and_then(|serial| serial.sd),
                min: serial.map(|serial| serial.min),
                max: serial.map(|serial| serial.max),
                negative: serial.map_or(0, |serial| serial.negative),
            },
            clusters: ClusterFigures {
                count: sizes.len(),
                largest: sizes.into_iter().take(LARGEST).collect(),
            },
            epi_curve: self.epi_curve(),
        }
    }
}

/// Days as text with their count, and `missing` after them where some are.
fn curve<S: Serializer>(curve: &EpiCurve, serializer: S) -> Result<S::Ok, S::Error> {
    let missing = (curve.missing > 0).then_some(curve.missing);
    let entries = curve.by_day.len() + usize::from(missing.is_some());
    let mut map = serializer.serialize_map(Some(entries))?;
    for (day, count) in &curve.by_day {
        map.serialize_entry(day, count)?;
    }
    if let Some(missing) = missing {
        map.serialize_entry("missing", &missing)?;
    }
    map.end()
}

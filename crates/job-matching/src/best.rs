//! The most places filled, then the highest wages: one network that grows with workers plus
//! vacancies.
//!
//! Whoever has the same skills may take the same places, and a place asks for one skill or none:
//! so workers of one set of skills are one node, each skill is a node, and no pair of a worker
//! and a vacancy is ever written down, nor any left out.

use std::collections::{BTreeMap, BTreeSet};

use min_cost_flow::{
    ArcId, Flaw, Network, NetworkBuilder, NetworkErrors, NodeId, Optimum, Outcome, solve, verify,
};

/// The skills of a worker, in order; a place that asks for none is for everyone.
pub(crate) type SkillSet<'a> = Vec<&'a str>;

/// A vacancy that may be filled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places<'a> {
    pub(crate) skill: Option<&'a str>,
    pub(crate) places: u32,
    pub(crate) wage: i64,
}

/// For each worker the position of a vacancy, and the proof that no choice is better.
pub(crate) fn best(
    workers: &[SkillSet<'_>],
    vacancies: &[Places<'_>],
) -> Result<(Vec<Option<usize>>, Option<Optimum>), NetworkErrors> {
    let model = Model::new(workers, vacancies)?;
    let Outcome::Optimal(proof) = solve(&model.network) else {
        // Everybody may stay without a place and no arc gains: there always is an optimum.
        return Ok((vec![None; workers.len()], None));
    };
    Ok((model.read(workers.len(), &proof), Some(proof)))
}

/// The answer of a proof, once the proof has been checked against the question.
pub(crate) fn proven(
    workers: &[SkillSet<'_>],
    vacancies: &[Places<'_>],
    proof: &Optimum,
) -> Result<Vec<Option<usize>>, Flaw> {
    let Ok(model) = Model::new(workers, vacancies) else {
        return Err(Flaw::OtherNetwork {
            what: "workers",
            found: 0,
            expected: workers.len(),
        });
    };
    verify(&model.network, &Outcome::Optimal(proof.clone()))?;
    Ok(model.read(workers.len(), proof))
}

struct Model<'a> {
    network: Network,
    /// Workers of one set of skills, with the arcs by which each skill is used.
    classes: Vec<Class<'a>>,
    /// The skill asked for, the vacancy, and the arc between.
    offers: Vec<(Option<&'a str>, usize, ArcId)>,
}

struct Class<'a> {
    workers: Vec<usize>,
    uses: Vec<(Option<&'a str>, ArcId)>,
}

impl<'a> Model<'a> {
    fn new(workers: &[SkillSet<'a>], vacancies: &[Places<'a>]) -> Result<Self, NetworkErrors> {
        let count = as_amount(workers.len());
        let (highest, without) = prices(vacancies, count);
        let mut builder = NetworkBuilder::new();
        let asked: BTreeSet<Option<&'a str>> = vacancies.iter().map(|own| own.skill).collect();
        let skills: BTreeMap<Option<&'a str>, NodeId> = asked
            .into_iter()
            .map(|skill| (skill, builder.node(0)))
            .collect();
        let sink = builder.node(-count);
        let mut classes = Vec::new();
        for (set, workers) in by_skill_set(workers) {
            let own = as_amount(workers.len());
            let node = builder.node(own);
            let mut uses = Vec::new();
            for skill in set.iter().copied().map(Some).chain([None]) {
                if let Some(&to) = skills.get(&skill) {
                    uses.push((skill, builder.arc(node, to, 0, Some(own), 0)));
                }
            }
            builder.arc(node, sink, 0, Some(own), without);
            classes.push(Class { workers, uses });
        }
        let mut offers = Vec::with_capacity(vacancies.len());
        for (index, own) in vacancies.iter().enumerate() {
            let cost = highest - own.wage;
            let arc = builder.arc(
                skills[&own.skill],
                sink,
                0,
                Some(i64::from(own.places)),
                cost,
            );
            offers.push((own.skill, index, arc));
        }
        let network = builder.build()?;
        Ok(Model {
            network,
            classes,
            offers,
        })
    }

    /// Hands the flow out: of one set of skills and of one skill, workers in order, vacancies in
    /// order.
    fn read(&self, workers: usize, proof: &Optimum) -> Vec<Option<usize>> {
        let mut by_skill: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for class in &self.classes {
            let mut own = class.workers.iter().copied();
            for &(skill, arc) in &class.uses {
                let using = own.by_ref().take(as_count(proof.flow(arc)));
                by_skill.entry(skill).or_default().extend(using);
            }
        }
        let mut of_worker = vec![None; workers];
        let mut queues: BTreeMap<Option<&str>, std::vec::IntoIter<usize>> = by_skill
            .into_iter()
            .map(|(skill, mut own)| {
                own.sort_unstable();
                (skill, own.into_iter())
            })
            .collect();
        for &(skill, vacancy, arc) in &self.offers {
            if let Some(queue) = queues.get_mut(&skill) {
                for worker in queue.by_ref().take(as_count(proof.flow(arc))) {
                    of_worker[worker] = Some(vacancy);
                }
            }
        }
        of_worker
    }
}

/// The workers of each set of skills.
fn by_skill_set<'w, 'a>(workers: &'w [SkillSet<'a>]) -> BTreeMap<&'w [&'a str], Vec<usize>> {
    let mut of_set: BTreeMap<&[&str], Vec<usize>> = BTreeMap::new();
    for (index, skills) in workers.iter().enumerate() {
        of_set.entry(skills).or_default().push(index);
    }
    of_set
}

/// The highest wage, from which costs are counted down, and what a worker without a place costs:
/// one place filled outweighs the wages of all the others.
fn prices(vacancies: &[Places<'_>], workers: i64) -> (i64, i64) {
    let wages = || vacancies.iter().map(|own| own.wage);
    let highest = wages().max().unwrap_or(0);
    let lowest = wages().min().unwrap_or(0);
    let without = (highest - lowest).saturating_mul(workers + 1);
    (highest, without.saturating_add(1))
}

fn as_amount(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn as_count(flow: i64) -> usize {
    usize::try_from(flow).unwrap_or(0)
}

//! 重担子, the chains: whence each case may have come, in which settings contacts fell ill, and
//! whether the outbreak grows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contact_tracing::chains::{
    AttackRates, BadDelay, BadWeight, CaseDates, CaseRow, Chains, Cluster, ClusterStatus,
    ContactWeights, DelayDistribution, ExposureRow, LikelyInfectors, LinkRow, NotEstimated, Origin,
    ReproductionError, ReproductionEstimate, reproduction_numbers, secondary_attack_rates,
};
use contact_tracing::{
    CaseFacts, Origins, Place, TracingPolicy, cases_as_of, trace_backward, trace_each,
};
use grid_model::{AsOf, PersonId, Township};
use thiserror::Error;

use super::OutbreakDay;
use crate::policy::ChainPolicy;
use crate::{Policy, Records};

/// What the cases come to as chains.
#[derive(Clone, Debug)]
pub struct ChainsDay {
    /// Each case with its likeliest source, in the order of people.
    pub sources: Vec<CaseSource>,
    /// Of each case without a likely source: everyone and everywhere it was before it fell ill.
    pub unexplained: Vec<Origins>,
    /// Cases held together by their likeliest sources, the largest first, and whether each is over.
    pub clusters: Vec<(Cluster, ClusterStatus)>,
    /// Of those exposed to a case, the share that fell ill, by setting.
    pub attack: AttackRates,
    /// How many each case infects, over the days up to this one.
    pub reproduction: Result<ReproductionEstimate, NoReproduction>,
}

/// A case and who among the other cases most likely infected it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseSource {
    /// The case.
    pub person: PersonId,
    /// The first day of symptoms.
    pub onset: Option<NaiveDate>,
    /// How the source was found, or why there is none.
    pub origin: Origin,
    /// The likeliest source with its probability among all cases that met this one in time.
    pub likeliest: Option<(PersonId, f64)>,
}

/// Why nothing is said of chains.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum NoChains {
    /// The policy does not say how.
    #[error("the policy has no part chains; add it from a template to have them")]
    NotAsked,
    /// The serial interval of the policy cannot be.
    #[error("chains.serial_interval: {0}")]
    SerialInterval(#[from] BadDelay),
    /// A contact has a weight that cannot be.
    #[error(transparent)]
    Weight(#[from] BadWeight),
}

/// Why there is no reproduction number.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum NoReproduction {
    /// No onset is known.
    #[error("nobody is known to have fallen ill")]
    Nobody,
    /// The days up to this one do not allow an estimate.
    #[error(transparent)]
    Window(#[from] NotEstimated),
    /// The policy does not allow one on any day.
    #[error(transparent)]
    Policy(#[from] ReproductionError),
}

/// Asks `contact-tracing` of the chains of a day, by what its trace rests on.
///
/// Links are the likeliest infector among the cases that met a case before it fell ill, by the
/// serial interval of the policy.
///
/// # Errors
/// Where the policy does not say how, or what it says cannot be.
pub fn chains(
    township: &Township,
    records: &Records,
    policy: &Policy,
    outbreak: &OutbreakDay,
    as_of: AsOf,
) -> Result<ChainsDay, NoChains> {
    let how = policy.chains.as_ref().ok_or(NoChains::NotAsked)?;
    let (mean, sd) = (how.serial_interval_mean_days, how.serial_interval_sd_days);
    let serial = DelayDistribution::gamma(mean, sd)?.after_day_zero()?;
    let cases = cases_as_of(&records.cases, as_of);
    let tracing = TracingPolicy {
        window: outbreak.window,
        generations: 1,
        ..policy.tracing.clone()
    };
    let met = Met::of(township, outbreak, &cases, &tracing, as_of);
    let rows: Vec<CaseRow<'_>> = cases.iter().map(|case| case_row(township, case)).collect();
    let unlinked = Chains::from_rows(rows.iter().copied(), []);
    let in_time = ContactWeights::only(met.in_time(&unlinked));
    let likely = unlinked.likely_infectors(&serial, &in_time, &[])?;
    let sources = sources(township, &unlinked, &likely, &cases);
    let linked = sources.iter().filter_map(|one| {
        let (infector, _) = one.likeliest?;
        let key = |person| township.person_key(person);
        Some(LinkRow::new(key(infector), key(one.person)))
    });
    let linked = Chains::from_rows(rows.iter().copied(), linked);
    let status = |cluster: Cluster| {
        let status = cluster.status_on(as_of.day, how.quiet_days);
        (cluster, status)
    };
    let onsets: Vec<_> = rows.iter().map(|row| (row.id, row.dates.onset)).collect();
    Ok(ChainsDay {
        unexplained: unexplained(&sources, &cases, outbreak, &tracing),
        clusters: linked.clusters().into_iter().map(status).collect(),
        attack: secondary_attack_rates(&onsets, &met.rows(), &how.attack),
        reproduction: reproduction(&linked, &likely.imported(), &serial, how, as_of.day),
        sources,
    })
}

fn case_row<'t>(township: &'t Township, case: &CaseFacts) -> CaseRow<'t> {
    CaseRow {
        id: township.person_key(case.person),
        dates: CaseDates {
            onset: case.onset,
            confirmed: case.confirmed_at.map(|at| at.date()),
            isolated: case.isolated_at.map(|at| at.date()),
            ..CaseDates::default()
        },
    }
}

/// Everyone a case met while it could infect, other cases too.
struct Met<'t>(Vec<(&'t str, &'t str, Option<String>, NaiveDate)>);

impl<'t> Met<'t> {
    fn of(
        township: &'t Township,
        outbreak: &OutbreakDay,
        cases: &[CaseFacts],
        tracing: &TracingPolicy,
        as_of: AsOf,
    ) -> Self {
        let network = &outbreak.network;
        let setting = |evidence| match network.place(evidence) {
            Place::Contact { setting } => setting.map(String::from),
            Place::Venue(venue) => {
                let held = township.venues().held(venue.index(), as_of);
                held.map(|held| held.what.kind.to_string())
            }
        };
        let mut met = Vec::new();
        for trace in trace_each(network, cases, tracing, &|_| None) {
            let grounds = trace.grounds(network);
            for &person in trace.reached.keys() {
                met.extend(grounds.exposures(person).into_iter().map(|exposure| {
                    (
                        township.person_key(exposure.source),
                        township.person_key(person),
                        setting(exposure.evidence),
                        exposure.from.date(),
                    )
                }));
            }
        }
        Met(met)
    }

    /// Pairs of cases that met before the second fell ill: what came later infected nobody.
    fn in_time<'m>(&'m self, chains: &Chains) -> impl Iterator<Item = (&'t str, &'t str)> + 'm {
        let onset = |id: &str| chains.onset(chains.node(id)?);
        let onsets: BTreeMap<&str, NaiveDate> = self
            .0
            .iter()
            .filter_map(|(_, person, ..)| Some((*person, onset(person)?)))
            .collect();
        self.0.iter().filter_map(move |(source, person, _, day)| {
            (day <= onsets.get(person)?).then_some((*source, *person))
        })
    }

    fn rows(&self) -> Vec<ExposureRow<'_>> {
        self.0
            .iter()
            .map(|(source, person, setting, day)| ExposureRow {
                source,
                person,
                setting: setting.as_deref(),
                day: Some(*day),
            })
            .collect()
    }
}

fn sources(
    township: &Township,
    chains: &Chains,
    likely: &LikelyInfectors<'_>,
    cases: &[CaseFacts],
) -> Vec<CaseSource> {
    let by_key: BTreeMap<&str, PersonId> = cases
        .iter()
        .map(|case| (township.person_key(case.person), case.person))
        .collect();
    let person = |node| by_key.get(chains.id(node)).copied();
    let mut sources: Vec<CaseSource> = chains
        .nodes()
        .filter_map(|node| {
            let likeliest = likely.likeliest(node);
            Some(CaseSource {
                person: person(node)?,
                onset: chains.onset(node),
                origin: likely.origin(node)?,
                likeliest: likeliest
                    .and_then(|(infector, probability)| Some((person(infector)?, probability))),
            })
        })
        .collect();
    sources.sort_by_key(|one| one.person);
    sources
}

/// Where those came from of whom no other case is a likely source.
fn unexplained(
    sources: &[CaseSource],
    cases: &[CaseFacts],
    outbreak: &OutbreakDay,
    tracing: &TracingPolicy,
) -> Vec<Origins> {
    let without = sources.iter().filter(|one| one.likeliest.is_none());
    let facts = without.filter_map(|one| {
        let of_person = cases.iter().filter(|case| case.person == one.person);
        of_person.min_by_key(|case| (case.onset.is_none(), case.onset))
    });
    facts
        .map(|case| trace_backward(&outbreak.network, case, tracing))
        .collect()
}

fn reproduction(
    chains: &Chains,
    imported: &[&str],
    serial: &DelayDistribution,
    how: &ChainPolicy,
    day: NaiveDate,
) -> Result<ReproductionEstimate, NoReproduction> {
    let incidence = chains.incidence(imported);
    let windows = reproduction_numbers(&incidence, day, serial, &how.reproduction)?;
    let last = windows.last().ok_or(NoReproduction::Nobody)?;
    Ok(last.estimate?)
}

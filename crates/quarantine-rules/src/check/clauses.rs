//! Contradictions a clause carries in itself.

use super::finding::FindingKind;
use crate::{Clause, Measure};

/// What of a clause cannot be: its place, its end, what follows.
pub(super) fn contradictions(clause: &Clause) -> impl Iterator<Item = FindingKind> {
    let place = !can_have(clause.measure, &clause.place);
    let wrong = [
        (FindingKind::ImpossiblePlace, place),
        (FindingKind::WithoutEnd, is_without_end(clause)),
        (FindingKind::FollowUpWithoutEnd, follows_without_end(clause)),
    ];
    let wrong = wrong.into_iter().filter(|(_, wrong)| *wrong);
    wrong.map(|(kind, _)| kind)
}

/// Whether a measure can be kept at a place. Places are a book's own words: a site is anything but
/// a home, a ward and nowhere.
fn can_have(measure: Measure, place: &str) -> bool {
    let is_hospital = place.contains("hospital");
    let is_nowhere = matches!(place, "none" | "turned_back");
    let is_site = !matches!(place, "home") && !is_nowhere;
    match measure {
        Measure::None => is_nowhere,
        Measure::Masking | Measure::SelfMonitoring | Measure::HealthMonitoring => {
            matches!(place, "none" | "home")
        }
        Measure::HomeObservation | Measure::HomeQuarantine | Measure::HomeIsolation => {
            place == "home"
        }
        // Those infected without symptoms were held centrally in hospitals set aside for it.
        Measure::CentralQuarantine => is_site && place != "hospital",
        Measure::HospitalIsolation => is_hospital,
    }
}

fn is_without_end(clause: &Clause) -> bool {
    clause.measure != Measure::None && clause.days.is_none() && clause.release_condition.is_empty()
}

fn follows_without_end(clause: &Clause) -> bool {
    let then = clause.then_measure.filter(|then| *then != Measure::None);
    then.is_some() && clause.then_days.is_none_or(|days| days == 0)
}

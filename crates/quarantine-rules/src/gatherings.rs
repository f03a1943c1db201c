//! Weddings, funerals and markets while gatherings are limited.

use chrono::NaiveDate;
use grid_model::{AsOf, Ledger, words};

use crate::{Gathering, GatheringKind, GatheringOutcome, RulesPolicy};

words! {
    /// What to advise who plans a gathering.
    pub enum GatheringAdvice {
        /// Nothing limits it on that day.
        Free = "free",
        /// 喜事推遲辦: put it off.
        Postpone = "postpone",
        /// 丧事从简办: keep it to the smallest circle.
        KeepSimple = "keep_simple",
        /// Open a market only as the market's own rules allow: not decided here.
        AskTheMarket = "ask_the_market",
    }
}

impl RulesPolicy {
    /// What holds for a gathering of a kind on a day.
    ///
    /// Source: the town's bulletin of 1 March 2020: celebrations put off, funerals kept simple.
    pub fn gathering_advice(&self, kind: GatheringKind, on: NaiveDate) -> GatheringAdvice {
        let ended = self
            .gatherings_limited_until
            .is_some_and(|until| until <= on);
        if on < self.gatherings_limited_from || ended {
            return GatheringAdvice::Free;
        }
        match kind {
            GatheringKind::Wedding | GatheringKind::Other => GatheringAdvice::Postpone,
            GatheringKind::Funeral => GatheringAdvice::KeepSimple,
            GatheringKind::Market => GatheringAdvice::AskTheMarket,
        }
    }
}

/// What became of the gatherings known by a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatheringCounts {
    /// Weddings and other celebrations put off; markets are none.
    pub celebrations_postponed: u32,
    /// Funerals kept simple.
    pub funerals_kept_simple: u32,
    /// The ids of gatherings held, or still open on their day, against the advice of that day.
    pub against_advice: Vec<Box<str>>,
}

/// Counts the gatherings known by a day, whatever day they were planned for.
pub fn gatherings(
    records: &Ledger<Gathering>,
    policy: &RulesPolicy,
    as_of: AsOf,
) -> GatheringCounts {
    let mut counts = GatheringCounts::default();
    // What became known only after the day spoken of is no count of that day.
    let known = records
        .as_of(as_of)
        .filter(|held| as_of.has_happened(held.known_at));
    for held in known {
        let gathering = held.what;
        let advice = policy.gathering_advice(gathering.kind, gathering.planned_for);
        match (gathering.kind, gathering.outcome) {
            (GatheringKind::Wedding | GatheringKind::Other, Some(GatheringOutcome::Postponed)) => {
                counts.celebrations_postponed += 1;
            }
            (GatheringKind::Funeral, Some(GatheringOutcome::KeptSimple)) => {
                counts.funerals_kept_simple += 1;
            }
            (_, Some(GatheringOutcome::Held) | None) if gathering.planned_for <= as_of.day => {
                let limited = matches!(
                    advice,
                    GatheringAdvice::Postpone | GatheringAdvice::KeepSimple
                );
                counts
                    .against_advice
                    .extend(limited.then(|| held.id.into()));
            }
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use grid_model::Recorded;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn celebrations_count_when_postponed_and_funerals_when_kept_simple() {
        use GatheringKind::*;
        use GatheringOutcome::*;
        let rows = [
            (Wedding, Some(Postponed)),
            (Other, Some(Postponed)),
            (Market, Some(Postponed)),
            (Funeral, Some(KeptSimple)),
            (Funeral, Some(Held)),
            (Wedding, None),
            (Wedding, Some(Cancelled)),
        ];
        let planned_for = day("2020-02-10");
        let rows = rows.iter().enumerate().map(|(index, (kind, outcome))| {
            let gathering = Gathering {
                kind: *kind,
                planned_for,
                outcome: *outcome,
            };
            Recorded::new(format!("G{index}"), gathering)
        });
        let (ledger, refused) = Ledger::build(rows.collect());
        assert!(refused.is_empty());
        let policy = RulesPolicy::tengchong_2020();
        let counts = gatherings(&ledger, &policy, AsOf::on(day("2020-02-10")));
        assert_eq!(
            (counts.celebrations_postponed, counts.funerals_kept_simple),
            (2, 1)
        );
        assert_eq!(counts.against_advice, [Box::from("G4"), "G5".into()]);
        // Before its day an open wedding is nobody's fault.
        let counts = gatherings(&ledger, &policy, AsOf::on(day("2020-02-09")));
        assert_eq!(counts.against_advice, []);
    }

    #[test]
    fn advice_holds_from_its_first_day() {
        let policy = RulesPolicy::tengchong_2020();
        let advice = |kind, on| policy.gathering_advice(kind, day(on));
        assert_eq!(
            advice(GatheringKind::Wedding, "2020-01-23"),
            GatheringAdvice::Free
        );
        assert_eq!(
            advice(GatheringKind::Wedding, "2020-01-24"),
            GatheringAdvice::Postpone
        );
        assert_eq!(
            advice(GatheringKind::Funeral, "2020-02-24"),
            GatheringAdvice::KeepSimple
        );
    }
}

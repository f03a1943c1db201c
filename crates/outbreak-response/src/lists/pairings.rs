//! 结对子, who watches whom: everyone watched, what is to be recorded, who may not help.

use std::collections::{BTreeMap, BTreeSet};

use follow_up::{EndedPair, Pairing, PairingKind, PairingPlan, Refusal, Unpaired, Watched};
use grid_model::PersonId;
use reporting::{Cell, ColumnKind, List, Text};

use super::watch::To;
use super::{
    AREA, Heading, PERSON, REASON, instant, list, listed, none, noted, number, plain, word, words,
};

const HELPER: Heading = ("helper", "帮扶人", "Helper", ColumnKind::Text);
const NEARNESS: Heading = ("nearness", "远近", "How near", ColumnKind::Text);
const KIND: Heading = ("kind", "对象", "Kind", ColumnKind::Text);
const WATCHED: Heading = ("watched", "对象编号", "Watched", ColumnKind::Text);

/// The pairings as a table of the folder has them, so that a row can be recorded as it stands.
pub(super) fn everyone(to: &To<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        KIND,
        WATCHED,
        HELPER,
        ("from", "起", "From", ColumnKind::Instant),
        ("until", "止", "Until", ColumnKind::Instant),
        NEARNESS,
        ("state", "情况", "State", ColumnKind::Text),
        REASON,
        ("readings_due", "应测", "Readings due", ColumnKind::Count),
        (
            "readings_missed",
            "漏测",
            "Readings missed",
            ColumnKind::Count,
        ),
        ("lost", "失访", "Lost to follow-up", ColumnKind::Text),
    ];
    let title = ("全部结对", "Everyone under watch, and by whom");
    let mut list = list("pairings", title.0, title.1, &headings);
    if let Ok(plan) = &to.day.pairing {
        let readings = Readings::of(to);
        let mut rows = paired(to, plan);
        rows.extend(
            plan.unpaired
                .iter()
                .map(|one| (one.person, nobody(to, one))),
        );
        list.rows = rows
            .into_iter()
            .map(|(person, mut row)| {
                row.extend(readings.cells(person));
                row
            })
            .collect();
    }
    list
}

/// Everyone with a helper, whose pairing stands or is proposed.
fn paired(to: &To<'_>, plan: &PairingPlan) -> BTreeMap<PersonId, Vec<Cell>> {
    let proposed = to.day.proposed_pairings(to.town.as_of).into_iter();
    let proposed: BTreeMap<Watched, Pairing> =
        proposed.map(|pairing| (pairing.watched, pairing)).collect();
    let ended: BTreeMap<PersonId, &EndedPair> =
        plan.ended.iter().map(|one| (one.person, one)).collect();
    let pairs = plan.pairs.iter();
    pairs
        .map(|pair| {
            let new = proposed.get(&Watched::Person(pair.person));
            let (state, reason) = match (&pair.standing, ended.get(&pair.person)) {
                (Some(_), _) => (
                    words("已结对", "standing"),
                    words("原结对继续", "the pairing goes on"),
                ),
                (None, Some(ended)) => (words("拟结对", "proposed"), instead_of(to, ended)),
                (None, None) => (
                    words("拟结对", "proposed"),
                    words("尚无帮扶人", "nobody watches yet"),
                ),
            };
            let mut row = vec![to.person(pair.person), to.home(pair.person)];
            row.extend(as_recorded(to, pair.standing.as_ref().or(new)));
            row.extend([word(pair.nearness.word()), state, reason]);
            (pair.person, row)
        })
        .collect()
}

/// Why another helper is proposed.
fn instead_of(to: &To<'_>, ended: &EndedPair) -> Cell {
    let helper = to.township.person_key(ended.helper);
    let grounds = grounds(ended);
    let grounds = match &grounds {
        Cell::Text(text) => text.clone(),
        other => Text::same(other.print(reporting::Language::English)),
    };
    words(
        &format!("原帮扶人{helper}不再合适：{}", grounds.zh),
        &format!("{helper} watches no more: {}", grounds.en),
    )
}

fn nobody(to: &To<'_>, one: &Unpaired) -> Vec<Cell> {
    let mut row = vec![to.person(one.person), to.home(one.person)];
    row.extend(std::iter::repeat_with(none).take(6));
    row.push(words("无人帮扶", "nobody"));
    row.push(word(one.because.word()));
    row
}

/// A pairing in the columns of its table.
fn as_recorded(to: &To<'_>, pairing: Option<&Pairing>) -> [Cell; 5] {
    let Some(pairing) = pairing else {
        return std::array::from_fn(|_| Cell::Unknown);
    };
    [
        kind(pairing.watched.kind()),
        watched(to, pairing.watched),
        to.person(pairing.helper),
        instant(Some(pairing.from)),
        // A pairing without an end runs on: that is known.
        pairing.until.map_or_else(none, Cell::Instant),
    ]
}

/// The word of the table in every language.
fn kind(kind: PairingKind) -> Cell {
    plain(kind.word())
}

fn watched(to: &To<'_>, watched: Watched) -> Cell {
    match watched {
        Watched::Person(person) => to.person(person),
        Watched::Household(household) => to.household(household),
    }
}

/// How many readings of each person were due on the day, how many were missed, and who is lost.
struct Readings {
    counts: BTreeMap<PersonId, (u32, u32)>,
    lost: BTreeSet<PersonId>,
}

impl Readings {
    fn of(to: &To<'_>) -> Self {
        let mut counts: BTreeMap<PersonId, (u32, u32)> = BTreeMap::new();
        for reading in &to.day.schedule.readings {
            counts.entry(reading.person).or_default().0 += 1;
        }
        for reading in to.day.schedule.missed() {
            counts.entry(reading.person).or_default().1 += 1;
        }
        let lost = to.day.schedule.lost.iter().map(|lost| lost.person);
        Readings {
            lost: lost.collect(),
            counts,
        }
    }

    fn cells(&self, person: PersonId) -> [Cell; 3] {
        let (due, missed) = self.counts.get(&person).copied().unwrap_or_default();
        let lost = match self.lost.contains(&person) {
            true => words("是", "yes"),
            false => words("否", "no"),
        };
        [number(due), number(missed), lost]
    }
}

pub(super) fn proposed(to: &To<'_>) -> List {
    let list = list(
        "pairings_proposed",
        "拟新结对",
        "Pairings proposed",
        &[PERSON, AREA, HELPER, NEARNESS],
    );
    let mut list = noted(
        list,
        "登记后生效。",
        "Each takes effect when it is recorded.",
    );
    let pairs = to.day.pairing.iter().flat_map(|plan| &plan.pairs);
    list.rows = pairs
        .filter(|pair| pair.standing.is_none())
        .map(|pair| {
            vec![
                to.person(pair.person),
                to.home(pair.person),
                to.person(pair.helper),
                word(pair.nearness.word()),
            ]
        })
        .collect();
    list
}

/// Standing pairings that do not go on, and those nobody needs any more.
pub(super) fn ended(to: &To<'_>) -> List {
    let list = list(
        "pairings_ended",
        "应结束的结对",
        "Pairings to end",
        &[KIND, WATCHED, HELPER, REASON],
    );
    let mut list = noted(
        list,
        "请登记结束时间。",
        "The end of each is to be recorded.",
    );
    if let Ok(plan) = &to.day.pairing {
        list.rows.extend(plan.ended.iter().map(|ended| {
            vec![
                kind(PairingKind::Person),
                to.person(ended.person),
                to.person(ended.helper),
                grounds(ended),
            ]
        }));
        list.rows
            .extend(plan.no_longer_needed.iter().map(|pairing| {
                vec![
                    kind(pairing.watched.kind()),
                    watched(to, pairing.watched),
                    to.person(pairing.helper),
                    words("已解除观察", "nobody there is under observation any more"),
                ]
            }));
    }
    list
}

fn grounds(ended: &EndedPair) -> Cell {
    match ended.refusals.as_slice() {
        [] => word(ended.because.word()),
        grounds => refusals(grounds),
    }
}

fn refusals(grounds: &[Refusal]) -> Cell {
    listed(grounds.iter().map(|ground| ground.word()))
}

pub(super) fn unpaired(to: &To<'_>) -> List {
    let mut list = list(
        "unpaired",
        "无法结对人员",
        "Nobody to watch over them",
        &[PERSON, AREA, REASON],
    );
    let unpaired = to.day.pairing.iter().flat_map(|plan| &plan.unpaired);
    list.rows = unpaired
        .map(|one| {
            vec![
                to.person(one.person),
                to.home(one.person),
                word(one.because.word()),
            ]
        })
        .collect();
    list
}

/// Who holds a helper's role and may not help, with every ground.
pub(super) fn helpers_refused(to: &To<'_>) -> List {
    let mut list = list(
        "helpers_refused",
        "不宜担任帮扶人人员",
        "Who may not help, with every ground",
        &[PERSON, AREA, REASON],
    );
    let refused = to.day.pairing.iter().flat_map(|plan| &plan.refused);
    list.rows = refused
        .map(|one| {
            vec![
                to.person(one.person),
                to.home(one.person),
                refusals(&one.refusals),
            ]
        })
        .collect();
    list
}

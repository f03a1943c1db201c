//! 重担子, the gates: arrivals with their first step, companions, hand-overs, gatherings to advise.

use std::collections::BTreeMap;

use grid_model::PersonId;
use quarantine_rules::{FirstStep, HandOverHole, PlannedGathering, Traveller};
use reporting::{Cell, ColumnKind, List};

use super::{AREA, PERSON, Writer, date, instant, joined, list, noted, number, plain, word, words};

const CHECKPOINT: super::Heading = ("checkpoint", "卡点", "Checkpoint", ColumnKind::Text);

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    vec![
        hand_overs(to),
        arrivals(to),
        travel_parties(to),
        fever_gaps(to),
        gatherings(to),
    ]
}

/// Passed at a checkpoint and not received in the village, or received and not gone under the
/// order: a hole.
fn hand_overs(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("arrived_at", "到达", "Arrived", ColumnKind::Instant),
        CHECKPOINT,
        ("received_at", "村组接收", "Received", ColumnKind::Instant),
        ("hole", "断点", "What is open", ColumnKind::Text),
    ];
    let list = list(
        "hand_overs",
        "卡点、村组、医生交接未闭环人员",
        "Hand-overs from checkpoint to village to doctor that are open",
        &headings,
    );
    let mut list = noted(
        list,
        "请村组今日核实接收。",
        "The village is to receive them today.",
    );
    let holes = to.day.quarantine.checkpoint.holes.iter();
    list.rows = holes
        .map(|hole| {
            vec![
                to.person(hole.person),
                to.home(hole.person),
                Cell::Instant(hole.passed_at),
                to.checkpoint(hole.checkpoint),
                instant(hole.received_at),
                match hole.hole {
                    HandOverHole::NotReceived => words("已过卡点未接收", "passed but not received"),
                    HandOverHole::ReceivedBeforePassing => words(
                        "接收早于过卡，请核对时间",
                        "received before passing: look up both times",
                    ),
                    HandOverHole::NotBegun => words(
                        "已接收，未登记开始执行决定",
                        "received, and not known to be under the order",
                    ),
                },
            ]
        })
        .collect();
    list
}

fn first_step(step: FirstStep) -> Cell {
    match step {
        FirstStep::FeverClinic => words("先送发热门诊", "fever clinic first"),
        FirstStep::TurnBack => words("劝返", "turn back"),
        FirstStep::HandOver => words("交村组执行措施", "hand over, under the measure"),
        FirstStep::HandOverAndAsk => words(
            "按最严措施交村组，查清事实",
            "hand over under the strictest, find out the facts",
        ),
        FirstStep::LetPass => words("登记放行", "register and let pass"),
        FirstStep::AskAuthority => words("登记并请示上级", "register and ask the authority"),
    }
}

fn arrivals(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("arrived_at", "到达", "Arrived", ColumnKind::Instant),
        ("from_place", "来自", "From", ColumnKind::Text),
        ("kind", "类别", "Kind", ColumnKind::Text),
        ("via_hubei", "途经湖北", "Via Hubei", ColumnKind::Text),
        ("first_step", "先做", "First step", ColumnKind::Text),
        ("measure", "措施", "Measure", ColumnKind::Text),
        ("until", "最后一日", "Last day", ColumnKind::Date),
        ("clause", "依据条款", "Clause", ColumnKind::Text),
    ];
    let mut list = list(
        "arrivals",
        "今日到达人员及措施",
        "Arrivals today and their measure",
        &headings,
    );
    let proposed = to.day.quarantine.assessment.proposals.iter();
    let proposed: BTreeMap<PersonId, _> = proposed.map(|one| (one.person, one)).collect();
    let travellers = to.day.quarantine.checkpoint.travellers.iter();
    list.rows = travellers
        .map(|traveller| {
            arrival_cells(
                to,
                traveller,
                proposed.get(&traveller.arrival.person).copied(),
            )
        })
        .collect();
    list
}

fn arrival_cells(
    to: &Writer<'_>,
    traveller: &Traveller,
    proposed: Option<&quarantine_rules::Proposal>,
) -> Vec<Cell> {
    let arrival = &traveller.arrival;
    let person = arrival.person;
    let ordered = to.day.quarantine.orders.held(person, to.day.as_of.day);
    let measure = match (ordered, proposed) {
        (Some(order), _) => [
            order
                .measure
                .map_or(Cell::Unknown, |measure| word(measure.word())),
            date(order.until),
            order.clause.as_deref().map_or(Cell::Unknown, plain),
        ],
        (None, Some(one)) => [
            word(one.measure.word()),
            date(one.until),
            plain(&*one.clause.id),
        ],
        (None, None) => [
            words("无需措施", "none needed"),
            Cell::Unknown,
            Cell::Unknown,
        ],
    };
    let via_hubei = match arrival.via_hubei {
        Some(true) => words("是", "yes"),
        Some(false) => words("否", "no"),
        None => Cell::Unknown,
    };
    let mut cells = vec![
        to.person(person),
        to.home(person),
        Cell::Instant(arrival.arrived_at),
        arrival.from_place.as_deref().map_or(Cell::Unknown, plain),
        arrival.kind.map_or(Cell::Unknown, |kind| word(kind.word())),
        via_hubei,
        first_step(traveller.first),
    ];
    cells.extend(measure);
    cells
}

/// Companions of somebody of whom more is asked than of them.
fn travel_parties(to: &Writer<'_>) -> List {
    let headings = [
        CHECKPOINT,
        ("passed_at", "过卡", "Passed", ColumnKind::Instant),
        ("strictest", "最严人员", "Strictest", ColumnKind::Text),
        (
            "to_inquire",
            "待查同行人员",
            "Companions to ask",
            ColumnKind::Text,
        ),
    ];
    let list = list(
        "travel_parties",
        "同行人员待查",
        "Companions to look into",
        &headings,
    );
    let mut list = noted(
        list,
        "同一卡点同一分钟通过者视为同行，请查明接触情况。",
        "Who passed one checkpoint at one minute is taken for companions: ask how close they were.",
    );
    let parties = to.day.quarantine.checkpoint.parties.iter();
    let open = parties.filter(|party| !party.to_inquire.is_empty());
    list.rows = open
        .map(|party| {
            let others = party.to_inquire.iter();
            vec![
                to.checkpoint(party.checkpoint),
                Cell::Instant(party.at),
                to.person(party.strictest),
                plain(joined(others.map(|one| to.township.person_key(*one)))),
            ]
        })
        .collect();
    list
}

fn fever_gaps(to: &Writer<'_>) -> List {
    let headings = [
        CHECKPOINT,
        ("counted", "发热人数", "Fevers counted", ColumnKind::Count),
        ("referred", "已转诊", "Referred", ColumnKind::Count),
    ];
    let list = list(
        "fever_gaps",
        "卡点发热未见转诊",
        "Fevers counted at a checkpoint and not referred",
        &headings,
    );
    let mut list = noted(
        list,
        "请立即查明发热人员去向。",
        "Find out at once where they are.",
    );
    let gaps = to.day.quarantine.checkpoint.fever_gaps.iter();
    list.rows = gaps
        .map(|gap| {
            vec![
                to.checkpoint(gap.checkpoint),
                number(gap.counted),
                number(gap.referred),
            ]
        })
        .collect();
    list
}

fn gatherings(to: &Writer<'_>) -> List {
    let headings = [
        ("gathering", "编号", "Gathering", ColumnKind::Text),
        ("kind", "类别", "Kind", ColumnKind::Text),
        ("planned_for", "计划日期", "Planned for", ColumnKind::Date),
        ("state", "情形", "State", ColumnKind::Text),
        ("limit", "人数上限", "Limit", ColumnKind::Count),
        ("clause", "依据条款", "Clause", ColumnKind::Text),
        ("advice", "意见", "Advice", ColumnKind::Text),
    ];
    let mut list = list(
        "gatherings",
        "婚丧喜庆及集市：待劝导与未遵守",
        "Gatherings to advise, and against the advice",
        &headings,
    );
    let found = &to.day.quarantine.gatherings;
    let against = found.against_advice.iter().map(|one| (one, true));
    // Who is both against the advice and open stands once.
    let open = found.to_advise.iter().filter(|one| {
        let id = &one.id;
        found.against_advice.iter().all(|other| other.id != *id)
    });
    let all = against.chain(open.map(|one| (one, false)));
    list.rows = all
        .map(|(one, against)| gathering_cells(to, one, against))
        .collect();
    list
}

fn gathering_cells(to: &Writer<'_>, one: &PlannedGathering, against: bool) -> Vec<Cell> {
    let kind = one.ruling.kind;
    let advice = to.day.quarantine.gathering_advice.get(&one.id);
    vec![
        plain(&*one.id),
        words(
            kind.name(quarantine_rules::Language::Chinese),
            kind.name(quarantine_rules::Language::English),
        ),
        date(Some(one.ruling.on)),
        match against {
            true => words("未遵守", "against the advice"),
            false => words("待劝导", "to advise"),
        },
        one.ruling.limit_persons().map_or(Cell::Unknown, number),
        one.ruling
            .clause
            .as_ref()
            .map_or(Cell::Unknown, |clause| plain(&*clause.id)),
        advice.map_or(Cell::Unknown, |text| Cell::Text(text.clone())),
    ]
}

//! 重担子, the outbreak: contacts with their evidence, clues to verify, fevers to refer.

use contact_tracing::{Grounds, Place, Reached, Step, clues_open};
use reporting::{Cell, ColumnKind, List};

use super::{AREA, PERSON, Writer, instant, joined, list, noted, number, plain, word, words};

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    vec![
        clues(to),
        contacts(to, 1, "close_contacts", ("密切接触者", "Close contacts")),
        contacts(
            to,
            2,
            "secondary_contacts",
            ("密接的密接", "Secondary contacts"),
        ),
        referrals(to),
    ]
}

fn clues(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        ("received_at", "收到", "Received", ColumnKind::Instant),
        ("from", "来源", "From", ColumnKind::Text),
        (
            "due",
            "须在此前核实",
            "To be verified by",
            ColumnKind::Instant,
        ),
        ("overdue", "超时", "Overdue", ColumnKind::Text),
    ];
    let mut list = list(
        "clues",
        "待核实线索（24小时内）",
        "Clues to verify within 24 hours",
        &headings,
    );
    list.rows = clues_open(&to.records.clues, to.day.as_of)
        .iter()
        .map(|clue| {
            vec![
                to.person(clue.person),
                Cell::Instant(clue.received_at),
                clue.sent_by.as_deref().map_or(Cell::Unknown, plain),
                Cell::Instant(clue.due),
                if clue.overdue {
                    words("是", "yes")
                } else {
                    words("否", "no")
                },
            ]
        })
        .collect();
    list
}

fn contacts(to: &Writer<'_>, generation: u8, key: &str, (zh, en): (&str, &str)) -> List {
    let headings = [
        PERSON,
        AREA,
        ("generation", "代次", "Generation", ColumnKind::Count),
        (
            "first_exposure",
            "首次暴露",
            "First exposure",
            ColumnKind::Instant,
        ),
        (
            "last_exposure",
            "末次暴露",
            "Last exposure",
            ColumnKind::Instant,
        ),
        ("setting", "场合", "Setting", ColumnKind::Text),
        ("sources", "来源", "Sources", ColumnKind::Text),
        ("path", "证据链", "Evidence path", ColumnKind::Text),
    ];
    let mut list = list(key, zh, en, &headings);
    let outbreak = &to.day.outbreak;
    let grounds = outbreak.trace.grounds(&outbreak.network);
    let reached = outbreak.of_generation(generation);
    list.rows = reached
        .map(|reached| contact_row(to, &grounds, reached))
        .collect();
    list
}

fn contact_row(to: &Writer<'_>, grounds: &Grounds<'_>, reached: &Reached) -> Vec<Cell> {
    let sources = grounds
        .sources(reached.person)
        .into_iter()
        .map(|source| to.township.person_key(source).to_owned());
    vec![
        to.person(reached.person),
        to.home(reached.person),
        number(reached.generation),
        Cell::Instant(reached.first_exposure),
        Cell::Instant(reached.last_exposure),
        place(to, &reached.last_place),
        plain(joined(sources)),
        plain(path(to, &reached.path)),
    ]
}

pub(super) fn place(to: &Writer<'_>, place: &Place) -> Cell {
    match place {
        Place::Contact { setting } => setting.as_deref().map_or(Cell::Unknown, word),
        Place::Venue(venue) => plain(to.township.venue_key(*venue)),
    }
}

/// `P1 > P2 (2020-01-25 18:00; C00012) > P3 (…)`.
fn path(to: &Writer<'_>, steps: &[Step]) -> String {
    let mut path = steps
        .first()
        .map_or("", |step| to.township.person_key(step.from))
        .to_owned();
    for step in steps {
        let when = reporting::number::print_instant(step.began);
        let records = joined(&step.records);
        let person = to.township.person_key(step.to);
        path.push_str(&format!(" > {person} ({when}; {records})"));
    }
    path
}

fn referrals(to: &Writer<'_>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("at", "时间", "When", ColumnKind::Instant),
        (
            "temperature_tenths",
            "体温（0.1℃）",
            "Temperature, tenths of °C",
            ColumnKind::Count,
        ),
        ("latest_test", "最近检测", "Latest test", ColumnKind::Text),
    ];
    let list = list("referrals", "发热转诊", "Fever referrals", &headings);
    let mut list = noted(
        list,
        "数小时内送发热门诊。",
        "To the fever clinic within hours.",
    );
    list.rows = to
        .day
        .fevers()
        .into_iter()
        .map(|fever| {
            let test = fever
                .latest_test
                .map_or(Cell::Unknown, |result| word(result.word()));
            vec![
                to.person(fever.person),
                to.home(fever.person),
                instant(Some(fever.at)),
                fever.temperature_tenths.map_or(Cell::Unknown, number),
                test,
            ]
        })
        .collect();
    list
}

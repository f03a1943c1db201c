//! 重担子, the chains: whence cases may have come, clusters, attack rates, and records of cases
//! and contacts that someone must mend.

use contact_tracing::chains::{AttackRate, Origin};
use contact_tracing::{OddCase, Origins, RefusedRow, Step};
use reporting::{Cell, ColumnKind, List, Text};

use super::{AREA, PERSON, REASON, Writer, date, joined, list, noted, number, plain, word, words};
use crate::steps::{CaseSource, ChainsDay};

pub(super) fn lists(to: &Writer<'_>) -> Vec<List> {
    let found = to.day.chains.as_ref().ok();
    vec![
        sources(to, found),
        origins(to, found),
        clusters(found),
        attack_rates(found),
        records_to_mend(to),
    ]
}

fn sources(to: &Writer<'_>, found: Option<&ChainsDay>) -> List {
    let headings = [
        PERSON,
        AREA,
        ("onset", "发病", "Onset", ColumnKind::Date),
        (
            "source",
            "最可能的传染源",
            "Likeliest source",
            ColumnKind::Text,
        ),
        ("probability", "可能性", "Probability", ColumnKind::Share),
        REASON,
    ];
    let mut list = list(
        "case_sources",
        "病例的可能来源",
        "Whence the cases may have come",
        &headings,
    );
    list.rows = found
        .iter()
        .flat_map(|found| &found.sources)
        .map(|one| {
            vec![
                to.person(one.person),
                to.home(one.person),
                date(one.onset),
                to.maybe_person(one.likeliest.map(|(source, _)| source)),
                one.likeliest
                    .map_or(Cell::Unknown, |(_, share)| thousandths(share)),
                Cell::Text(reason(one)),
            ]
        })
        .collect();
    list
}

fn reason(one: &CaseSource) -> Text {
    match one.origin {
        Origin::Link => Text::new("有记录的传播关系", "a recorded link"),
        Origin::Likely => Text::new(
            "发病前与该病例有接触，发病间隔相符",
            "met that case before falling ill, by the days between onsets",
        ),
        Origin::SaidImported => Text::new("输入病例", "imported"),
        Origin::NobodyPossible => Text::new(
            "发病前未接触其他病例：查发病前的接触与场所",
            "met no other case in time: ask of whom and where it was before",
        ),
        Origin::NoOnset => Text::new("发病日期不详：先查清", "onset not known: find it out first"),
    }
}

/// Who is met before an onset may be the source, or have it from the same one.
fn origins(to: &Writer<'_>, found: Option<&ChainsDay>) -> List {
    let headings = [
        PERSON,
        ("met", "接触者", "Met", ColumnKind::Text),
        ("from", "开始", "From", ColumnKind::Instant),
        ("until", "结束", "Until", ColumnKind::Instant),
        ("setting", "场合", "Setting", ColumnKind::Text),
        ("records", "记录", "Records", ColumnKind::Text),
    ];
    let list = list(
        "case_origins",
        "来源不明病例发病前的接触",
        "Before cases without a known source fell ill",
        &headings,
    );
    let mut list = noted(
        list,
        "逐一询问：谁先不适，到过哪里。",
        "Ask each: who was unwell first, and where they had been.",
    );
    let unexplained = found.iter().flat_map(|found| &found.unexplained);
    list.rows = unexplained
        .flat_map(|origins| before(to, origins))
        .collect();
    list
}

fn before(to: &Writer<'_>, origins: &Origins) -> Vec<Vec<Cell>> {
    let met = origins.met.values().flatten().map(|step: &Step| {
        vec![
            to.person(origins.person),
            to.person(step.from),
            Cell::Instant(step.began),
            Cell::Instant(step.ended),
            super::outbreak::place(to, &step.place),
            plain(joined(&step.records)),
        ]
    });
    let visited = origins.venues.iter().map(|venue| {
        vec![
            to.person(origins.person),
            Cell::Unknown,
            Cell::Instant(venue.from),
            Cell::Instant(venue.until),
            plain(to.township.venue_key(venue.venue)),
            plain(&*venue.record),
        ]
    });
    met.chain(visited).collect()
}

fn clusters(found: Option<&ChainsDay>) -> List {
    let headings = [
        ("cases", "病例", "Cases", ColumnKind::Count),
        ("first_onset", "首例发病", "First onset", ColumnKind::Date),
        ("last_onset", "末例发病", "Last onset", ColumnKind::Date),
        ("status", "状态", "Status", ColumnKind::Text),
        ("members", "人员", "Who", ColumnKind::Text),
    ];
    let mut list = list("clusters", "聚集性疫情", "Clusters", &headings);
    list.rows = found
        .iter()
        .flat_map(|found| &found.clusters)
        .map(|(cluster, status)| {
            vec![
                number(cluster.size()),
                date(cluster.first_onset),
                date(cluster.last_onset),
                word(status.word()),
                plain(joined(&cluster.members)),
            ]
        })
        .collect();
    list
}

fn attack_rates(found: Option<&ChainsDay>) -> List {
    let headings = [
        ("setting", "场合", "Setting", ColumnKind::Text),
        ("exposed", "接触者", "Exposed", ColumnKind::Count),
        ("cases", "其中发病", "Of them ill", ColumnKind::Count),
        ("rate", "续发率", "Attack rate", ColumnKind::Share),
        ("low", "下限", "Lower end", ColumnKind::Share),
        ("high", "上限", "Upper end", ColumnKind::Share),
    ];
    let mut list = list(
        "attack_rates",
        "各场合续发率",
        "Secondary attack rate by setting",
        &headings,
    );
    if let Some(found) = found.filter(|found| found.attack.all.exposed > 0) {
        let by_setting = found.attack.by_setting.iter().map(|rate| {
            let setting = rate.setting.as_deref().map_or(Cell::Unknown, word);
            attack_row(setting, rate)
        });
        list.rows = by_setting.collect();
        list.rows
            .push(attack_row(words("全部", "all"), &found.attack.all));
    }
    list
}

fn attack_row(setting: Cell, rate: &AttackRate) -> Vec<Cell> {
    let share = |share: Option<f64>| share.map_or(Cell::Unknown, thousandths);
    vec![
        setting,
        number(rate.exposed),
        number(rate.cases),
        share(rate.rate),
        share(rate.low),
        share(rate.high),
    ]
}

/// A share as lists have it, rounded.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a share is between 0 and 1, and what is rounded between 0 and 1,000"
)]
fn thousandths(share: f64) -> Cell {
    Cell::Share((share * 1000.0).round() as i64)
}

/// Contacts and visits no trace could use, and cases that contradict themselves.
fn records_to_mend(to: &Writer<'_>) -> List {
    let headings = [
        ("table", "登记表", "Table", ColumnKind::Text),
        ("record", "记录", "Record", ColumnKind::Text),
        REASON,
    ];
    let list = list(
        "tracing_records_to_mend",
        "须核对的病例、接触与场所记录",
        "Cases, contacts and visits to mend",
        &headings,
    );
    let mut list = noted(
        list,
        "接触与场所记录未被采用；病例按原记录追踪。",
        "The contacts and visits were not used; the cases are traced as they stand.",
    );
    let outbreak = &to.day.outbreak;
    let refused = outbreak.network.refused().iter().map(|row| {
        let (table, id, zh) = refused(row);
        vec![
            plain(table),
            plain(id),
            Cell::Text(Text::new(zh, row.to_string())),
        ]
    });
    let odd = outbreak.trace.odd_cases.iter().map(|odd| {
        let person = to.person(odd.person());
        vec![
            plain("cases"),
            person,
            Cell::Text(Text::new(odd_case(odd), odd.to_string())),
        ]
    });
    list.rows = refused.chain(odd).collect();
    list
}

fn refused(row: &RefusedRow) -> (&'static str, &str, &'static str) {
    match row {
        RefusedRow::MeetsOneself { id, .. } => ("contacts", id, "两人为同一人：改正其中一人"),
        RefusedRow::ContactEndsFirst { id, .. } => {
            ("contacts", id, "结束早于开始：改正，不详则留空")
        }
        RefusedRow::VisitEndsFirst { id, .. } => ("visits", id, "离开早于到达：改正，不详则留空"),
        RefusedRow::ContactAfterEnd { id, .. } => ("contacts", id, "开始于截止时间之后"),
        RefusedRow::VisitAfterEnd { id, .. } => ("visits", id, "到达于截止时间之后"),
        RefusedRow::ContactIdTwice { id, .. } => ("contacts", id, "编号重复：各给一个编号"),
        RefusedRow::VisitIdTwice { id, .. } => ("visits", id, "编号重复：各给一个编号"),
    }
}

fn odd_case(odd: &OddCase) -> String {
    match odd {
        OddCase::OnsetAfterConfirmation { onset, .. } => {
            format!("发病日期{onset}晚于确诊：改正其一")
        }
        OddCase::IsolatedBeforeOnset { onset, .. } => {
            format!("隔离早于发病日期{onset}：改正其一；在隔离期间发病的除外")
        }
        OddCase::SeveralRecords { records, .. } => {
            format!("一名病例有{records}条记录：除分类变更外只留一条")
        }
    }
}

//! What a dated tree says in words: legend, remarks, description.

use super::shape::Shape;
use crate::draw::Width;
use crate::draw::canvas::Mark;
use crate::draw::legend::Swatch;
use crate::{DatedTree, Language, number};

fn count(number: usize) -> String {
    number::group_digits(i64::try_from(number).unwrap_or(i64::MAX))
}

/// How many below a row are not drawn; a telephone has no room for words.
pub(super) fn more_below(hidden: usize, language: Language, width: Width) -> String {
    let n = count(hidden);
    match (hidden, width, language) {
        (0, _, _) => String::new(),
        (_, Width::Narrow, _) => format!(" +{n}"),
        (_, Width::Wide, Language::Chinese) => format!("（下游另有{n}例）"),
        (_, Width::Wide, Language::English) => format!(" + {n} more below"),
    }
}

/// The marks that occur, with their meaning.
pub(super) fn legend(
    chart: &DatedTree,
    shape: &Shape,
    language: Language,
) -> Vec<(Swatch, &'static str)> {
    let cases = || shape.rows.iter().map(|row| (row, &chart.cases[row.case]));
    let backward = cases().any(|(row, case)| {
        let parent = row
            .parent
            .map(|parent| &chart.cases[shape.rows[parent].case]);
        let infector_day = parent.and_then(|parent| parent.day);
        case.day.is_some() && case.day < infector_day
    });
    let entries = [
        (
            cases().any(|(row, case)| row.parent.is_none() && case.day.is_some()),
            Swatch::Mark(Mark::First),
            "链首",
            "First of a chain",
        ),
        (
            cases().any(|(row, case)| row.parent.is_some() && case.day.is_some()),
            Swatch::Mark(Mark::Case),
            "病例",
            "Case",
        ),
        (
            cases().any(|(_, case)| case.day.is_none()),
            Swatch::Mark(Mark::Undated),
            "日期不详，画在传染者或被传染者旁",
            "Day not known: beside its infector or infectee",
        ),
        (
            cases().any(|(_, case)| case.to_check),
            Swatch::Mark(Mark::ToCheck),
            "有待核对，见表",
            "To be checked, see the table",
        ),
        (
            backward,
            Swatch::Dashes,
            "早于传染者发病",
            "Fell ill before the infector",
        ),
    ];
    let there = entries.into_iter().filter(|(occurs, ..)| *occurs);
    there
        .map(|(_, swatch, zh, en)| match language {
            Language::Chinese => (swatch, zh),
            Language::English => (swatch, en),
        })
        .collect()
}

/// What is not drawn.
pub(super) fn remarks(shape: &Shape, language: Language) -> Vec<String> {
    let (drawn, hidden) = (shape.rows.len(), shape.hidden());
    if hidden == 0 {
        return Vec::new();
    }
    let all = count(drawn + hidden);
    let (drawn, hidden) = (count(drawn), count(hidden));
    let mut remarks = vec![match language {
        Language::Chinese => format!(
            "共{all}例，图中按代次从上游画出{drawn}例；其余{hidden}例未画，各行“+”后或括号内为其下游未画的例数，表中逐例列出。"
        ),
        Language::English => format!(
            "Of {all} cases {drawn} are drawn, the upper generations first; {hidden} are not. A row says with + how many below it are left out; the table has every one."
        ),
    }];
    let (tops, cases) = shape.hidden_tops;
    if tops > 0 {
        let (tops, cases) = (count(tops), count(cases));
        remarks.push(match language {
            Language::Chinese => format!("另有{tops}条传播链（{cases}例）整条未画。"),
            Language::English => format!("Chains left out whole: {tops}, with cases: {cases}."),
        });
    }
    remarks
}

/// The drawing for who cannot see it.
pub(super) fn describe(
    chart: &DatedTree,
    shape: &Shape,
    remarks: &[String],
    language: Language,
) -> String {
    let days = || {
        shape
            .rows
            .iter()
            .filter_map(|row| chart.cases[row.case].day)
    };
    let mut said = String::new();
    if let (Some(first), Some(last)) = (days().min(), days().max()) {
        let (from, to) = (
            number::print_day(first, language),
            number::print_day(last, language),
        );
        said = match language {
            Language::Chinese => format!("从{from}到{to}。"),
            Language::English => format!("From {from} to {to}. "),
        };
    }
    let cases = count(chart.cases.len());
    let deepest = shape.rows.iter().map(|row| row.depth).max().unwrap_or(0);
    let generations = count(deepest + 1);
    said.push_str(&match language {
        Language::Chinese => format!("共{cases}例，图中{generations}代。"),
        Language::English => format!("Cases: {cases}; generations drawn: {generations}."),
    });
    for remark in remarks {
        said.push(' ');
        said.push_str(remark);
    }
    said
}

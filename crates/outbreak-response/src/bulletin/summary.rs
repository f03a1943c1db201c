//! What stands on top: the cut-off, the headline figures, and what is incomplete.

use reporting::messages::{Args, MessageError};
use reporting::{Chart, Figure, FigureValue, Section, Text};

use super::{Page, Said};
use crate::Day;
use crate::charts;

pub(super) fn section(page: &Page<'_>) -> Result<Section, MessageError> {
    let figures = &page.day.figures;
    let mut section = Section::new("summary", Text::new("总体情况", "The day in short"));
    let args = Args::new()
        .date("day", page.day.as_of.day)
        .said("cases", page.audience.people(figures.confirmed_cases))
        .said("fevers", page.audience.people(figures.fever_referrals));
    section.sentences.push(page.sentence("cut-off", &args)?);
    if figures.communities_silent > 0 {
        let args = Args::new().count("silent", figures.communities_silent);
        section
            .sentences
            .push(page.sentence("cut-off-incomplete", &args)?);
    }
    let curve = charts::epi_curve(page.day, page.audience);
    section.charts.extend(curve.map(Chart::EpiCurve));
    Ok(section)
}

/// The figures on top, with yesterday's beside them. A town of which a community is silent has
/// incomplete totals.
pub(super) fn headline(page: &Page<'_>) -> Vec<Figure> {
    let (today, yesterday) = (&page.day.figures, &page.day.yesterday);
    let incomplete = |value| match value {
        FigureValue::Count(count) if today.communities_silent > 0 => FigureValue::Incomplete(count),
        other => other,
    };
    let people = |now, before| {
        let (now, before) = page.audience.people_since(now, before);
        (incomplete(now), before)
    };
    let count = |now, before| {
        (
            incomplete(FigureValue::Count(now)),
            FigureValue::Count(before),
        )
    };
    let rows = [
        (
            "home_observation_now",
            Text::new("现居家观察", "Under home observation"),
            people(today.home_observation_now, yesterday.home_observation_now),
        ),
        (
            "central_quarantine_now",
            Text::new("现镇集中隔离", "In central quarantine"),
            people(
                today.central_quarantine_now,
                yesterday.central_quarantine_now,
            ),
        ),
        (
            "transferred_now",
            Text::new("现送市隔离", "In quarantine in the city"),
            people(today.transferred_now, yesterday.transferred_now),
        ),
        (
            "households_screened",
            Text::new("已排查农户", "Households screened"),
            count(today.households_screened, yesterday.households_screened),
        ),
        (
            "check_ins_missed",
            Text::new("漏测", "Readings missed"),
            count(today.check_ins_missed, yesterday.check_ins_missed),
        ),
        (
            "sent_out_to_work",
            Text::new("外出务工", "Sent out to work"),
            people(today.sent_out_to_work, yesterday.sent_out_to_work),
        ),
    ];
    rows.into_iter()
        .map(|(key, label, (value, before))| {
            Figure::new(key, label, value, Text::empty()).since(before)
        })
        .collect()
}

/// How many records were refused on the way in.
pub(super) fn rejected_note(day: &Day) -> Text {
    match day.figures.rejected_records {
        0 => Text::empty(),
        refused => Text::new(
            format!("有{refused}条记录未被采用，修正后请重新汇总。"),
            format!("{refused} records were refused; mend them and make the bulletin again."),
        ),
    }
}

/// How to read the page.
pub(super) fn notes(page: &Page<'_>) -> Vec<Text> {
    let mut notes = vec![Text::new(
        "各项数字均由逐条记录统计得出。“无”为零，“不详”为尚不清楚，二者不同。",
        "Every figure is counted from records. None means zero; unknown means nobody knows: they differ.",
    )];
    if page.audience.edition == reporting::Edition::Public {
        notes.push(Text::new(
            "为保护个人信息，1至4人的数字及可据以推算的数字不予公布。",
            "To protect people, counts of one to four, and figures that would give them away, are withheld.",
        ));
    }
    notes
}

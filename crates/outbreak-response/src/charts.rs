//! The bulletin's charts, as data: what is drawn is counted in the same pass as what is said.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use grid_model::{AreaId, Township};
use quarantine_rules::MeasureClass;
use reporting::suppress::{CountTable, SmallCells};
use reporting::{
    Bars, ChartHead, Edition, EpiCurve, FigureValue, Lines, NeedAndFill, PartOfWhole, Period,
    Progress, Series, Text,
};
use task_tracking::ProgrammeStanding;

use crate::bulletin::Audience;
use crate::{Day, Policy, Records};

fn head(key: &str, title: Text, x_axis: Text, y_axis: Text, source: Text) -> ChartHead {
    ChartHead {
        key: key.to_owned(),
        title,
        x_axis,
        y_axis,
        source,
    }
}

fn count(value: impl TryInto<i64>) -> FigureValue {
    FigureValue::Count(value.try_into().unwrap_or(i64::MAX))
}

/// The name of an area in both languages; where it is not known, said so.
pub(crate) fn area_name(township: &Township, area: Option<AreaId>) -> Text {
    let areas = township.areas();
    match area {
        Some(area) => Text::new(areas.name_zh(area), areas.name_en(area)),
        None => Text::new("未归入任何地方", "in no such area"),
    }
}

/// Cases by onset, stacked by class; nothing where there is no case with a known onset.
pub(crate) fn epi_curve(day: &Day, audience: Audience) -> Option<EpiCurve> {
    let onsets = &day.onsets;
    let first = onsets.keys().map(|(onset, _)| *onset).min()?;
    let last = onsets.keys().map(|(onset, _)| *onset).max()?;
    let periods: Vec<NaiveDate> = first.iter_days().take_while(|on| *on <= last).collect();
    // A curve of which everything is withheld would show a day without cases where there were.
    let said = |count: &i64| matches!(audience.people(*count), FigureValue::Count(1..));
    if !onsets.values().any(said) {
        return None;
    }
    let series = crate::day::case_classes()
        .into_iter()
        .map(|(class, name)| Series {
            name,
            values: periods
                .iter()
                .map(|on| audience.people(onsets.get(&(*on, class)).copied().unwrap_or(0)))
                .collect(),
        });
    Some(EpiCurve {
        head: head(
            "epi-curve",
            Text::new("病例按发病日期分布", "Cases by date of onset"),
            Text::new("发病日期", "Date of onset"),
            Text::new("病例数", "Cases"),
            Text::new(
                "病例登记，含本镇人员的外地关联病例",
                "Case records, cases elsewhere linked to the township included",
            ),
        ),
        period: Period::Day,
        series: series.collect(),
        periods,
    })
}

/// Parts and their wholes as an audience may see them: in public, where a part or what is left of
/// a whole is one to four, both are hidden, and as many others as would give them away.
fn parts_of_wholes(audience: Audience, rows: &[(u64, u64)]) -> Vec<(FigureValue, FigureValue)> {
    let in_full = || {
        rows.iter()
            .map(|(part, whole)| (count(*part), count(*whole)))
            .collect()
    };
    let rule = SmallCells::below(audience.hide_under.unsigned_abs());
    let (Edition::Public, Some(rule)) = (audience.edition, rule) else {
        return in_full();
    };
    let cells = rows
        .iter()
        .map(|(part, whole)| vec![*part, whole.saturating_sub(*part)])
        .collect();
    let Ok(table) = CountTable::new(cells) else {
        // Sums beyond counting: nothing of it is public.
        return rows
            .iter()
            .map(|_| (FigureValue::Suppressed, FigureValue::Suppressed))
            .collect();
    };
    let published = rule.suppress_table(&table);
    (0..rows.len())
        .map(|row| (published.value(row, 0), published.row_total(row)))
        .collect()
}

/// Households screened of those to be screened, by community.
pub(crate) fn coverage(township: &Township, day: &Day, audience: Audience) -> Bars {
    let communities = &day.grid.coverage.by_community;
    let rows: Vec<(u64, u64)> = communities
        .iter()
        .map(|(_, tally)| {
            (
                u64::from(tally.screened + tally.found_unregistered),
                u64::from(tally.households),
            )
        })
        .collect();
    let said = parts_of_wholes(audience, &rows);
    let bars = communities
        .iter()
        .zip(said)
        .map(|((community, _), (part, whole))| PartOfWhole {
            name: area_name(township, *community),
            part,
            whole,
            unit: Text::new("户", "households"),
        });
    Bars {
        head: head(
            "coverage",
            Text::new("各村（社区）排查进度", "Households screened, by community"),
            Text::new("户", "Households"),
            Text::new("村（社区）", "Community"),
            Text::new("排查走访记录", "Screening visits"),
        ),
        bars: bars.collect(),
    }
}

/// People under each measure at the end of each day.
pub(crate) fn under_measure(policy: &Policy, day: &Day, audience: Audience) -> Lines {
    let last = day.as_of.day;
    let first = last.checked_sub_days(Days::new(
        u64::from(policy.bulletin.chart_days).saturating_sub(1),
    ));
    // The chart begins with the evening before the first order, but goes no further back than told.
    let orders = day
        .quarantine
        .orders
        .periods()
        .iter()
        .map(|order| order.from);
    let eve = orders.min().and_then(|first_order| first_order.pred_opt());
    let first = first.unwrap_or(last).max(eve.unwrap_or(last)).min(last);
    let days: Vec<NaiveDate> = first.iter_days().take_while(|on| *on <= last).collect();
    let classes = [
        (MeasureClass::Home, Text::new("居家观察", "At home")),
        (
            MeasureClass::Central,
            Text::new("镇集中隔离", "Central quarantine"),
        ),
        (MeasureClass::Outside, Text::new("送市隔离", "In the city")),
    ];
    let by_day: Vec<_> = days
        .iter()
        .map(|on| day.quarantine.under_on(*on, day.as_of, policy))
        .collect();
    let counts = |class| -> Vec<i64> {
        let people = by_day.iter().map(|under| under.of(class).len());
        people
            .map(|people| i64::try_from(people).unwrap_or(i64::MAX))
            .collect()
    };
    let series = classes.map(|(class, name)| Series {
        name,
        values: audience.people_in_series(&counts(class)),
    });
    Lines {
        head: head(
            "under-measure",
            Text::new("每日在管人数", "People under measure, day by day"),
            Text::new("日期", "Day"),
            Text::new("当日24时在管人数", "People at the end of the day"),
            Text::new(
                "隔离决定记录及今日拟作决定",
                "Order records, today's proposals included",
            ),
        ),
        days,
        series: series.into(),
    }
}

/// Packets needed and filled today: by natural village for those who must act, and no finer than
/// by community, small counts hidden, for the public.
pub(crate) fn need_and_fill(township: &Township, day: &Day, audience: Audience) -> NeedAndFill {
    let public = audience.edition == Edition::Public;
    let mut places: BTreeMap<Option<AreaId>, (u64, u64)> = BTreeMap::new();
    for (village, (need, filled)) in day.basket.by_village() {
        let community = |area| {
            township
                .areas()
                .above(area, &grid_model::AreaLevel::Community)
        };
        let place = if public {
            village.and_then(community)
        } else {
            village
        };
        let sum = places.entry(place).or_default();
        *sum = (sum.0 + need, sum.1 + filled);
    }
    let rows: Vec<(u64, u64)> = places
        .values()
        .map(|(need, filled)| (*filled.min(need), *need))
        .collect();
    let said = parts_of_wholes(audience, &rows);
    let places = places
        .into_keys()
        .zip(said)
        .map(|(place, (part, whole))| PartOfWhole {
            name: area_name(township, place),
            part,
            whole,
            unit: Text::new("份", "packets"),
        });
    let (title, axis) = if public {
        (
            Text::new(
                "各村（社区）物资需求与满足",
                "Packets needed and filled, by community",
            ),
            Text::new("村（社区）", "Community"),
        )
    } else {
        (
            Text::new(
                "各自然村物资需求与满足",
                "Packets needed and filled, by natural village",
            ),
            Text::new("自然村", "Natural village"),
        )
    };
    NeedAndFill {
        head: head(
            "supply",
            title,
            Text::new("份", "Packets"),
            axis,
            Text::new(
                "需求、配送记录及今日安排",
                "Orders, deliveries and today's plan",
            ),
        ),
        places: places.collect(),
    }
}

/// Each programme's progress against its target.
pub(crate) fn programmes(records: &Records, day: &Day) -> Progress {
    let as_of = day.as_of;
    let programmes =
        day.nail
            .programmes
            .programmes
            .iter()
            .filter_map(|standing: &ProgrammeStanding| {
                let programme = records
                    .programmes
                    .held(standing.programme.index(), as_of)?
                    .what;
                let hundredths = programme.kind == task_tracking::ProgrammeKind::Tobacco;
                let value = |amount: u128| match count(amount) {
                    FigureValue::Count(amount) if hundredths => FigureValue::Hundredths(amount),
                    other => other,
                };
                Some(PartOfWhole {
                    name: Text::new(&*programme.name_zh, &*programme.name_en),
                    part: value(standing.done),
                    whole: value(standing.target),
                    unit: unit(&programme.unit),
                })
            });
    Progress {
        head: head(
            "programmes",
            Text::new("各项工作进度", "Programmes: done and left"),
            Text::new("完成占比", "Share done"),
            Text::new("工作", "Programme"),
            Text::new("进度记录", "Progress records"),
        ),
        programmes: programmes.collect(),
    }
}

/// What a programme is drawn in: areas are kept in hundredths of a mu and drawn in mu.
fn unit(unit: &str) -> Text {
    match unit {
        "hundredths_mu" | "hundredths of a mu" | "hundredth_mu" => Text::new("亩", "mu"),
        other => unit_kept(other),
    }
}

/// A programme's unit in both languages, for the units the town counts in.
pub(crate) fn unit_kept(unit: &str) -> Text {
    match unit {
        "hundredths_mu" | "hundredths of a mu" | "hundredth_mu" => {
            Text::new("百分之一亩", "hundredths of a mu")
        }
        "household" | "households" => Text::new("户", "households"),
        "toilet" | "toilets" => Text::new("座", "toilets"),
        "metre" | "metres" => Text::new("米", "metres"),
        other => Text::same(other),
    }
}

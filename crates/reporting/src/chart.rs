//! Charts as plain data; drawing them is the renderer's work.
//!
//! Every chart also answers with the table a reader may want instead of it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{Cell, Column, ColumnKind, DatedTree, FigureValue, List, Period, Text, number};

/// What every chart must say of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChartHead {
    /// A stable key, unique on its page.
    pub key: String,
    /// What the chart shows.
    pub title: Text,
    /// What runs from left to right, with its unit.
    pub x_axis: Text,
    /// What runs from bottom to top (or down the rows), with its unit.
    pub y_axis: Text,
    /// Whence the figures, and how they were counted.
    pub source: Text,
}

/// One class or measure, with a value for every day of its chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Series {
    /// What is counted.
    pub name: Text,
    /// One value a day or period, in the chart's order.
    pub values: Vec<FigureValue>,
}

/// Cases by onset, stacked by class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EpiCurve {
    /// Title, axes, source.
    pub head: ChartHead,
    /// How long each period is.
    pub period: Period,
    /// The first day of each period, ascending; periods left out had no case.
    pub periods: Vec<NaiveDate>,
    /// One series a class, the first at the bottom.
    pub series: Vec<Series>,
}

/// People under each measure, day by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// Title, axes, source.
    pub head: ChartHead,
    /// The days, ascending.
    pub days: Vec<NaiveDate>,
    /// One series a measure.
    pub series: Vec<Series>,
}

/// A part of a whole at one place or for one programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartOfWhole {
    /// The place or programme.
    pub name: Text,
    /// What was done, filled, or reached.
    pub part: FigureValue,
    /// What was to be done, needed, or reached.
    pub whole: FigureValue,
    /// What one of it is. May be empty.
    pub unit: Text,
}

/// Coverage by place: done of total, as horizontal bars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bars {
    /// Title, axes, source.
    pub head: ChartHead,
    /// One bar a place, in the order drawn.
    pub bars: Vec<PartOfWhole>,
}

/// Need and what was filled, by village.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NeedAndFill {
    /// Title, axes, source.
    pub head: ChartHead,
    /// One pair a village: `part` is filled, `whole` is needed.
    pub places: Vec<PartOfWhole>,
}

/// Progress of programmes with units of their own: each against its target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Title, axes, source.
    pub head: ChartHead,
    /// One row a programme: `part` is done, `whole` is the target.
    pub programmes: Vec<PartOfWhole>,
}

/// A chart of the bulletin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "chart")]
pub enum Chart {
    /// Cases by onset, stacked by class.
    EpiCurve(EpiCurve),
    /// Coverage by place.
    Bars(Bars),
    /// People under each measure, day by day.
    Lines(Lines),
    /// Need and what was filled, by village.
    NeedAndFill(NeedAndFill),
    /// Progress of programmes against their targets.
    Progress(Progress),
    /// Cases by day, each below the case it came from.
    DatedTree(DatedTree),
}

impl Chart {
    /// Title, axes and source of the chart.
    #[must_use]
    pub const fn head(&self) -> &ChartHead {
        match self {
            Self::EpiCurve(chart) => &chart.head,
            Self::Bars(chart) => &chart.head,
            Self::Lines(chart) => &chart.head,
            Self::NeedAndFill(chart) => &chart.head,
            Self::Progress(chart) => &chart.head,
            Self::DatedTree(chart) => &chart.head,
        }
    }

    /// The figures of the chart as a table, for who cannot see it and for who
    /// wants the numbers.
    #[must_use]
    pub fn table(&self) -> List {
        match self {
            Self::EpiCurve(chart) => dated(&chart.head, &chart.periods, &chart.series),
            Self::Lines(chart) => dated(&chart.head, &chart.days, &chart.series),
            Self::Bars(chart) => parts(&chart.head, &chart.bars, &SCREENED),
            Self::NeedAndFill(chart) => parts(&chart.head, &chart.places, &FILLED),
            Self::Progress(chart) => parts(&chart.head, &chart.programmes, &DONE),
            Self::DatedTree(chart) => chart.list.clone(),
        }
    }
}

/// The headings of a table of parts: part, whole, rest, in both languages.
struct PartWords {
    part: (&'static str, &'static str),
    whole: (&'static str, &'static str),
    left: (&'static str, &'static str),
}

const SCREENED: PartWords = PartWords {
    part: ("已完成", "Done"),
    whole: ("总数", "Total"),
    left: ("未完成", "Left"),
};
const FILLED: PartWords = PartWords {
    part: ("已满足", "Filled"),
    whole: ("需要", "Needed"),
    left: ("缺口", "Short"),
};
const DONE: PartWords = PartWords {
    part: ("已完成", "Done"),
    whole: ("目标", "Target"),
    left: ("剩余", "Left"),
};

fn dated(head: &ChartHead, days: &[NaiveDate], series: &[Series]) -> List {
    let mut columns = vec![Column::new("day", head.x_axis.clone(), ColumnKind::Date)];
    for (at, one) in series.iter().enumerate() {
        let key = format!("series_{}", at + 1);
        columns.push(Column::new(key, one.name.clone(), ColumnKind::Count));
    }
    let mut list = List::new(head.key.clone(), head.title.clone(), columns);
    for (at, day) in days.iter().enumerate() {
        let values = series.iter().map(|one| one.at(at).into());
        list.rows
            .push(std::iter::once(Cell::Date(*day)).chain(values).collect());
    }
    list
}

impl Series {
    /// The value at a place of the series, unknown beyond its end.
    #[must_use]
    pub fn at(&self, place: usize) -> FigureValue {
        self.values
            .get(place)
            .copied()
            .unwrap_or(FigureValue::Unknown)
    }
}

impl PartOfWhole {
    /// What is left: the whole less the part, never below nothing.
    #[must_use]
    pub fn left(&self) -> FigureValue {
        use FigureValue::{Count, Hundredths, Incomplete, Suppressed, Unknown};
        let rest = |whole: i64, part: i64| whole.saturating_sub(part).max(0);
        match (self.part, self.whole) {
            (Suppressed, _) | (_, Suppressed) => Suppressed,
            (Unknown, _) | (_, Unknown) => Unknown,
            (Count(part), Count(whole)) => Count(rest(whole, part)),
            (Hundredths(part), Hundredths(whole)) => Hundredths(rest(whole, part)),
            (Count(part) | Incomplete(part), Count(whole) | Incomplete(whole)) => {
                Incomplete(rest(whole, part))
            }
            // Whole units against hundredths cannot be told apart safely.
            (Hundredths(_), _) | (_, Hundredths(_)) => Unknown,
        }
    }

    /// The part's share of the whole in thousandths, where both are numbers.
    #[must_use]
    pub fn share(&self) -> Option<i64> {
        number::share_of(self.part.number()?, self.whole.number()?)
    }
}

fn parts(head: &ChartHead, rows: &[PartOfWhole], words: &PartWords) -> List {
    let heading = |(zh, en): (&str, &str)| Text::new(zh, en);
    let mut columns = vec![
        Column::new("name", head.y_axis.clone(), ColumnKind::Text),
        Column::new("part", heading(words.part), ColumnKind::Count),
        Column::new("whole", heading(words.whole), ColumnKind::Count),
        Column::new("left", heading(words.left), ColumnKind::Count),
        Column::new("share", heading(("比例", "Share")), ColumnKind::Share),
    ];
    let has_units = rows.iter().any(|row| !row.unit.is_empty());
    if has_units {
        columns.push(Column::new(
            "unit",
            heading(("单位", "Unit")),
            ColumnKind::Text,
        ));
    }
    let mut list = List::new(head.key.clone(), head.title.clone(), columns);
    for row in rows {
        let share = match (row.left(), row.share()) {
            (FigureValue::Suppressed, _) => Cell::Suppressed,
            (_, Some(share)) => Cell::Share(share),
            (_, None) => Cell::Unknown,
        };
        let mut cells = vec![
            Cell::Text(row.name.clone()),
            row.part.into(),
            row.whole.into(),
            row.left().into(),
            share,
        ];
        if has_units {
            cells.push(Cell::Text(row.unit.clone()));
        }
        list.rows.push(cells);
    }
    list
}

//! The situation as a bulletin.

use std::collections::BTreeMap;

use super::{Situation, Tally, UNKNOWN, said};
use crate::{
    Bulletin, Cell, Chart, ChartHead, Column, ColumnKind, Edition, EpiCurve, Figure, FigureValue,
    List, Period, Section, Sentence, Series, Text, number,
};

/// As many classes as can be told apart in one bar; the rest are one.
const MOST_CLASSES: usize = 5;
/// As many rows as a reader takes in; the rest are one.
const MOST_ROWS: usize = 30;

impl Situation {
    /// The situation as a bulletin: epidemic curve by class, tables by class
    /// and place, deaths and fatality, and what is missing.
    ///
    /// It is an internal edition: its small counts are not withheld. It is of
    /// no day, since a line list does not say when it was closed.
    #[must_use]
    pub fn to_bulletin(&self, place: Text) -> Bulletin {
        let title = Text::new("疫情情况报告", "Situation report");
        let mut bulletin = Bulletin::new(title, place, Edition::Internal);
        bulletin.headline = self.headline();
        bulletin.sections = vec![self.overview(), self.places(), self.gaps()];
        if self.rejected > 0 {
            bulletin.rejected_note = Text::new(
                format!(
                    "未采用{}行：请改正后重新读入。",
                    number::group_digits(signed(self.rejected))
                ),
                format!(
                    "Rows refused: {}. Mend them and read them again.",
                    number::group_digits(signed(self.rejected))
                ),
            );
        }
        bulletin.notes = vec![Text::new(
            "本报告未隐去小于5的数字，不可直接公开。",
            "Counts below 5 are not withheld here: this is not for the public.",
        )];
        bulletin
    }

    fn headline(&self) -> Vec<Figure> {
        let cases = Text::new("例", "cases");
        let deaths = match self.known_outcomes() {
            0 => FigureValue::Unknown,
            _ => FigureValue::Count(signed(self.deaths())),
        };
        let count = |count| FigureValue::Count(signed(count));
        vec![
            Figure::new(
                "accepted",
                Text::new("病例", "Cases"),
                count(self.accepted()),
                cases,
            ),
            Figure::new(
                "deaths",
                Text::new("死亡", "Deaths"),
                deaths,
                Text::new("例", ""),
            ),
            Figure::new(
                "missing_onset",
                Text::new("缺发病日期", "Without onset"),
                count(self.missing_onset),
                Text::new("例", "cases"),
            ),
            Figure::new(
                "rejected",
                Text::new("未采用", "Refused"),
                count(self.rejected),
                Text::new("行", "rows"),
            ),
        ]
    }

    fn overview(&self) -> Section {
        let mut section = Section::new("overview", Text::new("概况", "Overview"));
        section.sentences = vec![
            Sentence::new("rows", said::rows(self)),
            Sentence::new("onsets", said::onsets(self)),
            Sentence::new("fatality", said::fatality(self)),
        ];
        section.charts = vec![Chart::EpiCurve(self.curve_chart())];
        let title = Text::new("按病例分类", "By class");
        let heading = Text::new("分类", "Class");
        section.lists = vec![table("by_class", title, heading, &self.by_class)];
        section
    }

    fn places(&self) -> Section {
        let mut section = Section::new("places", Text::new("地点分布", "Places"));
        let title = Text::new("按地点", "By place");
        let heading = Text::new("地点", "Place");
        section.lists = vec![table("by_place", title, heading, &self.by_place)];
        section
    }

    fn gaps(&self) -> Section {
        let mut section = Section::new("missing", Text::new("缺失的信息", "What is missing"));
        let sentences = said::missing(self).into_iter();
        section.sentences = sentences
            .map(|(key, text)| Sentence::new(key, text))
            .collect();
        section
    }

    fn curve_chart(&self) -> EpiCurve {
        let classes = by_size(&self.by_class);
        let kept = match classes.len() {
            0..=MOST_CLASSES => classes.len(),
            _ => MOST_CLASSES - 1,
        };
        let counts = |of: &[(&str, &Tally)]| -> Vec<FigureValue> {
            let sum = |found: &BTreeMap<String, u64>| {
                let each = of.iter().filter_map(|(class, _)| found.get(*class));
                FigureValue::Count(signed(each.sum()))
            };
            self.curve.values().map(sum).collect()
        };
        let mut series: Vec<Series> = classes[..kept]
            .iter()
            .map(|class| Series {
                name: name(class.0),
                values: counts(&[*class]),
            })
            .collect();
        if kept < classes.len() {
            series.push(Series {
                name: Text::new("其他分类", "other classes"),
                values: counts(&classes[kept..]),
            });
        }
        EpiCurve {
            head: curve_head(self.period),
            period: self.period,
            periods: self.curve.keys().copied().collect(),
            series,
        }
    }
}

fn curve_head(period: Period) -> ChartHead {
    let (title, x_axis) = match period {
        Period::Day => (
            ("按发病日期的病例数", "Cases by day of onset"),
            ("发病日期", "Day of onset"),
        ),
        Period::Week => (
            ("按发病周的病例数", "Cases by week of onset"),
            ("发病周（周一）", "Week of onset, from Monday"),
        ),
        Period::Month => (
            ("按发病月份的病例数", "Cases by month of onset"),
            ("发病月份", "Month of onset"),
        ),
    };
    ChartHead {
        key: "epi_curve".to_owned(),
        title: Text::new(title.0, title.1),
        x_axis: Text::new(x_axis.0, x_axis.1),
        y_axis: Text::new("病例数（例）", "Cases"),
        source: Text::new(
            "病例一览表；无发病日期者未列入",
            "The line list; cases without an onset are left out",
        ),
    }
}

/// Classes or places, most cases first, by name among equals, unknown last.
fn by_size(tallies: &BTreeMap<String, Tally>) -> Vec<(&str, &Tally)> {
    let mut sorted: Vec<(&str, &Tally)> = tallies
        .iter()
        .map(|(name, tally)| (name.as_str(), tally))
        .collect();
    sorted.sort_by_key(|(name, tally)| (*name == UNKNOWN, std::cmp::Reverse(tally.cases), *name));
    sorted
}

/// A name as the line list has it, in Chinese too where it is a word of case
/// definitions; a place is never one of them.
fn name(given: &str) -> Text {
    match given {
        UNKNOWN => Text::new("不详", "unknown"),
        "confirmed" => Text::new("确诊病例", given),
        "suspected" => Text::new("疑似病例", given),
        "probable" => Text::new("可能病例", given),
        "asymptomatic" => Text::new("无症状感染者", given),
        name => Text::same(name),
    }
}

fn table(key: &str, title: Text, heading: Text, tallies: &BTreeMap<String, Tally>) -> List {
    let columns = vec![
        Column::new("name", heading, ColumnKind::Text),
        Column::new("cases", Text::new("病例", "Cases"), ColumnKind::Count),
        Column::new("share", Text::new("比例", "Share"), ColumnKind::Share),
        Column::new(
            "known_outcomes",
            Text::new("转归已知", "Known outcome"),
            ColumnKind::Count,
        ),
        Column::new("deaths", Text::new("死亡", "Deaths"), ColumnKind::Count),
    ];
    let mut list = List::new(key, title, columns);
    let sorted = by_size(tallies);
    let all = sorted.iter().map(|(_, tally)| tally.cases).sum();
    let kept = if sorted.len() <= MOST_ROWS + 1 {
        sorted.len()
    } else {
        MOST_ROWS
    };
    let (shown, others) = sorted.split_at(kept);
    list.rows = shown
        .iter()
        .map(|(given, tally)| row(name(given), **tally, all))
        .collect();
    if !others.is_empty() {
        let count = number::group_digits(i64::try_from(others.len()).unwrap_or(i64::MAX));
        let words = Text::new(format!("其他（{count}项）"), format!("others ({count})"));
        let mut sum = Tally::default();
        for (_, tally) in others {
            sum.cases += tally.cases;
            sum.deaths += tally.deaths;
            sum.known_outcomes += tally.known_outcomes;
        }
        list.rows.push(row(words, sum, all));
    }
    list
}

fn row(name: Text, tally: Tally, all: u64) -> Vec<Cell> {
    let share = number::share_of(signed(tally.cases), signed(all));
    let deaths = match tally.known_outcomes {
        0 => Cell::Unknown,
        _ => Cell::Count(signed(tally.deaths)),
    };
    vec![
        Cell::Text(name),
        Cell::Count(signed(tally.cases)),
        share.map_or(Cell::Unknown, Cell::Share),
        Cell::Count(signed(tally.known_outcomes)),
        deaths,
    ]
}

/// A count as the figures of a bulletin hold it.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

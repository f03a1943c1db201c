//! A bulletin as one HTML page.

use std::collections::BTreeMap;

use askama::Template;

use super::markdown::{dateline, edition, figure_words, join_heading, notes};
use super::since::since_yesterday;
use crate::draw::{Width, chart_to_svg, safe_id};
use crate::words::{Words, words};
use crate::{
    Bulletin, Chart, Column, ColumnKind, Edition, Figure, Language, List, Section, number,
};

/// Lists longer than this are folded, so that the page can be overseen: the
/// thirty first and the rest in one row stay open.
const LONGEST_OPEN: usize = 31;

#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    lang: &'static str,
    words: &'static Words,
    internal: bool,
    page_title: String,
    heading: String,
    dateline: String,
    edition: &'static str,
    headline: Vec<FigureView>,
    sections: Vec<SectionView>,
    corrections: Option<TableView>,
    rejected_note: String,
    notes: Vec<String>,
}

struct FigureView {
    label: String,
    value: String,
    unit: String,
    since: String,
}

struct SectionView {
    id: String,
    heading: String,
    sentences: Vec<String>,
    figures: Vec<FigureView>,
    charts: Vec<ChartView>,
    lists: Vec<TableView>,
}

struct ChartView {
    wide: String,
    narrow: String,
    source: String,
    /// Whether the drawing is shown only when asked.
    folded: bool,
    /// Whether it may be longer than a sheet of paper.
    tall: bool,
    /// What opens its table.
    table_words: String,
    table: TableView,
}

struct TableView {
    title: String,
    note: String,
    summary: String,
    folded: bool,
    headings: Vec<HeadingView>,
    rows: Vec<Vec<CellView>>,
}

struct HeadingView {
    class: &'static str,
    words: String,
}

struct CellView {
    class: &'static str,
    words: String,
    heads_row: bool,
}

pub(super) fn render(bulletin: &Bulletin, language: Language) -> Result<String, askama::Error> {
    let place = bulletin.place.in_language(language);
    let title = bulletin.title.in_language(language);
    let heading = join_heading(place, title, language);
    let day = bulletin.day.map(|day| number::print_day(day, language));
    let mut ids = Ids::default();
    let mut view = View {
        language,
        ids: &mut ids,
    };
    Page {
        lang: language.tag(),
        words: words(language),
        internal: bulletin.edition == Edition::Internal,
        page_title: [Some(heading.clone()), day]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        heading,
        dateline: dateline(bulletin, language),
        edition: edition(bulletin.edition, language),
        headline: view.figures(&bulletin.headline),
        sections: bulletin
            .sections
            .iter()
            .map(|one| view.section(one))
            .collect(),
        corrections: bulletin.corrections.as_ref().map(|list| view.table(list)),
        rejected_note: bulletin.rejected_note.in_language(language).to_owned(),
        notes: notes(bulletin, language),
    }
    .render()
}

/// Hands out each id once on a page, a number after it where a key repeats.
#[derive(Default)]
struct Ids {
    given: BTreeMap<String, usize>,
}

impl Ids {
    fn take(&mut self, key: &str) -> String {
        let times = self.given.entry(key.to_owned()).or_default();
        *times += 1;
        match *times {
            1 => key.to_owned(),
            // A dot is in no safe id, so the numbered one is new as well.
            times => format!("{key}.{times}"),
        }
    }
}

struct View<'a> {
    language: Language,
    ids: &'a mut Ids,
}

impl View<'_> {
    fn section(&mut self, section: &Section) -> SectionView {
        let language = self.language;
        let id = self.ids.take(&section.key);
        let sentences = section.sentences.iter();
        SectionView {
            id: format!("section-{}", safe_id(&id)),
            heading: section.heading.in_language(language).to_owned(),
            sentences: sentences
                .map(|one| one.text.in_language(language).to_owned())
                .collect(),
            figures: self.figures(&section.figures),
            charts: section.charts.iter().map(|one| self.chart(one)).collect(),
            lists: section.lists.iter().map(|one| self.table(one)).collect(),
        }
    }

    fn figures(&self, figures: &[Figure]) -> Vec<FigureView> {
        let view = |figure: &Figure| {
            let (value, unit) = figure_words(figure, self.language);
            FigureView {
                label: figure.label.in_language(self.language).to_owned(),
                value,
                unit,
                since: since_yesterday(figure, self.language),
            }
        };
        figures.iter().map(view).collect()
    }

    fn chart(&mut self, chart: &Chart) -> ChartView {
        let id = self.ids.take(&format!("chart {}", chart.head().key));
        let svg = |width| chart_to_svg(chart, &id, self.language, width);
        let table = self.table(&chart.table());
        let (folded, table_words) = match chart {
            // Its table says more than the drawing, so it says how long it is.
            Chart::DatedTree(tree) => (tree.folded, table.summary.clone()),
            _ => (false, words(self.language).figures_of_chart.to_owned()),
        };
        ChartView {
            wide: svg(Width::Wide),
            narrow: svg(Width::Narrow),
            source: chart.head().source.in_language(self.language).to_owned(),
            folded,
            tall: matches!(chart, Chart::DatedTree(_)),
            table_words,
            table,
        }
    }

    fn table(&self, list: &List) -> TableView {
        let language = self.language;
        let heading = |column: &Column| HeadingView {
            class: class_of(column.kind),
            words: column.heading.in_language(language).to_owned(),
        };
        let row = |at: usize| {
            let cell = |(column, of): (usize, &Column)| CellView {
                class: class_of(of.kind),
                words: list.cell(at, column).print(language),
                heads_row: column == 0,
            };
            list.columns.iter().enumerate().map(cell).collect()
        };
        let rows = number::group_digits(i64::try_from(list.rows.len()).unwrap_or(i64::MAX));
        TableView {
            title: list.title.in_language(language).to_owned(),
            note: list.note.in_language(language).to_owned(),
            summary: match (language, list.rows.len()) {
                (Language::Chinese, _) => format!("共{rows}行，点开查看"),
                (Language::English, 1) => "1 row".to_owned(),
                (Language::English, _) => format!("{rows} rows, open to read"),
            },
            folded: list.rows.len() > LONGEST_OPEN,
            headings: list.columns.iter().map(heading).collect(),
            rows: (0..list.rows.len()).map(row).collect(),
        }
    }
}

const fn class_of(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Count | ColumnKind::Hundredths | ColumnKind::Share => " class=\"number\"",
        ColumnKind::Date | ColumnKind::Instant => " class=\"date\"",
        ColumnKind::Text => "",
    }
}

//! Parts of wholes as rows: coverage, need and fill, progress.

use super::Width;
use super::canvas::{Anchor, Canvas, Style, Tenths};
use super::colours;
use super::label::{self, SIZE};
use super::legend::{self, LINE, Swatch};
use super::scale::Scale;
use crate::{Bars, ChartHead, FigureValue, Language, NeedAndFill, PartOfWhole, Progress, number};

/// Draws coverage by place and describes it in words.
pub(super) fn coverage(
    chart: &Bars,
    language: Language,
    width: Width,
    canvas: &mut Canvas,
) -> String {
    let label = |row: &PartOfWhole| {
        let count = format!(
            "{} / {}",
            row.part.print(language),
            row.whole.print(language)
        );
        let share = row.share().map(number::print_share);
        match (share, row.left()) {
            (Some(share), FigureValue::Count(_) | FigureValue::Hundredths(_)) => {
                (format!("{count} · {share}"), row.left().number() > Some(0))
            }
            _ => (count, false),
        }
    };
    let drawing = Rows::of(&chart.bars, Ends::Common, Rest::Track, language, label);
    let words = match language {
        Language::Chinese => ("已完成", "未完成"),
        Language::English => ("Done", "Left"),
    };
    drawing.draw(&chart.head, words, width, canvas)
}

/// Draws need and fill by village and describes them in words.
pub(super) fn need(
    chart: &NeedAndFill,
    language: Language,
    width: Width,
    canvas: &mut Canvas,
) -> String {
    let label = |row: &PartOfWhole| {
        let count = format!(
            "{} / {}",
            row.part.print(language),
            row.whole.print(language)
        );
        let short = row.left().print(language);
        match (row.left().number(), language) {
            (Some(1..), Language::Chinese) => (format!("{count}，缺{short}"), true),
            (Some(1..), Language::English) => (format!("{count}, {short} short"), true),
            _ => (count, false),
        }
    };
    let drawing = Rows::of(&chart.places, Ends::Common, Rest::Hatched, language, label);
    let words = match language {
        Language::Chinese => ("已满足", "缺口"),
        Language::English => ("Filled", "Short"),
    };
    drawing.draw(&chart.head, words, width, canvas)
}

/// Draws programmes against their targets and describes them in words.
pub(super) fn progress(
    chart: &Progress,
    language: Language,
    width: Width,
    canvas: &mut Canvas,
) -> String {
    let label = |row: &PartOfWhole| {
        let (part, whole) = (row.part.print(language), row.whole.print(language));
        let (unit, left) = (row.unit.in_language(language), row.left().print(language));
        let words = match language {
            Language::Chinese => format!("{part} / {whole}{unit}，剩余{left}"),
            Language::English => format!("{part} of {whole} {unit}, {left} left"),
        };
        (words, false)
    };
    let drawing = Rows::of(&chart.programmes, Ends::Own, Rest::Track, language, label);
    let words = match language {
        Language::Chinese => ("已完成", "剩余"),
        Language::English => ("Done", "Left"),
    };
    drawing.draw(&chart.head, words, width, canvas)
}

/// What the end of the axis is: one count for all rows, or each row's whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Common,
    Own,
}

/// How the part not done is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Track,
    Hatched,
}

struct Row {
    name: String,
    label: String,
    alert: bool,
    part: i64,
    whole: i64,
}

struct Rows {
    rows: Vec<Row>,
    ends: Ends,
    rest: Rest,
    language: Language,
}

/// Where names, bars and labels stand, the same for every row.
struct Columns {
    beside: bool,
    name_width: Tenths,
    bar: (Tenths, Tenths),
}

const GAP: Tenths = 100;
const BAR: Tenths = 130;
const LEAST_BAR: Tenths = 1_600;

impl Rows {
    fn of(
        rows: &[PartOfWhole],
        ends: Ends,
        rest: Rest,
        language: Language,
        label: impl Fn(&PartOfWhole) -> (String, bool),
    ) -> Self {
        let row = |row: &PartOfWhole| {
            let (label, alert) = label(row);
            Row {
                name: row.name.in_language(language).to_owned(),
                label,
                alert,
                part: row.part.number().unwrap_or(0).max(0),
                whole: row.whole.number().unwrap_or(0).max(0),
            }
        };
        Self {
            rows: rows.iter().map(row).collect(),
            ends,
            rest,
            language,
        }
    }

    fn draw(
        &self,
        head: &ChartHead,
        (done, left): (&str, &str),
        width: Width,
        canvas: &mut Canvas,
    ) -> String {
        if self.rows.is_empty() {
            return super::epi_curve::nothing(canvas, self.language);
        }
        let rest = match self.rest {
            Rest::Track => Swatch::Track,
            Rest::Hatched => Swatch::Fill(1),
        };
        let mut y = legend::draw(canvas, 0, &[(Swatch::Fill(0), done), (rest, left)]) + 60;
        let columns = self.columns(width, canvas.width());
        let greatest = self.rows.iter().map(|row| row.part.max(row.whole)).max();
        let scale = self.scale(greatest.unwrap_or(0), columns.bar.1);
        canvas.text(
            0,
            y + 130,
            Style::quiet(Anchor::Start),
            head.y_axis.in_language(self.language),
        );
        y += LINE + 40;
        for row in &self.rows {
            y = self.draw_row(canvas, row, &columns, scale, y);
        }
        self.draw_axis(
            canvas,
            &columns,
            scale,
            y,
            head.x_axis.in_language(self.language),
        );
        canvas.set_height(y + 460);
        self.describe()
    }

    fn scale(&self, greatest: i64, length: Tenths) -> Option<Scale> {
        // The outermost labels are kept inside the drawing, half a label in.
        let room = label::width(&number::group_digits(greatest), SIZE) * 3 / 2 + 160;
        let steps = (length / room).clamp(1, 5);
        (self.ends == Ends::Common).then(|| Scale::to(greatest, steps))
    }

    /// Names beside the bars where all fits, above them where it does not.
    fn columns(&self, width: Width, whole: Tenths) -> Columns {
        let widest = |words: fn(&Row) -> &str| {
            let widths = self.rows.iter().map(|row| label::width(words(row), SIZE));
            widths.max().unwrap_or(0)
        };
        let name_width = widest(|row| &row.name).min(2_200);
        let label_width = widest(|row| &row.label);
        let length = whole - name_width - label_width - 2 * GAP;
        if width == Width::Wide && length >= LEAST_BAR {
            Columns {
                beside: true,
                name_width,
                bar: (name_width + GAP, length),
            }
        } else {
            Columns {
                beside: false,
                name_width: whole,
                bar: (5, whole - 10),
            }
        }
    }

    fn draw_row(
        &self,
        canvas: &mut Canvas,
        row: &Row,
        columns: &Columns,
        scale: Option<Scale>,
        top: Tenths,
    ) -> Tenths {
        let names = label::wrap(&row.name, SIZE, columns.name_width);
        for (line, at) in names.iter().zip(0..) {
            canvas.text(0, top + 130 + at * LINE, Style::plain(Anchor::Start), line);
        }
        let end = top + LINE * i64::try_from(names.len()).unwrap_or(1);
        if columns.beside {
            let middle = (top + end) / 2;
            self.draw_bar(canvas, row, columns.bar, scale, middle - BAR / 2);
            let x = columns.bar.0 + columns.bar.1 + GAP;
            canvas.text(
                x,
                middle + 40,
                self.label_style(row, Anchor::Start),
                &row.label,
            );
            return end + 60;
        }
        let last = names.last().map_or(0, |line| label::width(line, SIZE));
        let y = self.draw_label(canvas, row, last, end);
        self.draw_bar(canvas, row, columns.bar, scale, y + 10);
        y + BAR + 100
    }

    /// Draws the label above its bar, beside the name where both fit a line,
    /// and answers where it ends.
    fn draw_label(&self, canvas: &mut Canvas, row: &Row, name: Tenths, end: Tenths) -> Tenths {
        let fits = name + label::width(&row.label, SIZE) + GAP <= canvas.width();
        let mut y = end;
        if fits {
            let x = canvas.width();
            canvas.text(
                x,
                y - LINE + 130,
                self.label_style(row, Anchor::End),
                &row.label,
            );
        } else {
            for line in label::wrap(&row.label, SIZE, canvas.width()) {
                canvas.text(0, y + 130, self.label_style(row, Anchor::Start), &line);
                y += LINE;
            }
        }
        y
    }

    const fn label_style(&self, row: &Row, anchor: Anchor) -> Style {
        Style {
            anchor,
            colour: if row.alert {
                colours::ALERT
            } else {
                colours::INK
            },
            bold: row.alert,
        }
    }

    fn draw_bar(
        &self,
        canvas: &mut Canvas,
        row: &Row,
        (left, length): (Tenths, Tenths),
        scale: Option<Scale>,
        top: Tenths,
    ) {
        let scale = scale.unwrap_or(Scale::ending_at(row.whole.max(row.part)));
        let along = |count: i64| scale.along(count, length);
        let (part, whole) = (along(row.part), along(row.whole));
        match self.rest {
            Rest::Track => canvas.track((left, top), (whole, BAR)),
            Rest::Hatched => {
                let fill = canvas.fill(1);
                canvas.rect((left + part, top), (whole - part, BAR), &fill);
            }
        }
        let fill = canvas.fill(0);
        canvas.rect((left, top), (part, BAR), &fill);
    }

    fn draw_axis(
        &self,
        canvas: &mut Canvas,
        columns: &Columns,
        scale: Option<Scale>,
        y: Tenths,
        name: &str,
    ) {
        let (left, length) = columns.bar;
        canvas.line((left, y), (left + length, y), colours::OUTLINE);
        let marks: Vec<(Tenths, String)> = match scale {
            Some(scale) => scale
                .marks()
                .map(|count| (scale.along(count, length), number::group_digits(count)))
                .collect(),
            None => [0, 50, 100]
                .map(|share| (length * share / 100, format!("{share}%")))
                .to_vec(),
        };
        for (along, words) in marks {
            let half = label::width(&words, SIZE) / 2;
            let at = (left + along).clamp(half, (canvas.width() - half).max(half));
            canvas.line((left + along, y), (left + along, y + 50), colours::OUTLINE);
            canvas.text(at, y + 190, Style::quiet(Anchor::Middle), &words);
        }
        let half = label::width(name, SIZE) / 2;
        let middle = left + length / 2;
        let at = middle.clamp(half, (canvas.width() - half).max(half));
        canvas.text(at, y + 390, Style::quiet(Anchor::Middle), name);
    }

    fn describe(&self) -> String {
        const SAID: usize = 20;
        let (colon, stop) = match self.language {
            Language::Chinese => ("：", "；"),
            Language::English => (": ", "; "),
        };
        let rows = self.rows.iter().take(SAID);
        let said: Vec<String> = rows
            .map(|row| format!("{}{colon}{}", row.name, row.label))
            .collect();
        let mut said = said.join(stop);
        if self.rows.len() > SAID {
            said.push_str(match self.language {
                Language::Chinese => "；其余见表。",
                Language::English => "; the rest is in the table.",
            });
        }
        said
    }
}

//! Turns a bulletin into Markdown, HTML, JSON and CSV, in Chinese and English.

mod bulletin;
mod chart;
pub mod draw;
mod figure;
mod list;
pub mod messages;
pub mod number;
mod period;
mod render;
pub mod situation;
pub mod suppress;
mod text;
mod words;

pub use bulletin::{Bulletin, Edition, Section, Sentence};
pub use chart::{
    Bars, Chart, ChartHead, EpiCurve, Lines, NeedAndFill, PartOfWhole, Progress, Series,
};
pub use figure::{Figure, FigureValue};
pub use list::{Cell, Column, ColumnKind, List};
pub use period::Period;
pub use render::{RenderError, list_to_csv, to_html, to_json, to_markdown};
pub use text::{Language, Text};

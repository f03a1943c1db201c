//! Turns a bulletin into Markdown, HTML, JSON and CSV, in Chinese and English.
//!
//! ```
//! use reporting::{Bulletin, Edition, Figure, FigureValue, Language, Text, to_html, to_markdown};
//!
//! let title = Text::new("疫情防控简报", "Outbreak bulletin");
//! let mut bulletin = Bulletin::new(title, Text::new("芒棒镇", "Mangbang"), Edition::Internal);
//! bulletin.headline.push(
//!     Figure::new(
//!         "home_observation_now",
//!         Text::new("居家隔离观察", "Under home observation"),
//!         FigureValue::Count(28),
//!         Text::new("人", "people"),
//!     )
//!     .since(FigureValue::Count(30)),
//! );
//! let markdown = to_markdown(&bulletin, Language::English);
//! assert!(markdown.contains("- Under home observation: **28 people**; Yesterday 30, −2"));
//! let page = to_html(&bulletin, Language::Chinese)?;
//! assert!(page.contains("内部使用 不得外传"));
//! # Ok::<(), reporting::RenderError>(())
//! ```
//!
//! In reading order:
//! - [`Text`] holds words in both languages; [`messages`] makes sentences of
//!   them from Fluent sources, right in both languages or refused.
//! - [`Figure`] says a count, or that it is incomplete, unknown or withheld;
//!   [`List`] is what someone must act on; [`Chart`] is a drawing as data,
//!   a [`DatedTree`] of any size among them.
//! - [`Bulletin`] is all of it for one day and one audience, and
//!   [`to_markdown`], [`to_html`], [`to_json`] and [`list_to_csv`] write it out;
//!   [`draw`] draws a chart alone.
//! - [`suppress`] withholds small counts before a bulletin is public, and
//!   audits that nothing gives them away.
//! - [`situation`] makes a report of any line list.
//!
//! Laws: both languages carry the same figures. Unknown, incomplete and
//! withheld are never printed as a number alone, an empty list prints 无 / none.
//! Whatever the words hold, they are words on the page, and the page asks for
//! nothing outside itself. The same data makes the same bytes. An internal
//! edition says on every page that it goes no further.
//!
//! What this leaves out: no figure is worked out here but the change since
//! yesterday, what is left of a whole, and a situation's counts; nothing is
//! read or written; which figures are public is the caller's to decide.

mod bulletin;
mod chart;
mod dated_tree;
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
pub use dated_tree::{DatedTree, TreeCase};
pub use figure::{Figure, FigureValue};
pub use list::{Cell, Column, ColumnKind, List};
pub use period::Period;
pub use render::{RenderError, list_to_csv, to_html, to_json, to_markdown};
pub use text::{Language, Text};

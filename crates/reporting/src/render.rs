//! Bulletins and lists as files: Markdown, HTML, JSON, CSV.

mod csv;
mod markdown;
mod marks;
mod page;
mod since;

use crate::{Bulletin, Language};

pub use self::csv::list_to_csv;
pub use markdown::to_markdown;

/// Why a bulletin could not be written out.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The page could not be filled in.
    #[error("the page in {} could not be filled in: {source}", .language.tag())]
    Page {
        /// The language of the page.
        language: Language,
        /// What the template said.
        source: askama::Error,
    },
    /// The bulletin could not be written as JSON.
    #[error("the bulletin could not be written as json: {0}")]
    Json(#[from] serde_json::Error),
}

/// A bulletin as one self-contained HTML page in one language: style and
/// charts are inside, and it asks for nothing outside.
///
/// # Errors
///
/// Where the template fails, which no bulletin is known to cause.
pub fn to_html(bulletin: &Bulletin, language: Language) -> Result<String, RenderError> {
    page::render(bulletin, language).map_err(|source| RenderError::Page { language, source })
}

/// A bulletin as JSON, with every text in both languages.
///
/// # Errors
///
/// Where the bulletin cannot be serialised, which no bulletin is known to
/// cause.
pub fn to_json(bulletin: &Bulletin) -> Result<String, RenderError> {
    let mut json = serde_json::to_string_pretty(bulletin)?;
    json.push('\n');
    Ok(json)
}

//! How today's figure stands against yesterday's.

use crate::words::words;
use crate::{Figure, FigureValue, Language};

/// "昨日30，变化+2", or nothing where the figure is not compared.
pub(super) fn since_yesterday(figure: &Figure, language: Language) -> String {
    let Some(yesterday) = figure.yesterday else {
        return String::new();
    };
    let words = words(language);
    let before = yesterday.print(language);
    let space = match language {
        Language::Chinese => "",
        Language::English => " ",
    };
    let said = format!("{}{space}{before}", words.yesterday);
    match figure.value.change_since(yesterday) {
        None => said,
        Some(change) => format!("{said}{}{}", words.comma, print_change(change, language)),
    }
}

/// A change with its sign; no change is said in words.
fn print_change(change: FigureValue, language: Language) -> String {
    match change.number() {
        Some(0) => words(language).no_change.to_owned(),
        Some(1..) => format!("+{}", change.print(language)),
        _ => change.print(language),
    }
}

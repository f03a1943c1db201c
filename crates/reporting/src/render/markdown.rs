//! A bulletin as Markdown, for mail and messengers.

use super::marks::Marks;
use super::since::since_yesterday;
use crate::words::{Words, words};
use crate::{Bulletin, Edition, Figure, FigureValue, Language, List, Section, number};

/// A bulletin as Markdown (CommonMark with tables) in one language.
///
/// Charts appear as their tables.
#[must_use]
pub fn to_markdown(bulletin: &Bulletin, language: Language) -> String {
    let mut page = Page {
        text: String::new(),
        language,
        words: words(language),
    };
    page.head(bulletin);
    if !bulletin.headline.is_empty() {
        page.heading(2, page.words.headline);
        page.figures(&bulletin.headline);
    }
    for section in &bulletin.sections {
        page.section(section);
    }
    if let Some(corrections) = &bulletin.corrections {
        page.heading(2, page.words.corrections);
        page.list(corrections);
    }
    page.foot(bulletin);
    page.text
}

struct Page {
    text: String,
    language: Language,
    words: &'static Words,
}

impl Page {
    fn head(&mut self, bulletin: &Bulletin) {
        if bulletin.edition == Edition::Internal {
            self.paragraph(&format!("**{}**", self.words.internal));
        }
        let place = bulletin.place.in_language(self.language);
        let title = bulletin.title.in_language(self.language);
        self.heading(1, &join_heading(place, title, self.language));
        let dateline = dateline(bulletin, self.language);
        self.paragraph(&escape(&dateline));
    }

    fn section(&mut self, section: &Section) {
        self.heading(2, section.heading.in_language(self.language));
        for sentence in &section.sentences {
            self.paragraph(&escape(sentence.text.in_language(self.language)));
        }
        self.figures(&section.figures);
        for chart in &section.charts {
            self.list(&chart.table());
            let source = chart.head().source.in_language(self.language);
            if !source.is_empty() {
                let said = format!("{}{}{source}", self.words.source, self.words.colon);
                self.paragraph(&escape(&said));
            }
        }
        for list in &section.lists {
            self.list(list);
        }
    }

    fn foot(&mut self, bulletin: &Bulletin) {
        if !bulletin.rejected_note.is_empty() {
            self.heading(2, self.words.rejected);
            self.paragraph(&escape(bulletin.rejected_note.in_language(self.language)));
        }
        let notes = notes(bulletin, self.language);
        if !notes.is_empty() {
            self.heading(2, self.words.notes);
        }
        for note in notes {
            self.paragraph(&escape(&note));
        }
        if bulletin.edition == Edition::Internal {
            self.paragraph(&format!("**{}**", self.words.internal));
        }
    }

    fn heading(&mut self, level: usize, words: &str) {
        self.paragraph(&format!("{} {}", "#".repeat(level), escape(words)));
    }

    fn paragraph(&mut self, markdown: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(markdown);
        self.text.push('\n');
    }

    fn figures(&mut self, figures: &[Figure]) {
        let line = |figure: &Figure| {
            let (value, unit) = figure_words(figure, self.language);
            let label = figure.label.in_language(self.language);
            let since = since_yesterday(figure, self.language);
            let space = match self.language {
                Language::Chinese => "",
                Language::English => " ",
            };
            let said = escape(format!("{value}{space}{unit}").trim_end());
            let since = match since.as_str() {
                "" => String::new(),
                since => format!("{}{}", self.words.semicolon, escape(since)),
            };
            format!("- {}{}**{said}**{since}", escape(label), self.words.colon)
        };
        let lines: Vec<String> = figures.iter().map(line).collect();
        if !lines.is_empty() {
            self.paragraph(&lines.join("\n"));
        }
    }

    fn list(&mut self, list: &List) {
        self.heading(3, list.title.in_language(self.language));
        if !list.note.is_empty() {
            self.paragraph(&escape(list.note.in_language(self.language)));
        }
        if list.rows.is_empty() {
            self.paragraph(self.words.none);
            return;
        }
        let headings = list
            .columns
            .iter()
            .map(|column| escape(column.heading.in_language(self.language)));
        let rule = list
            .columns
            .iter()
            .map(|column| match column.kind.is_number() {
                true => "---:".to_owned(),
                false => "---".to_owned(),
            });
        let mut lines = vec![row(headings), row(rule)];
        for at in 0..list.rows.len() {
            let cells = (0..list.columns.len())
                .map(|column| escape(&list.cell(at, column).print(self.language)));
            lines.push(row(cells));
        }
        self.paragraph(&lines.join("\n"));
    }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |", cells.join(" | "))
}

/// A figure's value and what stands small beside it: its unit, and that it is
/// incomplete; what is no number has no unit.
pub(super) fn figure_words(figure: &Figure, language: Language) -> (String, String) {
    let unit = figure.unit.in_language(language);
    match figure.value {
        FigureValue::Incomplete(n) => {
            let mark = words(language).incomplete_mark;
            (number::group_digits(n), format!("{unit}{mark}"))
        }
        FigureValue::Unknown | FigureValue::Suppressed => {
            (figure.value.print(language), String::new())
        }
        value => (value.print(language), unit.to_owned()),
    }
}

/// The place and what the page is, as one heading.
pub(super) fn join_heading(place: &str, title: &str, language: Language) -> String {
    match (place, title, language) {
        ("", title, _) => title.to_owned(),
        (place, "", _) => place.to_owned(),
        // Latin letters and Chinese ones are set apart by a space.
        (place, title, Language::Chinese) if place.ends_with(|c: char| c.is_ascii()) => {
            format!("{place} {title}")
        }
        (place, title, Language::Chinese) => format!("{place}{title}"),
        (place, title, Language::English) => format!("{place}: {title}"),
    }
}

/// The day, what was known by when, and the edition.
pub(super) fn dateline(bulletin: &Bulletin, language: Language) -> String {
    let words = words(language);
    let mut parts = Vec::new();
    if let Some(day) = bulletin.day {
        parts.push(number::print_day(day, language));
    }
    if let Some(known_by) = bulletin.known_by {
        let day = number::print_day(known_by, language);
        parts.push(match language {
            Language::Chinese => format!("{}{day}", words.known_by),
            Language::English => format!("{} {day}", words.known_by),
        });
    }
    parts.push(edition(bulletin.edition, language).to_owned());
    parts.join(" · ")
}

/// The name of an edition.
pub(super) const fn edition(edition: Edition, language: Language) -> &'static str {
    match edition {
        Edition::Public => words(language).public,
        Edition::Internal => words(language).internal,
    }
}

/// The caller's notes, then the marks used.
pub(super) fn notes(bulletin: &Bulletin, language: Language) -> Vec<String> {
    let given = bulletin
        .notes
        .iter()
        .map(|note| note.in_language(language).to_owned());
    given
        .chain(Marks::of(bulletin, language).notes(language))
        .collect()
}

/// Words made safe: no letter of theirs is taken for markup, and none breaks
/// out of its line.
fn escape(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' => {
                safe.push('\\');
                safe.push(letter);
            }
            '&' => safe.push_str("&amp;"),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    // A bare address would become a link in the readers most people have.
    let mut safe = safe.replace("://", "\\://").replace("www.", "www\\.");
    // Only at the start of a line do these begin a list or a rule.
    let after = safe.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_ordered = after.len() < safe.len()
        && after.starts_with(['.', ')'])
        && after.chars().nth(1).is_none_or(|next| next == ' ');
    if safe.starts_with(['-', '+', '=']) {
        safe.insert(0, '\\');
    } else if is_ordered {
        safe.insert(safe.len() - after.len(), '\\');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn no_word_becomes_markup() {
        for (words, safe) in [
            ("a|b", "a\\|b"),
            ("<script>&", "\\<script\\>&amp;"),
            ("- x", "\\- x"),
            ("1. x", "1\\. x"),
            ("98.7%", "98.7%"),
            ("http://a.test", "http\\://a.test"),
            ("2020-02-29", "2020-02-29"),
            ("a\nb", "a b"),
        ] {
            assert_eq!(escape(words), safe);
        }
    }
}

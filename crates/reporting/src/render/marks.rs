//! Which marks a bulletin uses, so that only those are explained.

use crate::words::words;
use crate::{Bulletin, Cell, FigureValue, Language, List};

/// The marks met in a bulletin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    incomplete: bool,
    withheld: bool,
}

impl Marks {
    pub(super) fn of(bulletin: &Bulletin, language: Language) -> Self {
        let mut marks = Self::default();
        let in_sections = bulletin.sections.iter().flat_map(|one| &one.figures);
        for figure in bulletin.headline.iter().chain(in_sections) {
            marks.meet(&figure.value.into());
            marks.meet(&figure.yesterday.unwrap_or(FigureValue::Unknown).into());
        }
        for section in &bulletin.sections {
            section.lists.iter().for_each(|list| marks.meet_all(list));
            for chart in &section.charts {
                marks.meet_all(&chart.table());
            }
            for sentence in &section.sentences {
                let said = sentence.text.in_language(language);
                marks.incomplete |= said.contains(words(language).incomplete_mark);
                marks.withheld |= said.contains(words(language).withheld);
            }
        }
        bulletin
            .corrections
            .iter()
            .for_each(|list| marks.meet_all(list));
        marks
    }

    fn meet_all(&mut self, list: &List) {
        list.rows.iter().flatten().for_each(|cell| self.meet(cell));
    }

    const fn meet(&mut self, cell: &Cell) {
        match cell {
            Cell::Incomplete(_) => self.incomplete = true,
            Cell::Suppressed => self.withheld = true,
            _ => {}
        }
    }

    /// The marks explained, in the order they are defined.
    pub(super) fn notes(self, language: Language) -> Vec<String> {
        let words = words(language);
        let incomplete = self.incomplete.then_some(words.incomplete_note);
        let withheld = self.withheld.then_some(words.withheld_note);
        incomplete
            .into_iter()
            .chain(withheld)
            .map(str::to_owned)
            .collect()
    }
}

//! The bulletin of a day: a chapter a system, each with its sentences in both languages.
//!
//! A chapter's words stand beside it in two files, `grid.zh.ftl` and `grid.en.ftl` for
//! `grid.rs`. A claim (none missed, no hour unmanned, all released) is printed only if the day
//! proves it; what is none prints as 无 / no, what is not known as 不详 / unknown.

mod basket;
mod edition;
mod grid;
mod load;
mod nail;
mod pairing;
mod summary;
mod way_out;

use grid_model::Township;
use reporting::messages::{Args, MessageError, MessageErrors, Messages};
use reporting::{Bulletin, Edition, FigureValue, Language, Section, Sentence, Text};
use thiserror::Error;

use crate::{Day, Policy, Records};
pub(crate) use edition::Audience;

/// Why a bulletin could not be written: its own words are at fault, never the day's records.
#[derive(Debug, Error)]
pub enum BulletinError {
    /// The words do not parse.
    #[error(transparent)]
    Words(#[from] MessageErrors),
    /// A sentence could not be filled.
    #[error(transparent)]
    Sentence(#[from] MessageError),
}

/// A figure said after a colon or before a measure word: none reads 无 / none.
trait Said {
    fn said(self, name: &str, value: FigureValue) -> Self;
}

impl Said for Args {
    fn said(self, name: &str, value: FigureValue) -> Self {
        let in_language = |language| value.print_in_sentence(language);
        let (zh, en) = (
            in_language(Language::Chinese),
            in_language(Language::English),
        );
        self.text(name, &Text::new(zh, en))
    }
}

/// Every chapter's words, Chinese and English.
const WORDS: [(&str, &str); 7] = [
    (
        include_str!("summary.zh.ftl"),
        include_str!("summary.en.ftl"),
    ),
    (include_str!("grid.zh.ftl"), include_str!("grid.en.ftl")),
    (include_str!("load.zh.ftl"), include_str!("load.en.ftl")),
    (include_str!("basket.zh.ftl"), include_str!("basket.en.ftl")),
    (
        include_str!("pairing.zh.ftl"),
        include_str!("pairing.en.ftl"),
    ),
    (
        include_str!("way_out.zh.ftl"),
        include_str!("way_out.en.ftl"),
    ),
    (include_str!("nail.zh.ftl"), include_str!("nail.en.ftl")),
];

/// What every chapter is written from.
struct Page<'a> {
    township: &'a Township,
    records: &'a Records,
    policy: &'a Policy,
    day: &'a Day,
    audience: Audience,
    words: Messages,
}

impl Page<'_> {
    fn text(&self, key: &str, args: &Args) -> Result<Text, MessageError> {
        self.words.text(key, args)
    }

    fn section(&self, key: &str) -> Result<Section, MessageError> {
        Ok(Section::new(
            key,
            self.text(&format!("system-{key}"), &Args::new())?,
        ))
    }

    fn sentence(&self, key: &str, args: &Args) -> Result<Sentence, MessageError> {
        Ok(Sentence::new(key, self.text(key, args)?))
    }

    /// A sentence that claims something, if it is proved.
    fn claim(&self, key: &str, proved: bool, into: &mut Section) -> Result<(), MessageError> {
        if proved {
            into.sentences.push(self.sentence(key, &Args::new())?);
        }
        Ok(())
    }
}

/// The bulletin of a day, for everyone or for those who must act.
///
/// The public edition hides small counts of people and holds no list; the internal one holds
/// every list of the staff's day.
///
/// # Errors
/// Only if the shipped words were unsound, which the tests of this crate hold they are not.
pub fn bulletin(
    township: &Township,
    records: &Records,
    policy: &Policy,
    day: &Day,
    edition: Edition,
) -> Result<Bulletin, BulletinError> {
    let words = Messages::from_sources(&WORDS)?;
    let audience = Audience {
        edition,
        hide_under: i64::from(policy.bulletin.hide_counts_under),
    };
    let page = Page {
        township,
        records,
        policy,
        day,
        audience,
        words,
    };
    let title = page.text("bulletin-title", &Args::new())?;
    let mut bulletin =
        Bulletin::new(title, place(township), edition).of_day(day.as_of.day, day.as_of.known_by);
    bulletin.headline = summary::headline(&page);
    bulletin.sections = vec![
        summary::section(&page)?,
        grid::section(&page)?,
        load::section(&page)?,
        basket::section(&page)?,
        pairing::section(&page)?,
        way_out::section(&page)?,
        nail::section(&page)?,
    ];
    if edition == Edition::Internal {
        bulletin.corrections = Some(crate::lists::corrections(day));
        for list in day.lists(township, records) {
            let chapter = crate::lists::chapter_of(&list.key);
            if let Some(section) = bulletin
                .sections
                .iter_mut()
                .find(|section| section.key == chapter)
            {
                section.lists.push(list);
            }
        }
    }
    bulletin.rejected_note = summary::rejected_note(day);
    bulletin.notes = summary::notes(&page);
    Ok(bulletin)
}

/// The place the bulletin speaks of, by the town's own row.
fn place(township: &Township) -> Text {
    let areas = township.areas();
    match areas.town() {
        Some(town) => Text::new(areas.name_zh(town), areas.name_en(town)),
        None => Text::empty(),
    }
}

//! What is recorded of programmes, standing duties and money: the rows of the room's tables.

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AreaId, DutyId, PersonId, VenueId, dense_id, record, words};

words! {
    /// What a programme is about; the bulletin counts each kind by its own verb.
    pub enum ProgrammeKind {
        /// 烤烟 transplanted: what is done counts.
        Tobacco = "tobacco",
        /// Gaps of the poverty work: what was found counts.
        Poverty = "poverty",
        /// Floors and yards to be hardened: what was found counts.
        Yard = "yard",
        /// Toilets to be rebuilt: what is still to be done counts.
        Toilet = "toilet",
        /// Anything else.
        Other = "other",
    }
}

dense_id!(
    /// A programme's dense number: its rank in the ledger of programmes.
    ProgrammeId
);
dense_id!(
    /// An item's dense number: its rank in the ledger of items.
    ItemId
);

/// A programme of work, counted in one unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Programme {
    /// What it is about.
    pub kind: ProgrammeKind,
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// Its name in English.
    pub name_en: Box<str>,
    /// What its quantities count: hundredths of a mu for tobacco, households, toilets.
    pub unit: Box<str>,
}

/// One piece of a programme: so much, in a place, by a day, and one person who answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Of which programme.
    pub programme: ProgrammeId,
    /// Where.
    pub area: Option<AreaId>,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// Who stands in.
    pub deputy: Option<PersonId>,
    /// How much is to be done, in the programme's unit.
    pub target: u64,
    /// The last day by which it is to be done.
    pub due: Option<NaiveDate>,
}

/// Something done on an item. Quantities add up; a wrong one is corrected by a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Progress {
    /// On which item.
    pub item: ItemId,
    /// When.
    pub at: NaiveDateTime,
    /// How much was done then, in the programme's unit.
    pub quantity: u64,
}

/// Where something was done for a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutreachPlace {
    /// In an area.
    Area(AreaId),
    /// In a venue.
    Venue(VenueId),
}

/// Something done for a standing duty: banners hung, notices handed out, a broadcast made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outreach {
    /// For which duty.
    pub duty: DutyId,
    /// Where; the `area` column holds the id of an area or of a venue.
    pub place: Option<OutreachPlace>,
    /// When.
    pub at: NaiveDateTime,
    /// How many.
    pub count: u32,
    /// Which document was handed out or read.
    pub document: Option<Box<str>>,
}

/// Money given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Donation {
    /// When.
    pub at: NaiveDateTime,
    /// How much, in fen.
    pub amount_fen: u64,
    /// By what kind of giver, in the user's words: person, company.
    pub donor_kind: Option<Box<str>>,
}

/// Money of the donations spent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spending {
    /// When.
    pub at: NaiveDateTime,
    /// How much, in fen.
    pub amount_fen: u64,
    /// For what.
    pub purpose: Option<Box<str>>,
}

record!(
    Programme,
    ProgrammeKind = |programme| programme.kind,
    always
);
record!(Item, ProgrammeId = |item| item.programme, always);
record!(Progress, ItemId = |progress| progress.item, at progress.at);
record!(Outreach, DutyId = |outreach| outreach.duty, at outreach.at);
record!(Donation, () = |given| (), at given.at);
record!(Spending, () = |given| (), at given.at);

//! What a township is made of, and what is recorded of its grids and gates.

use chrono::{NaiveDate, NaiveDateTime};

use crate::{AreaId, CheckpointId, GridId, HouseholdId, PersonId, WorkGroupId, words};

words! {
    /// Whether anyone lives in a dwelling.
    pub enum DwellingPresence {
        /// Someone lives there: it must be screened.
        Occupied = "occupied",
        /// Nobody lives there.
        Vacant = "vacant",
        /// The household has moved elsewhere.
        Moved = "moved",
    }
}

words! {
    /// Where a person is. Registered is not present.
    pub enum PersonPresence {
        /// Registered here and here.
        Present = "present",
        /// Registered here, and away: `away_at` says where.
        Away = "away",
        /// Has moved elsewhere for good.
        Moved = "moved",
        /// Here without being registered here.
        Unregistered = "unregistered",
        /// Of elsewhere: in no household and in no household figure.
        Elsewhere = "elsewhere",
    }
}

words! {
    /// What a member of staff does.
    pub enum Role {
        /// 网格长, who answers for a grid.
        GridLead = "grid_lead",
        /// A doctor; few, and shared between grids.
        Doctor = "doctor",
        /// 党员.
        PartyMember = "party_member",
        /// 村民代表.
        VillagersRepresentative = "villagers_representative",
        /// 人大代表.
        CongressDeputy = "congress_deputy",
        /// 政协委员.
        CppccMember = "cppcc_member",
        /// Buys and delivers for a natural village.
        Purchaser = "purchaser",
        /// 民警.
        Police = "police",
        /// 镇村组干部.
        Cadre = "cadre",
    }
}

words! {
    /// What a standing duty is about.
    pub enum DutyKind {
        /// 横幅 at important places.
        Banner = "banner",
        /// 公告、倡议书 handed to households.
        Notice = "notice",
        /// 喇叭 broadcast.
        Broadcast = "broadcast",
        /// 标语 written by a group itself.
        Slogan = "slogan",
        /// 排查 of households.
        Screening = "screening",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// How often a duty falls due.
    pub enum DutyPeriod {
        /// Each morning.
        Morning = "morning",
        /// Each noon.
        Noon = "noon",
        /// Each evening.
        Evening = "evening",
        /// Once a day, at any hour.
        Day = "day",
        /// Once and for all.
        Once = "once",
    }
}

words! {
    /// In which places a duty is owed: one quota in each.
    pub enum DutyScope {
        /// In the town as a whole.
        Town = "town",
        /// In each community.
        Community = "community",
        /// In each natural village.
        NaturalVillage = "natural_village",
        /// In each village group.
        VillageGroup = "village_group",
        /// In each venue.
        Venue = "venue",
    }
}

words! {
    /// How a screening visit to a household ended.
    pub enum ScreeningOutcome {
        /// Everyone was asked and measured.
        Screened = "screened",
        /// Nobody was there: to be visited again.
        Absent = "absent",
        /// The household would not answer.
        Refused = "refused",
        /// The visitor did not get there.
        NotReached = "not_reached",
        /// Someone lives there who is in no list.
        FoundUnregistered = "found_unregistered",
    }
}

words! {
    /// What a person away said when called.
    pub enum AwayCallOutcome {
        /// Stays away until it is over.
        Stays = "stays",
        /// Plans to come back.
        PlansReturn = "plans_return",
        /// Could not be reached.
        Unreachable = "unreachable",
    }
}

words! {
    /// A person's sex as registered.
    pub enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
    }
}

/// A dwelling and whether anyone lives there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Household<Area = AreaId> {
    /// Where it stands.
    pub area: Area,
    /// Whether anyone lives there; nothing where it is not known.
    pub presence: Option<DwellingPresence>,
}

/// A person as registered, without name, number or telephone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person<Home = HouseholdId> {
    /// The household the person belongs to; nothing for a person of elsewhere.
    pub household: Option<Home>,
    /// The year of birth.
    pub birth_year: Option<u16>,
    /// The sex as registered.
    pub sex: Option<Sex>,
    /// Where the person is.
    pub presence: Option<PersonPresence>,
    /// Where a person away is staying.
    pub away_at: Option<Box<str>>,
    /// What makes the person need more care, in the user's words: pregnant, dialysis, disabled.
    pub conditions: Box<[Box<str>]>,
}

impl<Home> Person<Home> {
    /// The same person in a household named otherwise.
    pub fn map_household<Other>(self, household: Option<Other>) -> Person<Other> {
        let Person {
            household: _,
            birth_year,
            sex,
            presence,
            away_at,
            conditions,
        } = self;
        Person {
            household,
            birth_year,
            sex,
            presence,
            away_at,
            conditions,
        }
    }

    /// Whether a condition is noted.
    pub fn has_condition(&self, condition: &str) -> bool {
        self.conditions.iter().any(|noted| **noted == *condition)
    }
}

/// One appointment of a person to a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Staff<Who = PersonId, Group = WorkGroupId, Where = GridId> {
    /// Who is appointed.
    pub person: Who,
    /// To what.
    pub role: Role,
    /// In which work group.
    pub work_group: Option<Group>,
    /// For which grid.
    pub grid: Option<Where>,
}

/// A work group of the headquarters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkGroup {
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// Its name in English.
    pub name_en: Box<str>,
}

/// A standing duty: so much, so often, in each place of a scope, and one group that answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duty<Group = WorkGroupId> {
    /// What it is about.
    pub kind: DutyKind,
    /// The one group that answers for it.
    pub work_group: Option<Group>,
    /// The group that stands in.
    pub deputy_group: Option<Group>,
    /// What is owed, in Chinese.
    pub title_zh: Box<str>,
    /// What is owed, in English.
    pub title_en: Box<str>,
    /// How many times a period, in each place.
    pub quota: u32,
    /// How often.
    pub period: DutyPeriod,
    /// In which places.
    pub scope: DutyScope,
}

impl<Group> Duty<Group> {
    /// The same duty with its groups named otherwise.
    pub fn map_groups<Other>(
        self,
        work_group: Option<Other>,
        deputy_group: Option<Other>,
    ) -> Duty<Other> {
        let Duty {
            work_group: _,
            deputy_group: _,
            kind,
            title_zh,
            title_en,
            quota,
            period,
            scope,
        } = self;
        Duty {
            kind,
            work_group,
            deputy_group,
            title_zh,
            title_en,
            quota,
            period,
            scope,
        }
    }
}

/// A place where people meet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Venue<Area = AreaId> {
    /// Where it stands.
    pub area: Area,
    /// What it is, in the user's words: market, school, clinic.
    pub kind: Box<str>,
    /// How many people it holds.
    pub capacity: Option<u32>,
}

/// A checkpoint on a road.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Checkpoint {
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// Its name in English.
    pub name_en: Box<str>,
    /// How many must stand there at any minute.
    pub minimum_staff: u32,
    /// From when it stands; nothing where it always stood.
    pub stands_from: Option<NaiveDateTime>,
}

/// A person's post at a checkpoint, `[from, until)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shift {
    /// Where.
    pub checkpoint: CheckpointId,
    /// Who stands there.
    pub person: PersonId,
    /// The first minute.
    pub from: NaiveDateTime,
    /// The minute after the last.
    pub until: NaiveDateTime,
    /// When the person reported there; nothing where nobody has confirmed it.
    pub checked_in_at: Option<NaiveDateTime>,
}

/// What passed a checkpoint, as counted there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// Where.
    pub checkpoint: CheckpointId,
    /// When it was counted.
    pub at: NaiveDateTime,
    /// Vehicles.
    pub vehicles: u32,
    /// People in and on them, and on foot.
    pub people: u32,
    /// People at or over the fever threshold.
    pub fevers: u32,
    /// People who were turned back.
    pub turned_back: u32,
}

/// A screening visit to a household.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Screening {
    /// Which household.
    pub household: HouseholdId,
    /// When.
    pub visited_at: NaiveDateTime,
    /// By whom.
    pub visitor: Option<PersonId>,
    /// How it ended.
    pub outcome: ScreeningOutcome,
}

/// A call to a person away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AwayCall {
    /// Who was called.
    pub person: PersonId,
    /// When.
    pub at: NaiveDateTime,
    /// What the person said.
    pub outcome: AwayCallOutcome,
    /// The day of a planned return.
    pub planned_return: Option<NaiveDate>,
}

/// A community's report of its day, zero reports too: silence is not zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CommunityReport {
    /// Which community.
    pub community: AreaId,
    /// Of which day.
    pub day: NaiveDate,
    /// When it came in.
    pub received_at: NaiveDateTime,
}

/// Implements [`Record`](crate::Record) for a type with the field that is its subject and the field that is its
/// instant; `always` for plans and standing data.
///
/// The subject is a field name, or an expression of the record for a subject of several fields.
#[macro_export]
macro_rules! record {
    ($type:ty, $subject:ty = |$own:ident| $of:expr, always) => {
        $crate::record!(@ $type, $subject, $own, $of, None);
    };
    ($type:ty, $subject:ty = |$own:ident| $of:expr, at $at:expr) => {
        $crate::record!(@ $type, $subject, $own, $of, Some($at));
    };
    (@ $type:ty, $subject:ty, $own:ident, $of:expr, $at:expr) => {
        impl $crate::Record for $type {
            type Subject = $subject;

            fn subject(&self) -> Self::Subject {
                let $own = self;
                $of
            }

            fn happened_at(&self) -> Option<::chrono::NaiveDateTime> {
                #[allow(unused_variables)]
                let $own = self;
                $at
            }
        }
    };
}

// A household, a person, a checkpoint is its own subject: whatever a correction says of it, it
// speaks of the same.
crate::record!(Household, () = |_own| (), always);
crate::record!(Person, () = |_own| (), always);
crate::record!(WorkGroup, () = |_own| (), always);
crate::record!(Duty, DutyKind = |duty| duty.kind, always);
crate::record!(Venue, () = |_own| (), always);
crate::record!(Checkpoint, () = |_own| (), always);
crate::record!(Staff, PersonId = |staff| staff.person, always);
crate::record!(Shift, CheckpointId = |shift| shift.checkpoint, always);
crate::record!(Passage, CheckpointId = |passage| passage.checkpoint, at passage.at);
crate::record!(Screening, HouseholdId = |screening| screening.household, at screening.visited_at);
crate::record!(AwayCall, PersonId = |call| call.person, at call.at);
crate::record!(CommunityReport, (AreaId, NaiveDate) = |report| (report.community, report.day), at report.received_at);

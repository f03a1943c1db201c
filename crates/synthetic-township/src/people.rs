//! People: who lives where, and who is already spoken for.

use std::ops::Range;

use grid_model::{Person, PersonId, PersonPresence, Sex};

use crate::chance::Chance;
use crate::names::CITIES;
use crate::places::Places;

/// For what a person was chosen. Nobody is chosen twice: a helper must not be under
/// observation, nor someone who stands at a checkpoint be the one who left for work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Free,
    Away,
    /// Came home, or met a case: under an order at some time, or ruled out.
    Observed,
    Staff,
    Helper,
    SentOut,
}

/// All people, numbered as their keys sort: a person's number is the dense id.
#[derive(Clone, Debug)]
pub(crate) struct People {
    pub(crate) rows: Vec<Person<usize>>,
    ids: Vec<PersonId>,
    parts: Vec<Part>,
    /// The people registered in a dwelling.
    members: Vec<Range<usize>>,
    /// Dwellings in which someone was under observation at some time.
    observed: Vec<bool>,
}

/// The year in which the story is told.
const YEAR: usize = 2020;
/// How many of a hundred households have one person, two, and so on: about four on average.
const SIZES: [usize; 8] = [5, 12, 21, 27, 19, 10, 4, 2];

impl People {
    /// Draws the people of every dwelling lived in.
    pub(crate) fn draw(places: &Places, chance: &mut Chance) -> Self {
        let mut people = People {
            rows: Vec::with_capacity(places.dwellings.len() * 4),
            ids: Vec::new(),
            parts: Vec::new(),
            members: Vec::with_capacity(places.dwellings.len()),
            observed: vec![false; places.dwellings.len()],
        };
        for (number, dwelling) in places.dwellings.iter().enumerate() {
            let first = people.rows.len();
            if dwelling.is_lived_in() {
                people.move_in(number, chance);
            }
            people.members.push(first..people.rows.len());
        }
        people.parts = vec![Part::Free; people.rows.len()];
        people.ids = (0..people.rows.len())
            .filter_map(PersonId::from_index)
            .collect();
        people
    }

    fn move_in(&mut self, dwelling: usize, chance: &mut Chance) {
        let size = chance.weighted(&SIZES) + 1;
        let head = match size {
            1 => chance.between(24, 88),
            _ => chance.between(26, 64),
        };
        let head_sex = if chance.in_thousand(620) {
            Sex::Male
        } else {
            Sex::Female
        };
        for member in 0..size {
            let (age, sex) = match member {
                0 => (head, head_sex),
                1 => {
                    let age = (head + 4).saturating_sub(chance.below(8)).max(22);
                    (
                        age,
                        if head_sex == Sex::Male {
                            Sex::Female
                        } else {
                            Sex::Male
                        },
                    )
                }
                _ => (relative_age(head, chance), any_sex(chance)),
            };
            self.rows.push(Person {
                household: Some(dwelling),
                birth_year: u16::try_from(YEAR - age.min(YEAR)).ok(),
                sex: Some(sex),
                presence: Some(PersonPresence::Present),
                away_at: None,
                conditions: conditions(age, sex, size, chance),
            });
        }
    }

    /// Registers someone who is in no dwelling of the town, or stays in one without being
    /// registered there.
    pub(crate) fn come(&mut self, household: Option<usize>, chance: &mut Chance) -> usize {
        let presence = match household {
            Some(_) => PersonPresence::Unregistered,
            None => PersonPresence::Elsewhere,
        };
        self.rows.push(Person {
            household,
            birth_year: u16::try_from(YEAR - chance.between(19, 66)).ok(),
            sex: Some(any_sex(chance)),
            presence: Some(presence),
            away_at: None,
            conditions: Box::default(),
        });
        self.parts.push(Part::Observed);
        self.ids.extend(PersonId::from_index(self.ids.len()));
        self.rows.len() - 1
    }

    /// The dense id of a person's number.
    pub(crate) fn id(&self, person: usize) -> PersonId {
        self.ids[person]
    }

    /// The age by year of birth.
    pub(crate) fn age(&self, person: usize) -> usize {
        let born = self.rows[person].birth_year.map_or(YEAR, usize::from);
        YEAR.saturating_sub(born)
    }

    /// The people registered in a dwelling.
    pub(crate) fn members(&self, dwelling: usize) -> Range<usize> {
        self.members[dwelling].clone()
    }

    /// The dwelling someone lives or stays in.
    pub(crate) fn home(&self, person: usize) -> Option<usize> {
        self.rows[person].household
    }

    /// For what a person was chosen.
    pub(crate) fn part(&self, person: usize) -> Part {
        self.parts[person]
    }

    /// Speaks for a person, and where it is for observation, for the dwelling.
    pub(crate) fn engage(&mut self, person: usize, part: Part) {
        self.parts[person] = part;
        if part == Part::Observed
            && let Some(home) = self.home(person)
        {
            self.observed[home] = true;
        }
    }

    /// Whether someone of a dwelling was under observation at some time.
    pub(crate) fn is_observed_home(&self, dwelling: usize) -> bool {
        self.observed[dwelling]
    }

    /// Whether a person is free of any part and of a dwelling under observation.
    pub(crate) fn is_free(&self, person: usize) -> bool {
        self.parts[person] == Part::Free
            && self.home(person).is_some_and(|home| !self.observed[home])
    }

    /// Whether a person may serve: of the age and health of a helper by the field's law (over 18,
    /// under 60, neither pregnant nor ill), free, and of a household never under observation.
    pub(crate) fn may_serve(&self, person: usize) -> bool {
        let fit = self.rows[person].conditions.is_empty();
        fit && self.is_free(person) && (20..=58).contains(&self.age(person))
    }

    /// Chooses some of those who fit, each once, and speaks for them.
    pub(crate) fn choose(
        &mut self,
        wanted: usize,
        part: Part,
        chance: &mut Chance,
        fits: impl Fn(&Self, usize) -> bool,
    ) -> Vec<usize> {
        let fitting: Vec<usize> = (0..self.rows.len())
            .filter(|&person| fits(self, person))
            .collect();
        let chosen = chance.sample(fitting, wanted);
        for &person in &chosen {
            self.engage(person, part);
        }
        chosen
    }

    /// Chooses a few of those who fit, each once, by trying people of chance: its cost does not
    /// grow with the town. Where hardly anyone fits it may find fewer.
    pub(crate) fn choose_few(
        &mut self,
        wanted: usize,
        part: Part,
        chance: &mut Chance,
        fits: impl Fn(&Self, usize) -> bool,
    ) -> Vec<usize> {
        let mut chosen = Vec::new();
        for _ in 0..wanted * 200 {
            let person = chance.below(self.rows.len());
            if chosen.len() < wanted && person < self.rows.len() && fits(self, person) {
                self.engage(person, part);
                chosen.push(person);
            }
        }
        chosen
    }

    /// Someone who may serve and lives in one of the dwellings, looked for from one of chance on.
    pub(crate) fn someone_in(&self, dwellings: Range<usize>, chance: &mut Chance) -> Option<usize> {
        let start = dwellings.start + chance.below(dwellings.len());
        let mut round = (start..dwellings.end).chain(dwellings.start..start);
        round.find_map(|home| self.members(home).find(|&person| self.may_serve(person)))
    }

    /// Sends people away who work or study elsewhere, and says where they stay.
    pub(crate) fn send_away(&mut self, wanted: usize, chance: &mut Chance) -> Vec<usize> {
        let mut chosen = self.choose(wanted, Part::Away, chance, |people, person| {
            let home = people.home(person).map(|home| people.members(home));
            // The first of a household stays: no dwelling lived in stands empty.
            let stays = home.is_none_or(|members| members.start == person);
            !stays && people.is_free(person) && (17..=50).contains(&people.age(person))
        });
        chosen.sort_unstable();
        for &person in &chosen {
            let place = chance.pick(&CITIES).unwrap_or("昆明");
            self.rows[person].presence = Some(PersonPresence::Away);
            self.rows[person].away_at = Some(place.into());
            self.rows[person].conditions = Box::default();
        }
        chosen
    }

    /// Forgets of some people whether they are here.
    pub(crate) fn forget_some(&mut self, in_thousand: usize, chance: &mut Chance) {
        for person in 0..self.rows.len() {
            if chance.in_thousand(in_thousand) && self.parts[person] == Part::Free {
                self.rows[person].presence = None;
            }
        }
    }
}

fn any_sex(chance: &mut Chance) -> Sex {
    if chance.in_thousand(510) {
        Sex::Male
    } else {
        Sex::Female
    }
}

/// The age of someone who lives with the couple of a household: a child or a parent.
fn relative_age(head: usize, chance: &mut Chance) -> usize {
    if chance.in_thousand(280) && head < 62 {
        return (head + chance.between(22, 32)).min(94);
    }
    head.saturating_sub(chance.between(21, 36)).min(34)
}

/// What makes a person need more care. The shares are invented.
fn conditions(age: usize, sex: Sex, size: usize, chance: &mut Chance) -> Box<[Box<str>]> {
    let mut noted: Vec<Box<str>> = Vec::new();
    let mut note = |condition: &str, holds: bool| {
        if holds {
            noted.push(condition.into());
        }
    };
    note("infant", age < 2);
    note(
        "pregnant",
        sex == Sex::Female && (20..=39).contains(&age) && chance.in_thousand(28),
    );
    note(
        "chronic",
        chance.in_thousand(if age > 55 { 190 } else { 14 }),
    );
    note("dialysis", age > 30 && chance.in_thousand(1));
    note("disabled", chance.in_thousand(15));
    note("elderly_alone", size == 1 && age >= 65);
    note("poor", size > 0 && chance.in_thousand(12));
    noted.into_boxed_slice()
}

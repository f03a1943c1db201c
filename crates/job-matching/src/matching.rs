//! Who goes to which vacancy, who goes to none, and which skills are many or few.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::{AsOf, Ledger, PersonId, words};
use min_cost_flow::{Flaw, NetworkErrors, Optimum};

use crate::best::{Places, SkillSet, best, proven};
use crate::figures::{Batches, batched};
use crate::{
    Clearance, Departure, EmployerNotice, Hindrance, JobPolicy, OpenVacancy, Permit, Placement,
    Skill, Vacancy, VacancyId, ValidPermits, Worker, clear_to_leave, destination_hindrance,
    open_vacancies, sent_out_to_work,
};

/// What workers and vacancies are matched from.
#[derive(Clone, Copy, Debug)]
pub struct JobQuestion<'a> {
    /// Who seeks work.
    pub workers: &'a [Worker],
    /// The skills registered.
    pub skills: &'a Ledger<Skill>,
    /// The places offered.
    pub vacancies: &'a Ledger<Vacancy>,
    /// The permits given.
    pub permits: &'a Ledger<Permit>,
    /// Who has left.
    pub placements: &'a Ledger<Placement>,
    /// The fever threshold of the rule book in force, in tenths of a degree.
    pub fever_tenths: u16,
    /// The rules.
    pub policy: &'a JobPolicy,
    /// Of which day.
    pub as_of: AsOf,
}

/// More fen than any work pays a month (ten million yuan), and few enough that the wages of a
/// million workers of a thousand sets of skills can be weighed against each other.
pub(crate) const MOST_WAGE_FEN: u64 = 1_000_000_000;

/// A worker and a vacancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Who.
    pub person: PersonId,
    /// Which vacancy.
    pub vacancy: VacancyId,
    /// The skill it asks for; nothing where anyone will do.
    pub skill: Option<Box<str>>,
    /// What the employer is told.
    pub notice: EmployerNotice,
}

impl Match {
    fn of(cleared: &Clearance, to: OpenVacancy<'_>) -> Self {
        Match {
            person: cleared.person,
            vacancy: to.vacancy,
            skill: to.what.skill.clone(),
            notice: EmployerNotice {
                person: cleared.person,
                cleared_on: cleared.day,
            },
        }
    }
}

words! {
    /// Why a worker goes to no vacancy.
    pub enum UnmatchedBecause {
        /// Has left for work already.
        AlreadySentOut = "already_sent_out",
        /// May not leave: the hindrances say why.
        NotCleared = "not_cleared",
        /// No open vacancy asks for a skill of the worker's, and none takes anyone.
        NoVacancyForSkills = "no_vacancy_for_skills",
        /// Those that do are in places nobody is sent to.
        DestinationsRefused = "destinations_refused",
        /// Those that do are given to others.
        PlacesTaken = "places_taken",
    }
}

/// A worker who goes to no vacancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// Who.
    pub person: PersonId,
    /// Why.
    pub because: UnmatchedBecause,
    /// What hinders, where that is why.
    pub hindrances: Vec<Hindrance>,
}

words! {
    /// Why a vacancy keeps places nobody is matched to.
    pub enum UnfilledBecause {
        /// Nobody is sent to a place of that risk.
        DestinationRefused = "destination_refused",
        /// The risk of the place is not known.
        DestinationRiskNotKnown = "destination_risk_not_known",
        /// No work pays as much: the record is to be corrected.
        WageNotCredible = "wage_not_credible",
        /// No seeker who is cleared has the skill; of a place for anyone, nobody is cleared.
        NobodyCleared = "nobody_cleared_has_the_skill",
        /// All cleared seekers who could take it are matched to other places.
        AllMatchedElsewhere = "all_matched_elsewhere",
    }
}

/// An open vacancy and how many of its places are matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VacancyStanding {
    /// Which.
    pub vacancy: VacancyId,
    /// Its places that nobody has left for yet: at least 1.
    pub places: u32,
    /// How many of these are matched.
    pub matched: u32,
    /// Why the others stay empty; nothing where none does.
    pub unfilled: Option<UnfilledBecause>,
}

/// How many have a skill and how many are wanted for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillBalance {
    /// The skill.
    pub skill: Box<str>,
    /// Cleared seekers who have it.
    pub seekers: u64,
    /// Open places that ask for it, in places people are sent to.
    pub places: u64,
    /// Places matched by it.
    pub matched: u64,
    /// Seekers who have it and go nowhere: in surplus.
    pub surplus: u64,
    /// Places that ask for it and stay empty: in want.
    pub want: u64,
}

/// Who goes where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobPlan {
    /// The matches, in the order of workers' keys.
    pub matches: Vec<Match>,
    /// Everyone else, with the reason.
    pub unmatched: Vec<Unmatched>,
    /// Skills, in order.
    pub skills: Vec<SkillBalance>,
    /// Every open vacancy, in the order of keys, with what is matched of it.
    pub vacancies: Vec<VacancyStanding>,
    /// Open vacancies that are left out, in places nobody is sent to or at a wage no work pays,
    /// with the reason.
    pub refused_vacancies: Vec<(VacancyId, Hindrance)>,
    /// Places of the vacancies open on the day that nobody has left for, refused ones included.
    pub open_places: u64,
    /// The wages of all matches together, in fen a month.
    pub wages_fen: u128,
    proof: Option<Optimum>,
}

/// Matches those who seek work and may leave with the open vacancies: the most matches, then the
/// highest wages together. An exact optimum over all pairs, by a network that grows with workers
/// plus vacancies.
///
/// A vacancy at a wage no work pays is left out, and the others are matched.
///
/// # Errors
/// [`NetworkErrors`] where there are more workers and wages than a network can weigh.
pub fn match_jobs(question: JobQuestion<'_>) -> Result<JobPlan, NetworkErrors> {
    let start = Start::of(question);
    let (found, proof) = best(&start.skill_sets, &start.places)?;
    Ok(start.plan(&found, proof))
}

impl JobPlan {
    /// The matches as departures of the day, batched by place.
    pub fn departures(&self, vacancies: &Ledger<Vacancy>, as_of: AsOf) -> Vec<Departure> {
        let mut batches = Batches::new();
        for one in &self.matches {
            let vacancy = vacancies.held(one.vacancy.index(), as_of);
            let destination = vacancy.map(|held| held.what.destination.clone());
            let batch = batches.entry((as_of.day, destination));
            batch.or_default().insert(one.person);
        }
        batched(batches)
    }

    /// Checks by its proof that no plan for the same question matches more or pays more, without
    /// solving again.
    ///
    /// # Errors
    /// The flaw found.
    pub fn verify(&self, question: JobQuestion<'_>) -> Result<(), Flaw> {
        let other = Flaw::OtherNetwork {
            what: "matches",
            found: self.matches.len(),
            expected: question.workers.len(),
        };
        let start = Start::of(question);
        let Some(proof) = &self.proof else {
            return Err(other);
        };
        let found = proven(&start.skill_sets, &start.places, proof)?;
        if start.plan(&found, self.proof.clone()) == *self {
            Ok(())
        } else {
            Err(other)
        }
    }
}

/// A question sorted: who is cleared, with which skills, and what is open to them.
struct Start<'a> {
    cleared: Vec<Clearance>,
    skill_sets: Vec<SkillSet<'a>>,
    not_cleared: Vec<Unmatched>,
    open: Vec<OpenVacancy<'a>>,
    places: Vec<Places<'a>>,
    refused: Vec<(OpenVacancy<'a>, Hindrance)>,
}

impl<'a> Start<'a> {
    fn of(question: JobQuestion<'a>) -> Self {
        let mut start = Start {
            cleared: Vec::new(),
            skill_sets: Vec::new(),
            not_cleared: Vec::new(),
            open: Vec::new(),
            places: Vec::new(),
            refused: Vec::new(),
        };
        start.add_vacancies(question);
        start.add_workers(question);
        start
    }

    fn add_vacancies(&mut self, question: JobQuestion<'a>) {
        let open = open_vacancies(question.vacancies, question.placements, question.as_of);
        for own in open {
            let wage = i64::try_from(own.what.wage_fen.min(MOST_WAGE_FEN)).unwrap_or(i64::MAX);
            match hindrance(&own, question.policy) {
                Some(hindrance) => self.refused.push((own, hindrance)),
                None => {
                    self.places.push(Places {
                        skill: own.what.skill.as_deref(),
                        places: own.places,
                        wage,
                    });
                    self.open.push(own);
                }
            }
        }
    }

    fn add_workers(&mut self, question: JobQuestion<'a>) {
        let as_of = question.as_of;
        let mut skills: BTreeMap<PersonId, BTreeSet<&str>> = BTreeMap::new();
        for held in question.skills.standing(as_of) {
            let own = skills.entry(held.what.person).or_default();
            own.insert(&held.what.skill);
        }
        let permits = ValidPermits::on(question.permits, as_of);
        let gone = sent_out_to_work(question.placements, as_of);
        let mut workers: Vec<&Worker> = question.workers.iter().collect();
        workers.sort_unstable();
        workers.dedup_by_key(|own| own.person);
        for worker in workers {
            let clearance = clear_to_leave(worker, &permits, question.fever_tenths, as_of);
            let (because, hindrances) = if gone.contains(&worker.person) {
                // Nobody asks for the temperature or a permit of who has left.
                (UnmatchedBecause::AlreadySentOut, Vec::new())
            } else if clearance.is_cleared() {
                let own = skills.remove(&worker.person).unwrap_or_default();
                self.skill_sets.push(own.into_iter().collect());
                self.cleared.push(clearance);
                continue;
            } else {
                (UnmatchedBecause::NotCleared, clearance.hindrances)
            };
            self.not_cleared.push(Unmatched {
                person: worker.person,
                because,
                hindrances,
            });
        }
    }

    fn plan(self, found: &[Option<usize>], proof: Option<Optimum>) -> JobPlan {
        let skills = self.balance(found);
        let vacancies = self.stand(found);
        let mut matches = Vec::new();
        let mut unmatched = self.not_cleared.clone();
        let mut wages_fen = 0;
        let asked_for = self.asked_for();
        for (index, clearance) in self.cleared.iter().enumerate() {
            let taken = found.get(index).copied().flatten();
            match taken.map(|vacancy| self.open[vacancy]) {
                Some(own) => {
                    wages_fen += u128::from(own.what.wage_fen);
                    matches.push(Match::of(clearance, own));
                }
                None => unmatched.push(Unmatched {
                    person: clearance.person,
                    because: why_unmatched(&self.skill_sets[index], &asked_for),
                    hindrances: Vec::new(),
                }),
            }
        }
        unmatched.sort_by_key(|one| one.person);
        let refused = self.refused.iter();
        let all = self.open.iter().chain(refused.clone().map(|(own, _)| own));
        JobPlan {
            matches,
            unmatched,
            skills,
            vacancies,
            open_places: all.map(|own| u64::from(own.places)).sum(),
            refused_vacancies: refused.map(|(own, why)| (own.vacancy, *why)).collect(),
            wages_fen,
            proof,
        }
    }

    /// The skills that places ask for, of those people are sent to and of those refused.
    fn asked_for(&self) -> [Asked<'a>; 2] {
        let of = |own: &OpenVacancy<'a>| own.what.skill.as_deref();
        let sent_nowhere = |(_, why): &&(_, Hindrance)| *why != Hindrance::WageNotCredible;
        let refused = self.refused.iter().filter(sent_nowhere);
        let refused = refused.map(|(own, _)| of(own)).collect();
        [self.open.iter().map(of).collect(), refused]
    }

    /// What is matched of each open vacancy, refused ones included.
    fn stand(&self, found: &[Option<usize>]) -> Vec<VacancyStanding> {
        let mut matched = vec![0_u32; self.open.len()];
        for vacancy in found.iter().flatten() {
            matched[*vacancy] += 1;
        }
        let skills: BTreeSet<&str> = self.skill_sets.iter().flatten().copied().collect();
        let open = self.open.iter().zip(matched).map(|(own, matched)| {
            let somebody_could = match own.what.skill.as_deref() {
                Some(skill) => skills.contains(skill),
                None => !self.skill_sets.is_empty(),
            };
            // The most are matched: a place left empty has taken nobody from staying behind.
            let why = match somebody_could {
                true => UnfilledBecause::AllMatchedElsewhere,
                false => UnfilledBecause::NobodyCleared,
            };
            (own, matched, why)
        });
        let refused = self.refused.iter().map(|(own, hindrance)| {
            let why = match hindrance {
                Hindrance::DestinationRiskNotKnown => UnfilledBecause::DestinationRiskNotKnown,
                Hindrance::WageNotCredible => UnfilledBecause::WageNotCredible,
                _ => UnfilledBecause::DestinationRefused,
            };
            (own, 0, why)
        });
        let standing = |(own, matched, why): (&OpenVacancy<'_>, u32, _)| VacancyStanding {
            vacancy: own.vacancy,
            places: own.places,
            matched,
            unfilled: (matched < own.places).then_some(why),
        };
        let mut all: Vec<VacancyStanding> = open.chain(refused).map(standing).collect();
        all.sort_by_key(|one| one.vacancy);
        all
    }

    fn balance(&self, found: &[Option<usize>]) -> Vec<SkillBalance> {
        let mut balances: BTreeMap<&str, SkillBalance> = BTreeMap::new();
        for (skills, vacancy) in self.skill_sets.iter().zip(found) {
            for &skill in skills {
                let own = balance_of(&mut balances, skill);
                own.seekers += 1;
                own.surplus += u64::from(vacancy.is_none());
            }
            let wanted = vacancy.and_then(|vacancy| self.places[vacancy].skill);
            if let Some(skill) = wanted {
                balance_of(&mut balances, skill).matched += 1;
            }
        }
        for own in &self.places {
            if let Some(skill) = own.skill {
                balance_of(&mut balances, skill).places += u64::from(own.places);
            }
        }
        let each = balances.into_values();
        each.map(|own| SkillBalance {
            want: own.places.saturating_sub(own.matched),
            ..own
        })
        .collect()
    }
}

/// Skills asked for; nothing stands for places that take anyone.
type Asked<'a> = BTreeSet<Option<&'a str>>;

/// Why a vacancy is left out, if it is.
fn hindrance(vacancy: &OpenVacancy<'_>, policy: &JobPolicy) -> Option<Hindrance> {
    let wage = vacancy.what.wage_fen;
    let destination = destination_hindrance(vacancy.what.risk.as_deref(), policy);
    destination.or((wage > MOST_WAGE_FEN).then_some(Hindrance::WageNotCredible))
}

fn why_unmatched(skills: &[&str], [open, refused]: &[Asked<'_>; 2]) -> UnmatchedBecause {
    let suits = |asked: &Asked<'_>| {
        let mut own = skills.iter().copied().map(Some).chain([None]);
        own.any(|skill| asked.contains(&skill))
    };
    if suits(open) {
        UnmatchedBecause::PlacesTaken
    } else if suits(refused) {
        UnmatchedBecause::DestinationsRefused
    } else {
        UnmatchedBecause::NoVacancyForSkills
    }
}

fn balance_of<'m, 'a>(
    balances: &'m mut BTreeMap<&'a str, SkillBalance>,
    skill: &'a str,
) -> &'m mut SkillBalance {
    balances.entry(skill).or_insert_with(|| SkillBalance {
        skill: skill.into(),
        seekers: 0,
        places: 0,
        matched: 0,
        surplus: 0,
        want: 0,
    })
}

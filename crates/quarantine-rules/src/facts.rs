//! What is known of a person, fact by fact; what is not known is `None`.

use std::fmt;

use chrono::{NaiveDate, NaiveTime, Timelike};
use grid_model::words;

mod columns;
mod known;
mod read;

pub(crate) use columns::Column;
pub use columns::FactColumns;
pub use known::FactSet;
pub(crate) use known::Known;
use known::Part;
pub use read::FactError;

use crate::TestResult;

words! {
    /// The class of person a clause speaks of.
    pub enum Subject {
        /// 密切接触者.
        CloseContact = "close_contact",
        /// 密接的密接: a contact of a close contact.
        SecondaryContact = "secondary_contact",
        /// Of the household of a case.
        HouseholdContact = "household_contact",
        /// Health staff exposed at work.
        HealthcareContact = "healthcare_contact",
        /// From abroad.
        InboundTraveller = "inbound_traveller",
        /// From an area at risk inside the country.
        RiskAreaTraveller = "risk_area_traveller",
        /// Anyone coming into the city.
        LocalReturnee = "local_returnee",
        /// Whose work is at high risk.
        HighRiskWorker = "high_risk_worker",
        /// A confirmed case.
        ConfirmedCase = "confirmed_case",
        /// A mild case.
        MildCase = "mild_case",
        /// Infected without symptoms.
        AsymptomaticCase = "asymptomatic_case",
        /// A case that has left hospital.
        DischargedCase = "discharged_case",
    }
}

impl Subject {
    /// Whether the class is defined by an exposure to a case, so that contact windows apply.
    pub fn is_contact(self) -> bool {
        matches!(
            self,
            Subject::CloseContact
                | Subject::SecondaryContact
                | Subject::HouseholdContact
                | Subject::HealthcareContact
        )
    }
}

/// A test that was taken, and what it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TestTaken {
    /// The day it was taken.
    pub on: NaiveDate,
    /// What it said.
    pub result: TestResult,
}

/// The type of a fact of each kind.
mod kind {
    pub(super) type Date = chrono::NaiveDate;
    pub(super) type Dates = Vec<chrono::NaiveDate>;
    pub(super) type Time = chrono::NaiveTime;
    pub(super) type YesNo = bool;
    pub(super) type Word = Box<str>;
    pub(super) type Number = u16;
    pub(super) type Tests = Vec<super::TestTaken>;
}

/// The value of one fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactValue {
    /// A day.
    Date(NaiveDate),
    /// Days.
    Dates(Vec<NaiveDate>),
    /// A time of day.
    Time(NaiveTime),
    /// Yes or no.
    YesNo(bool),
    /// A word of the rules.
    Word(Box<str>),
    /// A whole number.
    Number(u16),
    /// Tests.
    Tests(Vec<TestTaken>),
}

/// The kind of a fact's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// A day, written 2020-01-31.
    Date,
    /// Days, joined by `;`.
    Dates,
    /// A time of day, written 18:00.
    Time,
    /// `yes` or `no`.
    YesNo,
    /// A word of the rules.
    Word,
    /// A whole number.
    Number,
    /// Tests, `date:neg` or `date:pos` joined by `;`.
    Tests,
}

impl fmt::Display for FactValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |parts: Vec<String>| parts.join(";");
        match self {
            FactValue::Date(day) => write!(f, "{day}"),
            FactValue::Dates(days) => {
                f.write_str(&joined(days.iter().map(NaiveDate::to_string).collect()))
            }
            FactValue::Time(time) => write!(f, "{:02}:{:02}", time.hour(), time.minute()),
            FactValue::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            FactValue::Word(word) => f.write_str(word),
            FactValue::Number(number) => write!(f, "{number}"),
            FactValue::Tests(tests) => f.write_str(&joined(
                tests
                    .iter()
                    .map(|test| {
                        let said = match test.result {
                            TestResult::Negative => "neg",
                            TestResult::Positive => "pos",
                            TestResult::Pending => "pending",
                        };
                        format!("{}:{said}", test.on)
                    })
                    .collect(),
            )),
        }
    }
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $field:ident as $kind:ident,)+) => {
        words! {
            /// The name of a fact, spelt like its column.
            pub enum FactName { $($(#[$doc])* $name = $word,)+ }
        }

        /// What is known of one person. `None` is unknown, never a default; an empty list is
        /// known to be empty.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Facts {
            /// The class of person.
            pub subject: Subject,
            $($(#[$doc])* pub $field: Option<kind::$kind>,)+
        }

        impl FactName {
            /// The kind of its value.
            pub fn kind(self) -> FactKind {
                match self { $(FactName::$name => FactKind::$kind,)+ }
            }
        }

        impl Facts {
            /// A person of a class of whom nothing else is known.
            pub fn new(subject: Subject) -> Self {
                Facts { subject, $($field: None,)+ }
            }

            /// Whether a fact is known.
            pub fn knows(&self, fact: FactName) -> bool {
                match fact { $(FactName::$name => self.$field.is_some(),)+ }
            }

            /// The value of a fact, if it is known.
            pub fn value(&self, fact: FactName) -> Option<FactValue> {
                match fact { $(FactName::$name => self.$field.clone().map(FactValue::$kind),)+ }
            }

            /// Whether a fact has a value; nothing where the fact is unknown.
            pub fn is(&self, fact: FactName, value: &FactValue) -> Option<bool> {
                match fact { $(FactName::$name => self.$field.as_ref().map(
                    |held| matches!(value, FactValue::$kind(expected) if expected == held)
                ),)+ }
            }

            /// Forgets a fact.
            pub fn forget(&mut self, fact: FactName) {
                match fact { $(FactName::$name => self.$field = None,)+ }
            }

            /// Sets a fact; a value of another kind than the fact's leaves it as it is.
            pub fn put(&mut self, fact: FactName, value: FactValue) {
                match (fact, value) {
                    $((FactName::$name, FactValue::$kind(value)) => self.$field = Some(value),)+
                    _ => {}
                }
            }
        }

        impl Known for Facts {
            fn date(&self, fact: FactName) -> Option<NaiveDate> {
                match fact { $(FactName::$name => self.$field.as_ref().and_then(Part::as_date),)+ }
            }

            fn yes_no(&self, fact: FactName) -> Option<bool> {
                match fact { $(FactName::$name => self.$field.as_ref().and_then(Part::as_yes_no),)+ }
            }

            fn word(&self, fact: FactName) -> Option<&str> {
                match fact { $(FactName::$name => self.$field.as_ref().and_then(Part::as_word),)+ }
            }

            fn number(&self, fact: FactName) -> Option<u16> {
                match fact { $(FactName::$name => self.$field.as_ref().and_then(Part::as_number),)+ }
            }

            fn arrival_time(&self) -> Option<NaiveTime> {
                self.arrival_time
            }

            fn exposures(&self) -> Option<&[NaiveDate]> {
                self.exposures.as_deref()
            }

            fn tests(&self) -> Option<&[TestTaken]> {
                self.test_results.as_deref()
            }

            fn held(&self, fact: FactName) -> Option<FactValue> {
                self.value(fact)
            }
        }
    };
}

facts! {
    /// The days the person met the case, to be filtered by the contact window.
    Exposures = "exposures": exposures as Dates,
    /// The last day that counts as an exposure.
    LastExposure = "last_exposure": last_exposure as Date,
    /// The day the index case fell ill.
    IndexOnset = "index_onset": index_onset as Date,
    /// The day the index case was sampled, where it has no symptoms.
    IndexSampled = "index_sampled": index_sampled as Date,
    /// The day the person fell ill.
    Onset = "onset": onset as Date,
    /// The day of the rash.
    Rash = "rash": rash as Date,
    /// The day of the positive test.
    TestPositive = "test_positive": test_positive as Date,
    /// The last day with fever.
    LastFever = "last_fever": last_fever as Date,
    /// The day the symptoms ended.
    SymptomsEnd = "symptoms_end": symptoms_end as Date,
    /// The day of leaving hospital.
    Discharge = "discharge": discharge as Date,
    /// The day the person was told of being a contact.
    Notified = "notified": notified as Date,
    /// The day of arrival.
    ArrivalDate = "arrival_date": arrival_date as Date,
    /// The time of arrival, 00:00 where it is not given.
    ArrivalTime = "arrival_time": arrival_time as Time,
    /// The day the person left the area at risk.
    LeftRiskArea = "left_risk_area": left_risk_area as Date,
    /// The day closed-loop work ended.
    EndOfClosedLoop = "end_of_closed_loop": end_of_closed_loop as Date,
    /// The day treatment began.
    TreatmentStart = "treatment_start": treatment_start as Date,
    /// The risk of the place of departure: high, medium, low, red, amber, green, case_prefecture.
    FromRisk = "from_risk": from_risk as Word,
    /// Whether the way led through Hubei.
    ViaHubei = "via_hubei": via_hubei as YesNo,
    /// Whether the place in Hubei was closed.
    HubeiClosed = "hubei_closed": hubei_closed as YesNo,
    /// Whether the person has a job or a fixed home here.
    Resident = "resident": resident as YesNo,
    /// Whether the home is fit for staying in alone.
    HomeOk = "home_ok": home_ok as YesNo,
    /// Whether a central site is available.
    CentralOk = "central_ok": central_ok as YesNo,
    /// The state of vaccination: none, full, boosted.
    Vaccinated = "vaccinated": vaccinated as Word,
    /// How many doses were given.
    Doses = "doses": doses as Number,
    /// The day of the last dose.
    LastDose = "last_dose": last_dose as Date,
    /// The age in years.
    Age = "age": age as Number,
    /// Whether immunity is proved.
    Immune = "immune": immune as YesNo,
    /// Whether immune globulin was given.
    ImmuneGlobulin = "immune_globulin": immune_globulin as YesNo,
    /// Whether preventive antibiotics are taken.
    Prophylaxis = "prophylaxis": prophylaxis as YesNo,
    /// How close the exposure was: high, low.
    Exposure = "exposure": exposure as Word,
    /// The variant of the index case.
    Variant = "variant": variant as Word,
    /// The symptoms: none, yes, mild, severe.
    Symptoms = "symptoms": symptoms as Word,
    /// The shorter period in days the local authority has adopted.
    Option = "option": option as Number,
    /// Whether two nucleic acid tests and one antibody test were negative.
    ThreeNeg = "three_neg": three_neg as YesNo,
    /// The tests taken, and what they said.
    TestResults = "test_results": test_results as Tests,
    /// Whether the person comes from outside the city, which makes a local returnee.
    OutsideCity = "outside_city": outside_city as YesNo,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_unknown_until_it_is_put_and_keeps_its_kind() {
        let mut facts = Facts::new(Subject::LocalReturnee);
        assert!(FactName::ALL.iter().all(|fact| !facts.knows(*fact)));
        facts.put(FactName::ViaHubei, FactValue::Number(1));
        assert_eq!(facts.via_hubei, None);
        facts.put(FactName::ViaHubei, FactValue::YesNo(true));
        assert_eq!(
            facts.is(FactName::ViaHubei, &FactValue::YesNo(true)),
            Some(true)
        );
        assert_eq!(
            facts.is(FactName::ViaHubei, &FactValue::YesNo(false)),
            Some(false)
        );
        assert_eq!(facts.is(FactName::HomeOk, &FactValue::YesNo(false)), None);
        assert_eq!(facts.value(FactName::ViaHubei).unwrap().to_string(), "yes");
    }
}

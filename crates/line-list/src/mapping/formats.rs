//! The columns of the systems people have.

use super::Mapping;

impl Mapping {
    /// The cases of a township folder: `id`, `onset`, `class`, `place`, `outcome`.
    #[must_use]
    pub fn own() -> Self {
        Self::new([("id", "id"), ("onset", "onset")])
            .with_optional("class", "class")
            .with_optional("place", "place")
            .with_optional("outcome", "outcome")
    }

    /// Cases of Go.Data, exported with the names of its database fields: `visualId`,
    /// `dateOfOnset`, `classification`, `addresses_locationid`, `outcomeId`. An export with
    /// labels has the labels of the language and of the outbreak's template instead.
    ///
    /// Source: the fields of a case in `godataR` of the World Health Organization.
    #[must_use]
    pub fn go_data() -> Self {
        Self::new([("id", "visualId"), ("onset", "dateOfOnset")])
            .with_optional("class", "classification")
            .with_optional("place", "addresses_locationid")
            .with_optional("outcome", "outcomeId")
    }

    /// Cases of SORMAS, by the names in the first line of its detailed export: `uuid`,
    /// `symptoms.onsetDate`, `caseClassification`, `district`, `outcome`.
    ///
    /// The second line of that export repeats the names for people and is refused as a
    /// row. Dates are written by the language of the one who exported: say which with
    /// [`Mapping::with_dates`].
    ///
    /// Source: `CaseExportDto` of the SORMAS project.
    #[must_use]
    pub fn sormas() -> Self {
        Self::new([("id", "uuid"), ("onset", "symptoms.onsetDate")])
            .with_optional("class", "caseClassification")
            .with_optional("place", "district")
            .with_optional("outcome", "outcome")
    }

    /// The line list of an `epicontacts` object of R, as its teaching data has it: `id`,
    /// `dt_onset`, `place_infect`, `outcome`. The package itself only asks for `id`.
    ///
    /// Source: `mers_korea_2015` of the R package `outbreaks`.
    #[must_use]
    pub fn epicontacts() -> Self {
        Self::new([("id", "id"), ("onset", "dt_onset")])
            .with_optional("place", "place_infect")
            .with_optional("outcome", "outcome")
    }

    /// The case-based reporting of the World Health Organization for COVID-19:
    /// `patinfo_ID`, `patcourse_dateonset`, `report_classif`, `patinfo_resadmin1`,
    /// `patcourse_status`.
    ///
    /// Source: its line list of 2020 as countries of its African region filled it in.
    #[must_use]
    pub fn who() -> Self {
        Self::new([("id", "patinfo_ID"), ("onset", "patcourse_dateonset")])
            .with_optional("class", "report_classif")
            .with_optional("place", "patinfo_resadmin1")
            .with_optional("outcome", "patcourse_status")
    }
}

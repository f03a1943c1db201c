//! The rules' words in sentences.

use super::Language;
use crate::{CountedFrom, Measure, Subject};

pub(super) fn measure(measure: Measure, language: Language) -> &'static str {
    let (chinese, english) = match measure {
        Measure::None => ("不采取措施", "no measure"),
        Measure::Masking => ("佩戴口罩", "masking"),
        Measure::SelfMonitoring => ("自我健康监测", "self-monitoring"),
        Measure::HealthMonitoring => ("健康监测", "health monitoring"),
        Measure::HomeObservation => ("居家隔离观察", "home observation"),
        Measure::HomeQuarantine => ("居家隔离", "home quarantine"),
        Measure::HomeIsolation => ("居家隔离治疗", "home isolation"),
        Measure::CentralQuarantine => ("集中隔离", "central quarantine"),
        Measure::HospitalIsolation => ("住院隔离治疗", "hospital isolation"),
    };
    language.pick(chinese, english)
}

pub(super) fn subject(subject: Subject, language: Language) -> &'static str {
    let (chinese, english) = match subject {
        Subject::CloseContact => ("密切接触者", "close contact"),
        Subject::SecondaryContact => ("密接的密接人员", "contact of a close contact"),
        Subject::HouseholdContact => ("病例同住人员", "household member of a case"),
        Subject::HealthcareContact => ("职业暴露医务人员", "exposed health worker"),
        Subject::InboundTraveller => ("入境人员", "traveller from abroad"),
        Subject::RiskAreaTraveller => ("风险地区来人", "traveller from an area at risk"),
        Subject::LocalReturnee => ("外来（返乡）人员", "arrival from outside the city"),
        Subject::HighRiskWorker => ("高风险岗位人员", "worker at high risk"),
        Subject::ConfirmedCase => ("确诊病例", "confirmed case"),
        Subject::MildCase => ("轻型病例", "mild case"),
        Subject::AsymptomaticCase => ("无症状感染者", "infected person without symptoms"),
        Subject::DischargedCase => ("出院病例", "discharged case"),
    };
    language.pick(chinese, english)
}

pub(super) fn counted_from(from: CountedFrom, language: Language) -> &'static str {
    let (chinese, english) = match from {
        CountedFrom::LastExposure => ("末次接触之日", "the last exposure"),
        CountedFrom::Arrival => ("抵达之日", "the arrival"),
        CountedFrom::TestPositive => ("检测阳性之日", "the positive test"),
        CountedFrom::Onset => ("发病之日", "the onset"),
        CountedFrom::LeftRiskArea => ("离开风险地区之日", "leaving the area at risk"),
        CountedFrom::Discharge => ("出院之日", "leaving hospital"),
        CountedFrom::IndexOnset => ("传染源病例发病之日", "the onset of the index case"),
        CountedFrom::Rash => ("出疹之日", "the rash"),
        CountedFrom::EndOfClosedLoop => ("闭环作业结束之日", "the end of closed-loop work"),
        CountedFrom::LastFever => ("末次发热之日", "the last fever"),
        CountedFrom::Notified => ("被告知之日", "being told of the contact"),
        CountedFrom::TreatmentStart => ("开始治疗之日", "the start of treatment"),
    };
    language.pick(chinese, english)
}

/// A place; one the shipped books do not name stays as the user wrote it.
pub(super) fn place(place: &str, language: Language) -> String {
    let (chinese, english) = match place {
        "home" => ("家中", "home"),
        "central_site" => ("集中隔离点", "the central site"),
        "township_site" => ("镇集中隔离点", "the township's site"),
        "city_site" => ("市集中隔离点", "the city's site"),
        "hospital" => ("医院", "hospital"),
        "designated_hospital" => ("定点医院", "the designated hospital"),
        "managed_hotel" => ("隔离酒店", "a managed hotel"),
        "turned_back" => ("劝返", "turned back"),
        "none" => ("不限地点", "no fixed place"),
        other => return other.replace('_', " "),
    };
    language.pick(chinese, english).to_owned()
}

/// Who ordered something; a name the shipped towns do not use stays as the user wrote it.
pub(super) fn orderer(name: &str, language: Language) -> String {
    let chinese = match name {
        "township headquarters" => "镇指挥部",
        "city headquarters" => "市指挥部",
        "county headquarters" => "县指挥部",
        other => return other.replace('_', " "),
    };
    language.pick(chinese.to_owned(), format!("the {name}"))
}

/// The name of a disease; one the shipped books do not know stays as it is written.
pub(super) fn disease(disease: &str, language: Language) -> &str {
    let chinese = match disease {
        "COVID-19" => "新冠肺炎（COVID-19）",
        "Ebola" => "埃博拉出血热",
        "Lassa" => "拉沙热",
        "Marburg" => "马尔堡出血热",
        "MERS" => "中东呼吸综合征",
        "Nipah" => "尼帕病毒病",
        "SARS" => "传染性非典型肺炎",
        "cholera" => "霍乱",
        "measles" => "麻疹",
        "mpox" => "猴痘",
        "pneumonic plague" => "肺鼠疫",
        other => other,
    };
    language.pick(chinese, disease)
}

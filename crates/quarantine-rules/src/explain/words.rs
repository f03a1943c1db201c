//! The rules' words in sentences.

use super::Language;
use crate::{Confidence, CountedFrom, Measure};

pub(super) fn measure(measure: Measure, language: Language) -> &'static str {
    let (chinese, english) = match measure {
        Measure::None => ("无措施", "no measure"),
        Measure::Masking => ("佩戴口罩", "masking"),
        Measure::SelfMonitoring => ("自我健康监测", "self-monitoring"),
        Measure::HealthMonitoring => ("健康监测", "health monitoring"),
        Measure::HomeObservation => ("居家隔离观察", "home observation"),
        Measure::HomeQuarantine => ("居家隔离", "home quarantine"),
        Measure::HomeIsolation => ("居家隔离治疗", "home isolation"),
        Measure::CentralQuarantine => ("集中隔离", "central quarantine"),
        Measure::HospitalIsolation => ("住院隔离治疗", "hospital isolation"),
    };
    pick(language, chinese, english)
}

pub(super) fn counted_from(from: CountedFrom, language: Language) -> &'static str {
    let (chinese, english) = match from {
        CountedFrom::LastExposure => ("末次接触日", "the last exposure"),
        CountedFrom::Arrival => ("抵达日", "the arrival"),
        CountedFrom::TestPositive => ("检测阳性日", "the positive test"),
        CountedFrom::Onset => ("发病日", "the onset"),
        CountedFrom::LeftRiskArea => ("离开风险地区日", "leaving the area at risk"),
        CountedFrom::Discharge => ("出院日", "leaving hospital"),
        CountedFrom::IndexOnset => ("首例发病日", "the onset of the index case"),
        CountedFrom::Rash => ("出疹日", "the rash"),
        CountedFrom::EndOfClosedLoop => ("闭环结束日", "the end of closed-loop work"),
        CountedFrom::LastFever => ("末次发热日", "the last fever"),
        CountedFrom::Notified => ("告知日", "being told of the contact"),
        CountedFrom::TreatmentStart => ("治疗开始日", "the start of treatment"),
    };
    pick(language, chinese, english)
}

pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Verified => "已核对来源",
        Confidence::Recalled => "未见来源原文",
    }
}

/// A place in Chinese; one the shipped books do not name stays as the user wrote it.
pub(super) fn place(place: &str) -> &str {
    match place {
        "home" => "家中",
        "central_site" => "集中隔离点",
        "township_site" => "镇集中隔离点",
        "city_site" => "市集中隔离点",
        "hospital" => "医院",
        "designated_hospital" => "定点医院",
        "managed_hotel" => "隔离酒店",
        "turned_back" => "劝返",
        "none" => "不限地点",
        other => other,
    }
}

fn pick(language: Language, chinese: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

//! The rules' words in sentences.

use super::Language;
use crate::{Confidence, CountedFrom, FactName, Measure};

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

/// The name of a fact in Chinese.
pub(super) fn fact(fact: FactName) -> &'static str {
    match fact {
        FactName::Exposures => "接触日期",
        FactName::LastExposure => "末次接触日",
        FactName::IndexOnset => "首例发病日",
        FactName::IndexSampled => "首例采样日",
        FactName::Onset => "发病日",
        FactName::Rash => "出疹日",
        FactName::TestPositive => "检测阳性日",
        FactName::LastFever => "末次发热日",
        FactName::SymptomsEnd => "症状消失日",
        FactName::Discharge => "出院日",
        FactName::Notified => "告知日",
        FactName::ArrivalDate => "抵达日期",
        FactName::ArrivalTime => "抵达时间",
        FactName::LeftRiskArea => "离开风险地区日",
        FactName::EndOfClosedLoop => "闭环结束日",
        FactName::TreatmentStart => "治疗开始日",
        FactName::FromRisk => "来源地风险等级",
        FactName::ViaHubei => "途经湖北",
        FactName::HubeiClosed => "来自湖北封闭地区",
        FactName::Resident => "本地有住所或工作",
        FactName::HomeOk => "具备居家隔离条件",
        FactName::CentralOk => "有集中隔离点",
        FactName::Vaccinated => "疫苗接种",
        FactName::LastDose => "末次接种日",
        FactName::Age => "年龄",
        FactName::Immune => "已有免疫",
        FactName::ImmuneGlobulin => "已注射免疫球蛋白",
        FactName::Prophylaxis => "已预防用药",
        FactName::Exposure => "接触程度",
        FactName::Variant => "毒株",
        FactName::Symptoms => "症状",
        FactName::Option => "采用的较短期限",
        FactName::ThreeNeg => "三次检测阴性",
        FactName::TestResults => "检测结果",
        FactName::OutsideCity => "来自市外",
    }
}

fn pick(language: Language, chinese: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

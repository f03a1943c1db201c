//! Facts in sentences: the name of each and the words of its values.

use chrono::Timelike;

use super::{Day, Language};
use crate::{FactName, FactValue, TestResult};

/// The name of a fact; of one that is yes or no, the question.
pub(super) fn name(fact: FactName, language: Language) -> &'static str {
    use FactName::*;
    let (chinese, english) = match fact {
        Exposures => ("接触日期", "days of exposure"),
        LastExposure => ("末次接触日期", "day of the last exposure"),
        IndexOnset => ("传染源病例发病日期", "day the index case fell ill"),
        IndexSampled => (
            "传染源病例采样日期",
            "day the index case without symptoms was sampled",
        ),
        Onset => ("本人发病日期", "day the person fell ill"),
        Rash => ("出疹日期", "day of the rash"),
        TestPositive => ("检测阳性日期", "day of the positive test"),
        LastFever => ("末次发热日期", "last day with fever"),
        SymptomsEnd => ("症状消失日期", "day the symptoms ended"),
        Discharge => ("出院日期", "day of leaving hospital"),
        Notified => ("被告知日期", "day of being told of the contact"),
        ArrivalDate => ("抵达日期", "day of arrival"),
        ArrivalTime => ("抵达时间", "time of arrival"),
        LeftRiskArea => ("离开风险地区日期", "day of leaving the area at risk"),
        EndOfClosedLoop => ("闭环作业结束日期", "day closed-loop work ended"),
        TreatmentStart => ("开始治疗日期", "day treatment began"),
        FromRisk => ("来源地风险等级", "risk of the place of departure"),
        ViaHubei => ("是否来自或途经湖北", "whether the way led through Hubei"),
        HubeiClosed => (
            "是否来自湖北封闭管理地区",
            "whether the place in Hubei was closed",
        ),
        Resident => (
            "在本地是否有固定住所或工作",
            "whether the person has a fixed home or a job here",
        ),
        HomeOk => (
            "家中是否具备单独居住条件",
            "whether the home is fit for staying in alone",
        ),
        CentralOk => (
            "是否有集中隔离点可用",
            "whether a central site is available",
        ),
        Vaccinated => ("疫苗接种情况", "vaccination"),
        Doses => ("接种剂次", "doses given"),
        LastDose => ("末次接种日期", "day of the last dose"),
        Age => ("年龄", "age in years"),
        Immune => ("是否已有免疫力", "whether immunity is proved"),
        ImmuneGlobulin => ("是否注射过免疫球蛋白", "whether immune globulin was given"),
        Prophylaxis => ("是否正在预防性服药", "whether preventive medicine is taken"),
        Exposure => ("接触的密切程度", "closeness of the exposure"),
        Variant => ("毒株", "variant of the index case"),
        Symptoms => ("症状", "symptoms"),
        Option => (
            "当地采用的较短期限（天）",
            "shorter period adopted here, in days",
        ),
        ThreeNeg => (
            "核酸及抗体检测是否均为阴性",
            "whether the swab and antibody tests were all negative",
        ),
        TestResults => ("检测结果", "test results"),
        OutsideCity => (
            "是否来自市外",
            "whether the person comes from outside the city",
        ),
    };
    language.pick(chinese, english)
}

/// The value of a fact; a word the shipped books do not know stays as the user wrote it.
pub(super) fn value(value: &FactValue, language: Language) -> String {
    let between = language.pick("、", ", ");
    match value {
        FactValue::Date(day) => Day(*day, language).to_string(),
        FactValue::Dates(days) if days.is_empty() => language.pick("无", "none").to_owned(),
        FactValue::Dates(days) => joined(days, between, |day| Day(*day, language).to_string()),
        FactValue::Time(time) => format!("{:02}:{:02}", time.hour(), time.minute()),
        FactValue::YesNo(true) => language.pick("是", "yes").to_owned(),
        FactValue::YesNo(false) => language.pick("否", "no").to_owned(),
        FactValue::Word(word) => of_word(word, language),
        FactValue::Number(number) => number.to_string(),
        FactValue::Tests(tests) if tests.is_empty() => language.pick("未检测", "none").to_owned(),
        FactValue::Tests(tests) => joined(tests, between, |test| {
            let said = result(test.result, language);
            let day = Day(test.on, language);
            language.pick(format!("{day}{said}"), format!("{said} on {day}"))
        }),
    }
}

fn joined<T>(parts: &[T], between: &str, write: impl Fn(&T) -> String) -> String {
    parts.iter().map(write).collect::<Vec<_>>().join(between)
}

/// What a test said.
pub(crate) fn result(result: TestResult, language: Language) -> &'static str {
    match result {
        TestResult::Negative => language.pick("阴性", "negative"),
        TestResult::Positive => language.pick("阳性", "positive"),
        TestResult::Pending => language.pick("结果未出", "result open"),
    }
}

fn of_word(word: &str, language: Language) -> String {
    let (chinese, english) = match word {
        "high" => ("高", "high"),
        "medium" => ("中", "medium"),
        "low" => ("低", "low"),
        "red" => ("红色名单", "red list"),
        "amber" => ("琥珀色名单", "amber list"),
        "green" => ("绿色名单", "green list"),
        "mild" => ("轻", "mild"),
        "case_prefecture" => ("有病例报告的州（市）", "a prefecture with reported cases"),
        "none" => ("无", "none"),
        "full" => ("全程接种", "full course"),
        "boosted" => ("已加强接种", "boosted"),
        "yes" => ("有", "present"),
        "severe" => ("重", "severe"),
        "omicron" => ("奥密克戎", "Omicron"),
        "delta" => ("德尔塔", "Delta"),
        other => return other.replace('_', " "),
    };
    language.pick(chinese, english).to_owned()
}

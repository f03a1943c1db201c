//! The closed words of lists, in Chinese: a list is read by those who must act on it.

use reporting::{Cell, Text};

/// A word of a closed list in both languages; a word of the user's own as it stands.
pub(crate) fn word(word: &str) -> Cell {
    let en = word.replace('_', " ");
    match chinese(word) {
        Some(zh) => Cell::Text(Text::new(zh, en)),
        None if en.is_empty() => Cell::Unknown,
        None => Cell::Plain(en),
    }
}

/// The same inside a longer text, in both languages.
pub(crate) fn text(word: &str) -> Text {
    let en = word.replace('_', " ");
    Text::new(chinese(word).unwrap_or(&en), en.clone())
}

fn chinese(word: &str) -> Option<&'static str> {
    DICTIONARY
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, zh)| *zh)
}

/// By room: screening and calls, duties, measures and places, people, follow-up, supply, jobs,
/// tasks, chains.
const DICTIONARY: &[(&str, &str)] = &[
    ("screened", "已排查"),
    ("absent", "家中无人"),
    ("refused", "拒绝"),
    ("not_reached", "未到达"),
    ("found_unregistered", "发现未登记人员"),
    ("stays", "暂不返乡"),
    ("plans_return", "计划返乡"),
    ("unreachable", "联系不上"),
    ("banner", "横幅"),
    ("notice", "告知"),
    ("broadcast", "广播"),
    ("slogan", "标语"),
    ("screening", "排查"),
    ("other", "其他"),
    ("morning", "早"),
    ("noon", "中"),
    ("evening", "晚"),
    ("day", "每日"),
    ("once", "一次"),
    ("none", "无"),
    ("masking", "佩戴口罩"),
    ("self_monitoring", "自我健康监测"),
    ("health_monitoring", "健康监测"),
    ("home_observation", "居家隔离观察"),
    ("home_quarantine", "居家隔离"),
    ("home_isolation", "居家隔离治疗"),
    ("central_quarantine", "集中隔离"),
    ("hospital_isolation", "住院隔离"),
    ("home", "家中"),
    ("central_site", "集中隔离点"),
    ("township_site", "镇集中隔离点"),
    ("city_site", "市集中隔离点"),
    ("hospital", "医院"),
    ("designated_hospital", "定点医院"),
    ("managed_hotel", "隔离酒店"),
    ("turned_back", "劝返"),
    ("resident", "居民"),
    ("student", "学生"),
    ("worker", "务工人员"),
    ("visitor", "来访"),
    ("household", "同住"),
    ("meal", "聚餐"),
    ("transport", "同乘"),
    ("work", "工作"),
    ("visit", "探访"),
    ("school", "学校"),
    ("negative", "阴性"),
    ("positive", "阳性"),
    ("pending", "待出结果"),
    ("seen_well", "已见，健康"),
    ("seen_ill", "已见，不适"),
    ("missed", "未见到"),
    ("not_attempted", "未上门"),
    ("not_performed", "未测"),
    ("same_village", "同自然村"),
    ("same_community", "同村（社区）"),
    ("farther", "较远"),
    ("nobody_may_help", "无合适人员"),
    ("no_medical_staff", "无医务人员"),
    ("load_limit", "人手已满"),
    ("not_a_candidate", "不再任职或不在本地"),
    ("not_medical_staff", "非医务人员"),
    ("given_twice", "重复登记"),
    ("age_not_known", "年龄不明"),
    ("too_young", "年龄过小"),
    ("too_old", "年龄过大"),
    ("not_consenting", "本人不同意"),
    ("chronically_ill", "患慢性病"),
    ("under_observation", "正在隔离"),
    ("lives_with_observed", "同住人正在隔离"),
    ("serves_frail_households", "同日服务体弱户"),
    ("medicine", "药品"),
    ("cannot_go_out", "不能外出"),
    ("vulnerable", "重点户"),
    ("everyone", "一般户"),
    ("already_sent_out", "已外出"),
    ("not_cleared", "未达外出条件"),
    ("no_vacancy_for_skills", "无对口岗位"),
    ("destinations_refused", "目的地风险不符"),
    ("places_taken", "岗位已满"),
    ("order_not_completed", "隔离未完成"),
    ("order_not_known", "隔离情况不明"),
    ("contact_inquiry_open", "接触情况待查"),
    ("no_temperature", "今晨未测温"),
    ("fever", "发热"),
    ("no_village_permit", "缺村证明"),
    ("no_township_permit", "缺镇证明"),
    ("no_city_permit", "缺市证明"),
    ("destination_refused", "目的地不接收"),
    ("destination_risk_not_known", "目的地风险不明"),
    ("wage_not_credible", "工资数额有误"),
    ("nobody_cleared_has_the_skill", "无可外出的对口人员"),
    ("all_matched_elsewhere", "对口人员均已另有岗位"),
    ("high", "高"),
    ("medium", "中等"),
    ("low", "低"),
    ("nothing", "无"),
    ("name_somebody", "另行指定责任人"),
    ("say_why", "说明原因"),
    ("speed_up", "加快进度"),
    ("go_on", "继续推进"),
    ("pregnant", "孕妇"),
    ("chronic", "慢性病"),
    ("dialysis", "透析"),
    ("disabled", "残疾"),
    ("infant", "婴儿"),
    ("elderly_alone", "独居老人"),
    ("poor", "困难"),
    ("child_in_a_household_under_measure", "家中有人隔离的儿童"),
    ("rice", "米"),
    ("oil", "油"),
    ("salt", "盐"),
    ("vegetables", "菜"),
    ("infant_formula", "婴儿奶粉"),
    ("prescribed_medicine", "处方药"),
    ("daily_goods", "日用品"),
    ("food", "食品"),
    ("company", "陪伴"),
    ("doctor", "就医"),
    ("price", "价格"),
    ("quality", "质量"),
    ("hoarding", "囤积"),
    ("over_baseline", "高于基线"),
    ("over_cost", "高于成本加价"),
    ("rise", "涨幅过大"),
    ("carpenter", "木工"),
    ("bricklayer", "泥瓦工"),
    ("welder", "焊工"),
    ("electrician", "电工"),
    ("driver", "驾驶员"),
    ("cook", "厨师"),
    ("tailor", "裁缝"),
    ("tea_picker", "采茶工"),
    ("machine_operator", "机械操作工"),
    (
        "infector and infectee are the same person",
        "传染者与被传染者为同一人",
    ),
    ("repeats an earlier link", "与前面的传播关系重复"),
    ("names a second infector", "另指一名传染者"),
    (
        "the infectee fell ill before the infector",
        "早于传染者发病",
    ),
    ("leads in a circle", "传播关系成环"),
    ("comes from a circle", "上游传播关系成环"),
    (
        "the infector was isolated before the infectee was exposed",
        "暴露前传染者已被隔离",
    ),
    (
        "the infector died before the infectee was exposed",
        "暴露前传染者已死亡",
    ),
    (
        "the infector was exposed after the infectee",
        "传染者的暴露晚于被传染者",
    ),
    (
        "the infector is not in the line list",
        "传染者不在病例登记中",
    ),
    (
        "the infectee is not in the line list",
        "被传染者不在病例登记中",
    ),
    ("repeats an earlier row", "与前面的登记行重复"),
    (
        "an earlier row of this case has another onset",
        "前面的登记行发病日期不同",
    ),
    ("fell ill after being confirmed", "确诊后才发病"),
    ("fell ill before being exposed", "暴露前已发病"),
    ("fell ill after death", "发病晚于死亡"),
    ("the exposure ends before it begins", "暴露结束早于开始"),
    ("active", "进行中"),
    ("closed", "已结束"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_twice_and_every_reason_has_its_chinese() {
        let mut words: Vec<&str> = DICTIONARY.iter().map(|(word, _)| *word).collect();
        words.sort_unstable();
        let all = words.len();
        words.dedup();
        assert_eq!(words.len(), all);
        let chains = [
            contact_tracing::chains::Flag::WORDS,
            contact_tracing::chains::CaseFlag::WORDS,
        ];
        let rooms = [
            quarantine_rules::Measure::WORDS,
            follow_up::CheckInOutcome::WORDS,
            follow_up::EndedBecause::WORDS,
            follow_up::Nearness::WORDS,
            follow_up::Refusal::WORDS,
            follow_up::UnpairedBecause::WORDS,
            job_matching::Hindrance::WORDS,
            job_matching::UnfilledBecause::WORDS,
            job_matching::UnmatchedBecause::WORDS,
            task_tracking::NextStep::WORDS,
        ];
        for word in chains.concat().iter().chain(&rooms.concat()) {
            assert!(chinese(word).is_some(), "{word}");
        }
    }
}

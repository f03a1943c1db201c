//! The editions of the shipped books by the names they go by.

use chrono::NaiveDate;

use super::{Day, Language};

/// The name of an edition. One that the shipped books do not know stands as its book writes it,
/// quoted in Chinese; days in it are written as everywhere else.
pub(super) fn edition(edition: &str, language: Language) -> String {
    if language == Language::English {
        return english(edition);
    }
    if let Some(title) = chinese(edition) {
        return title.to_owned();
    }
    for (ahead, write) in WITH_DAY {
        if let Some(day) = edition
            .strip_prefix(ahead)
            .and_then(|day| day.parse::<NaiveDate>().ok())
        {
            return write.replace("{}", &Day(day, language).to_string());
        }
    }
    format!("“{edition}”")
}

fn english(edition: &str) -> String {
    let words = edition.split(' ');
    let written = words.map(|word| match word.parse::<NaiveDate>() {
        Ok(day) => Day(day, Language::English).to_string(),
        Err(_) => word.to_owned(),
    });
    let text = written.collect::<Vec<_>>().join(" ");
    // A bare small number, or one with a remark in brackets, is the number of an edition.
    let (number, remark) = edition.split_once(' ').unwrap_or((edition, "("));
    let small = number.len() < 3 && number.chars().all(|letter| letter.is_ascii_digit());
    match small && remark.starts_with('(') {
        true => format!("edition {text}"),
        false => text,
    }
}

/// The national protocol's editions and what came between them, by their official names.
fn chinese(edition: &str) -> Option<&'static str> {
    let title = match edition {
        "1" => "国家防控方案第1版",
        "2" => "国家防控方案第2版",
        "3" => "国家防控方案第3版",
        "4" => "国家防控方案第4版",
        "5" => "国家防控方案第5版",
        "6" => "国家防控方案第6版",
        "7" => "国家防控方案第7版",
        "8" => "国家防控方案第8版",
        "9" => "国家防控方案第9版",
        "10 (Class B)" => "国家防控方案第10版（乙类乙管）",
        "20 measures" => "进一步优化防控工作的20条措施",
        "ten measures" => "进一步优化落实防控措施的“新十条”",
        "treatment plan 6" => "国家诊疗方案试行第6版",
        "treatment plan 7" => "国家诊疗方案试行第7版",
        "treatment plan 9" => "国家诊疗方案试行第9版",
        "Announcement 10" => "指挥部第10号通告",
        "Announcement 14" => "指挥部第14号通告",
        "2022 No. 7" => "指挥部2022年第7号通告",
        "notice February 2020" => "2020年2月通告",
        "notice summer 2021" => "2021年夏季通告",
        "notice October 2020" => "2020年10月通告",
        "notice 2021-04" => "2021年4月通告",
        "Kunming 2022-04" => "昆明市2022年4月通告",
        "guidelines 2026-01" => "2026年1月指南",
        "2022-07" => "2022年7月文件",
        "contact tracing 2014-09" => "2014年9月接触者追踪指引",
        "March 2020" => "2020年3月文件",
        "Test to Release" => "“检测后解除”办法",
        "Kerala 2018-2021" => "喀拉拉邦2018-2021做法",
        "ACIP" => "免疫实施咨询委员会意见",
        "Iowa epi manual" => "艾奥瓦州流行病学手册",
        "community monitoring" => "社区监测指引",
        "contact follow-up" => "接触者随访指引",
        "initial" => "首个指引",
        _ => return None,
    };
    Some(title)
}

/// Editions named by their day.
const WITH_DAY: &[(&str, &str)] = &[
    ("", "{}文件"),
    ("practice from ", "{}起的做法"),
    ("national practice from ", "{}起的全国做法"),
    ("notice ", "{}通告"),
    ("Announcement ", "{}通告"),
    ("joint notice ", "{}多部门联合通知"),
    ("decision ", "{}公告"),
    ("advice ", "{}建议"),
    ("asymptomatic rules ", "{}无症状感染者管理规范"),
    ("options ", "{}可选期限指引"),
    ("Test and Trace ", "{}检测与追踪计划"),
    ("Omicron ", "{}奥密克戎指引"),
    ("hotel ", "{}隔离酒店规定"),
];

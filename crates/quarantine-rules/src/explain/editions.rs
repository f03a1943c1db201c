//! Editions by the names they go by.

use chrono::NaiveDate;

use super::{Day, Language};
use crate::Books;

/// The name of an edition of an authority. One whose book gives it no Chinese title stands as the
/// book writes it, quoted in Chinese; days in it are written as everywhere else.
pub(super) fn edition(books: &Books, authority: &str, edition: &str, language: Language) -> String {
    if language == Language::English {
        return english(edition);
    }
    let book = books.book(authority);
    if let Some(title) = book.and_then(|book| book.editions_zh.get(edition)) {
        return title.to_string();
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

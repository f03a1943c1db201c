//! A whole bulletin as Markdown, word for word.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by several test programs")]
mod sample;

use reporting::{
    Bulletin, Edition, Figure, FigureValue, Language, List, Section, Sentence, Text, to_markdown,
};

/// Little enough to be read whole.
fn small() -> Bulletin {
    let title = Text::new("疫情防控简报", "Outbreak bulletin");
    let mut bulletin = Bulletin::new(title, Text::new("芒棒镇", "Mangbang"), Edition::Internal)
        .of_day(sample::day(37), sample::day(38));
    let home = Figure::new(
        "home",
        Text::new("居家隔离观察", "Under home observation"),
        FigureValue::Count(28),
        Text::new("人", "people"),
    );
    bulletin.headline = vec![home.since(FigureValue::Suppressed)];
    let mut section = Section::new("load", Text::new("防控责任", "The load"));
    section.sentences = vec![Sentence::new(
        "missed",
        Text::new("漏查：无。", "Missed: none."),
    )];
    let mut list = sample::list(2);
    list.columns.truncate(4);
    section.lists = vec![list];
    bulletin.sections = vec![section];
    let title = Text::new("对此前简报的更正", "Corrections of earlier bulletins");
    bulletin.corrections = Some(List::new("corrections", title, Vec::new()));
    bulletin.rejected_note = Text::new("3条记录未采用。", "3 records were not used.");
    bulletin
}

#[test]
fn a_bulletin_reads_so_in_english() {
    assert_eq!(
        to_markdown(&small(), Language::English),
        "\
**Internal, do not forward**

# Mangbang: Outbreak bulletin

29 February 2020 · As known by the end of 1 March 2020 · Internal, do not forward

## Main figures

- Under home observation: **28 people**; Yesterday withheld

## The load

Missed: none.

### Released today

Hand out the release certificate

| Person | Measure | Until | Contacts |
| --- | --- | --- | ---: |
| P-0000 | home observation | 2020-02-29 | 0 |
| P-0001 | home observation | 2020-02-29 | 1,201 |

## Corrections

### Corrections of earlier bulletins

none

## Records not used

3 records were not used.

## Notes

“Withheld”: counts of 1 to 4, counts of everyone, and counts from which either could be worked out are not published.

**Internal, do not forward**
"
    );
}

#[test]
fn a_bulletin_reads_so_in_chinese() {
    assert_eq!(
        to_markdown(&small(), Language::Chinese),
        "\
**内部使用 不得外传**

# 芒棒镇疫情防控简报

2020年2月29日 · 资料截至2020年3月1日 · 内部使用 不得外传

## 主要数字

- 居家隔离观察：**28人**；昨日不公开

## 防控责任

漏查：无。

### 今日解除

发放解除通知书

| 人员 | 措施 | 至 | 接触人数 |
| --- | --- | --- | ---: |
| P-0000 | 居家隔离观察 | 2020-02-29 | 0 |
| P-0001 | 居家隔离观察 | 2020-02-29 | 1,201 |

## 更正

### 对此前简报的更正

无

## 未采用的记录

3条记录未采用。

## 说明

“不公开”：1至4的数字、等于全体的数字，以及可据以推算出它们的数字，均不公布。

**内部使用 不得外传**
"
    );
}

#[test]
fn a_change_is_told_with_its_sign_or_in_words() {
    let said = |now, before| {
        let mut bulletin = small();
        bulletin.headline[0].value = now;
        bulletin.headline[0].yesterday = Some(before);
        let page = to_markdown(&bulletin, Language::English);
        let line = page.lines().find(|line| line.starts_with("- ")).unwrap();
        line.split("**; ").nth(1).unwrap().to_owned()
    };
    let count = FigureValue::Count;
    assert_eq!(said(count(32), count(30)), "Yesterday 30, +2");
    assert_eq!(said(count(28), count(1_030)), "Yesterday 1,030, −1,002");
    assert_eq!(said(count(0), count(0)), "Yesterday 0, no change");
    assert_eq!(said(FigureValue::Incomplete(5), count(9)), "Yesterday 9");
    assert_eq!(said(count(5), FigureValue::Unknown), "Yesterday unknown");
}

//! Pages say the same in both languages, and nothing in them is dangerous.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by several test programs")]
mod sample;
#[allow(dead_code, unreachable_pub, reason = "shared by several test programs")]
mod svg;

use std::collections::BTreeSet;

use reporting::{
    Bulletin, Cell, Edition, Language, Text, list_to_csv, to_html, to_json, to_markdown,
};
use sample::{HOSTILE, bulletin, list};

fn html(bulletin: &Bulletin, language: Language) -> String {
    to_html(bulletin, language).unwrap()
}

/// The numbers of a page in order: digits with their commas and points.
fn numbers(words: &str) -> Vec<String> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '−');
    let found = words
        .split(|c| !is_number(c))
        .map(|n| n.trim_matches([',', '.']).to_owned());
    found
        .filter(|n| n.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

/// The words of a page between its tags, drawings aside.
fn words_of(html: &str) -> String {
    let mut words = String::new();
    let body = html
        .split("<main")
        .nth(1)
        .unwrap()
        .split("</main>")
        .next()
        .unwrap();
    for part in body
        .split("<svg")
        .map(|part| part.split("</svg>").last().unwrap())
    {
        for piece in part.split('<') {
            words.push_str(piece.split_once('>').map_or(piece, |(_, words)| words));
            words.push(' ');
        }
    }
    words
}

#[test]
fn both_languages_carry_the_same_numbers() {
    let mut bulletin = bulletin(Edition::Public);
    // Ordinals in headings and days in sentences are words, not figures.
    for section in &mut bulletin.sections {
        section.heading = Text::same("-");
        section.lists.retain(|list| list.rows.len() < 15);
    }
    let sorted = |language| {
        let mut all = numbers(&words_of(&html(&bulletin, language)));
        all.sort();
        all
    };
    let zh = sorted(Language::Chinese);
    assert!(zh.len() > 200 && zh.contains(&"9,681".to_owned()));
    assert_eq!(zh, sorted(Language::English));
}

#[test]
fn no_word_becomes_markup_on_any_page() {
    let mut bulletin = bulletin(Edition::Internal);
    bulletin.title = Text::same(HOSTILE);
    bulletin.place = Text::same(HOSTILE);
    bulletin.rejected_note = Text::same(HOSTILE);
    bulletin.notes.push(Text::same(HOSTILE));
    bulletin.sections[0].key = HOSTILE.into();
    bulletin.sections[0].heading = Text::same(HOSTILE);
    bulletin.headline[0].label = Text::same(HOSTILE);
    bulletin.headline[0].unit = Text::same(HOSTILE);
    for language in Language::ALL {
        let page = html(&bulletin, language);
        assert!(!page.contains("<script") && page.contains("&#60;script"));
        let markdown = to_markdown(&bulletin, language);
        assert!(!markdown.contains("(<script") && !markdown.contains("\n<script"));
        assert!(!markdown.replace("\\<", "").contains('<'));
        assert!(!markdown.contains("http://"));
    }
}

#[test]
fn a_page_asks_for_nothing_outside_itself() {
    for language in Language::ALL {
        let page = html(&bulletin(Edition::Public), language);
        for asks in [
            "src=", "@import", "<iframe", "<object", "<form", "<img", "url(http",
        ] {
            let found = page.replace("&#60;script src=", "");
            assert!(!found.contains(asks), "{asks}");
        }
        let links = svg::values(&page, "href=\"");
        assert!(
            links
                .iter()
                .all(|link| link.starts_with('#') || *link == "data:,"),
            "{links:?}"
        );
    }
}

#[test]
fn every_id_is_given_once_and_every_reference_lands() {
    let mut bulletin = bulletin(Edition::Public);
    let twice = bulletin.sections[1].clone();
    bulletin.sections.push(twice);
    let page = html(&bulletin, Language::English);
    let ids = svg::values(&page, " id=\"");
    let once: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), once.len());
    let links = svg::values(&page, "href=\"#").into_iter();
    let names = svg::values(&page, "aria-labelledby=\"")
        .into_iter()
        .flat_map(|ids| ids.split(' '));
    for id in links.chain(names) {
        assert!(once.contains(&id), "{id}");
    }
}

#[test]
fn a_page_names_its_language_landmarks_and_tables() {
    for (language, tag) in [(Language::Chinese, "zh-CN"), (Language::English, "en")] {
        let page = html(&bulletin(Edition::Public), language);
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\""));
        assert!(page.contains(&format!("<html lang=\"{tag}\">")));
        for part in [
            "<title>",
            "class=\"skip\"",
            "<main id=\"bulletin\">",
            "<header>",
            "<footer>",
            "<nav ",
            "@media print",
        ] {
            assert!(page.contains(part), "{part}");
        }
        let tables = page.matches("<table>").count();
        assert_eq!(page.matches("<caption>").count(), tables);
        assert!(page.matches("<th scope=\"row\"").count() > tables);
    }
}

#[test]
fn an_internal_page_says_so_and_a_public_one_does_not() {
    for (language, words) in [
        (Language::Chinese, "内部使用 不得外传"),
        (Language::English, "Internal, do not forward"),
    ] {
        let internal = html(&bulletin(Edition::Internal), language);
        assert!(internal.matches(words).count() >= 5);
        assert!(internal.contains(&format!("@top-center {{ content: \"{words}\"")));
        assert!(internal.contains(&format!("@bottom-center {{ content: \"{words}\"")));
        assert!(
            to_markdown(&bulletin(Edition::Internal), language)
                .starts_with(&format!("**{words}**"))
        );
        let public = bulletin(Edition::Public);
        assert!(!html(&public, language).contains(words));
        assert!(!to_markdown(&public, language).contains(words));
    }
}

#[test]
fn an_empty_list_reads_none_and_a_long_one_is_folded() {
    let bulletin = bulletin(Edition::Public);
    let page = html(&bulletin, Language::English);
    assert!(page.contains("<p>none</p>"));
    assert!(page.contains("<summary>40 rows, open to read</summary>"));
    assert!(html(&bulletin, Language::Chinese).contains("<p>无</p>"));
    assert!(to_markdown(&bulletin, Language::Chinese).contains("\n无\n"));
    assert!(!page.contains("<tbody>\n</tbody>"));
}

#[test]
fn a_mark_is_explained_only_where_it_is_used() {
    let used = html(&bulletin(Edition::Public), Language::English);
    assert!(used.contains("“Incomplete”: a community") && used.contains("“Withheld”: counts"));
    let mut plain = bulletin(Edition::Public);
    plain.headline.truncate(1);
    plain.sections.truncate(0);
    let page = html(&plain, Language::English);
    assert!(!page.contains("Withheld") && !page.contains("Incomplete"));
}

#[test]
fn a_spreadsheet_finds_keys_numbers_and_no_formula() {
    let mut list = list(3);
    for (row, start) in ["=1+1", "'+1", "@x"].iter().enumerate() {
        list.rows[row][4] = Cell::Plain((*start).to_owned());
    }
    list.rows[0][3] = Cell::Count(-1_201);
    list.rows[1][1] = Cell::Text(Text::same("a,\"b\"\nc"));
    list.rows[2].truncate(2);
    assert_eq!(
        list_to_csv(&list, Language::English),
        "person,measure,until,contacts,reason\n\
         P-0000,home observation,2020-02-29,-1201,'=1+1\n\
         P-0001,\"a,\"\"b\"\"\nc\",2020-02-29,1201,''+1\n\
         P-0002,home observation,unknown,unknown,unknown\n"
    );
    list.rows.clear();
    assert_eq!(
        list_to_csv(&list, Language::Chinese),
        "person,measure,until,contacts,reason\n"
    );
}

#[test]
fn json_keeps_both_languages_and_tells_silence_from_zero() {
    let json = to_json(&bulletin(Edition::Public)).unwrap();
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["place"]["zh"], "芒棒镇");
    assert_eq!(read["headline"][2]["value"]["count"], 0);
    assert_eq!(read["headline"][3]["value"], "unknown");
    assert_eq!(read["headline"][5]["value"]["incomplete"], 1_204);
    assert_eq!(read["day"], "2020-02-29");
    assert_eq!(read["sections"][1]["charts"][0]["chart"], "epi_curve");
}

#[test]
fn the_same_bulletin_makes_the_same_bytes() {
    let page = || html(&bulletin(Edition::Internal), Language::Chinese);
    assert_eq!(page(), page());
}

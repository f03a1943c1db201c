//! A dated tree is legible at any size, tells what it leaves out, and stands at its days.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by several test programs")]
mod svg;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use reporting::draw::{Width, chart_to_svg};
use reporting::{
    Bulletin, Cell, Chart, ChartHead, Column, ColumnKind, DatedTree, Edition, Language, List,
    Section, Text, TreeCase, to_html,
};

fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 23).unwrap() + Days::new(after)
}

fn case(key: &str, on: Option<u64>, parent: Option<usize>) -> TreeCase {
    TreeCase {
        key: key.to_owned(),
        day: on.map(day),
        parent,
        to_check: false,
    }
}

fn tree(cases: Vec<TreeCase>, most_rows: usize) -> DatedTree {
    let key = Column::new("case", Text::new("病例", "Case"), ColumnKind::Text);
    let mut list = List::new("cases", Text::new("一起", "A cluster"), vec![key]);
    list.rows = cases
        .iter()
        .map(|case| vec![Cell::Plain(case.key.clone())])
        .collect();
    DatedTree {
        head: ChartHead {
            key: "cluster".into(),
            title: Text::new("一起", "A cluster"),
            x_axis: Text::new("发病日期", "Day of onset"),
            y_axis: Text::new("病例", "Case"),
            source: Text::empty(),
        },
        cases,
        most_rows,
        folded: false,
        list,
    }
}

fn drawn(tree: &DatedTree, language: Language, width: Width) -> String {
    chart_to_svg(&Chart::DatedTree(tree.clone()), "t", language, width)
}

fn drawings(tree: &DatedTree) -> Vec<String> {
    let both = Language::ALL
        .into_iter()
        .flat_map(|language| Width::ALL.map(|width| (language, width)));
    both.map(|(language, width)| drawn(tree, language, width))
        .collect()
}

/// Labels of a row never overlap those of another, and none leaves the drawing.
fn assert_legible(drawing: &str) {
    assert!(!drawing.contains("-0.0") && drawing.ends_with("</svg>\n"));
    let (width, height) = svg::size(drawing);
    let labels = svg::labels(drawing);
    for (at, one) in labels.iter().enumerate() {
        assert!(
            one.left >= -1 && one.right <= width + 1,
            "{one:?} leaves {width}"
        );
        assert!(
            one.top >= -1 && one.bottom <= height + 1,
            "{one:?} leaves {height}"
        );
        assert!(
            labels[at + 1..].iter().all(|other| !one.overlaps(other)),
            "{one:?}"
        );
    }
}

/// Where the label of a case begins, in tenths of a pixel.
fn place(drawing: &str, key: &str) -> (i64, i64) {
    let labels = svg::labels(drawing);
    let label = labels
        .iter()
        .find(|label| label.words.starts_with(key))
        .expect("drawn");
    (label.left, label.top)
}

#[test]
fn days_run_to_the_right_and_rows_run_depth_first() {
    let cases = vec![
        case("b", Some(4), Some(2)),
        case("c", Some(4), Some(0)),
        case("a", Some(0), None),
        case("d", Some(2), Some(2)),
        case("early", Some(1), Some(3)),
    ];
    let drawing = drawn(&tree(cases, 9), Language::English, Width::Wide);
    let [a, d, early, b, c] = ["a", "d", "early", "b", "c"].map(|key| place(&drawing, key));
    assert!(
        a.1 < d.1 && d.1 < early.1 && early.1 < b.1 && b.1 < c.1,
        "rows"
    );
    assert!(a.0 < early.0 && early.0 < d.0 && d.0 < b.0, "days");
    assert_eq!(b.0, c.0, "one day is one place");
    assert!(
        ((d.0 - a.0) - 2 * (early.0 - a.0)).abs() <= 2,
        "days are equally wide"
    );
    assert!(drawing.contains(">Fell ill before the infector</text>"));
    assert!(
        drawing
            .contains("From 23 January 2020 to 27 January 2020. Cases: 5; generations drawn: 3.")
    );
}

#[test]
fn what_is_left_out_is_counted_at_its_row_and_in_words() {
    let fan = (0..40).map(|n| case(&format!("k{n}"), Some(1 + n), (n > 0).then_some(0)));
    let tree = tree(fan.collect(), 3);
    let wide = drawn(&tree, Language::English, Width::Wide);
    assert!(wide.contains(">k0<tspan fill=\"#4a5866\"> + 37 more below</tspan></text>"));
    assert!(wide.contains("Of 40 cases 3 are drawn") && tree.drawn() == 3);
    let narrow = drawn(&tree, Language::Chinese, Width::Narrow);
    assert!(narrow.contains("> +37</tspan>") && narrow.contains("其余37例未画"));
    let tops = (0..5).map(|n| case(&format!("t{n}"), None, None));
    let tops = drawn(
        &self::tree(tops.collect(), 2),
        Language::English,
        Width::Wide,
    );
    assert!(tops.contains("Chains left out whole: 3, with cases: 3."));
}

#[test]
fn a_case_without_a_day_is_hollow_and_stands_beside_its_infector() {
    let cases = vec![
        case("a", Some(0), None),
        case("b", None, Some(0)),
        case("z", Some(9), Some(1)),
    ];
    let drawing = drawn(&tree(cases, 9), Language::English, Width::Wide);
    let (a, b) = (place(&drawing, "a"), place(&drawing, "b"));
    assert_eq!(b.0 - a.0, 100);
    assert_eq!(
        drawing.matches("fill=\"#ffffff\"/>").count(),
        2,
        "the case and the legend"
    );
    assert!(drawing.contains(">Day not known: beside its infector or infectee</text>"));
}

#[test]
fn a_key_that_is_too_long_is_cut_and_one_of_markup_stays_words() {
    let long = "一个非常非常非常非常非常非常非常非常非常非常长的编号";
    let cases = vec![
        case(long, Some(0), None),
        case("<script>&\"", Some(3), Some(0)),
    ];
    for drawing in drawings(&tree(cases, 9)) {
        assert!(drawing.contains("…</text>") && !drawing.contains("<script"));
        assert_legible(&drawing);
    }
}

#[test]
fn a_tree_of_nobody_and_one_of_a_circle_are_drawings_too() {
    assert!(drawn(&tree(Vec::new(), 9), Language::English, Width::Wide).contains(">none</text>"));
    let circle = vec![
        case("a", Some(1), Some(2)),
        case("b", Some(2), Some(0)),
        case("c", Some(3), Some(1)),
    ];
    for drawing in drawings(&tree(circle, 9)) {
        assert_legible(&drawing);
        assert!(
            ["a", "b", "c"]
                .iter()
                .all(|key| drawing.contains(&format!(">{key}</text>")))
        );
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_costs_no_more_ink_than_its_rows() {
    let chain =
        (0..100_000).map(|n: usize| case(&n.to_string(), Some(n as u64 / 50), n.checked_sub(1)));
    let drawing = drawn(&tree(chain.collect(), 50), Language::English, Width::Wide);
    assert!(drawing.contains("> + 99,950 more below</tspan>"));
    assert!(drawing.len() < 30_000, "{}", drawing.len());
}

#[test]
fn a_page_folds_the_drawing_and_says_how_long_its_table_is() {
    let mut tree = tree(
        (0..40)
            .map(|n| case(&format!("k{n}"), Some(n), None))
            .collect(),
        9,
    );
    let mut page = |folded| {
        tree.folded = folded;
        let mut bulletin = Bulletin::new(Text::same("t"), Text::empty(), Edition::Internal);
        let mut section = Section::new("s", Text::same("s"));
        section.charts.push(Chart::DatedTree(tree.clone()));
        bulletin.sections.push(section);
        to_html(&bulletin, Language::English).unwrap()
    };
    let (open, folded) = (page(false), page(true));
    assert!(folded.contains("<details class=\"drawing\"><summary>A cluster</summary>"));
    assert!(
        open.contains("<figcaption>A cluster</figcaption>") && !open.contains("class=\"drawing\"")
    );
    for html in [open, folded] {
        assert!(html.contains("<summary>40 rows, open to read</summary>"));
        assert!((0..40).all(|n| html.contains(&format!("<th scope=\"row\">k{n}</th>"))));
        assert_eq!(
            html.matches("<details").count(),
            html.matches("</details>").count()
        );
    }
}

prop_compose! {
    fn any_tree()(
        cases in prop::collection::vec(
            ("[a-zA-Z0-9一-十 _-]{0,30}", prop::option::of(0u64..400), prop::option::of(0usize..60), any::<bool>()),
            0..60,
        ),
        most_rows in 0usize..70,
    ) -> DatedTree {
        let cases = cases.into_iter().map(|(key, on, parent, to_check)| TreeCase {
            to_check,
            ..case(&key, on, parent)
        });
        tree(cases.collect(), most_rows)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_tree_is_legible_and_has_a_row_for_each_case_drawn(tree in any_tree()) {
        for drawing in drawings(&tree) {
            assert_legible(&drawing);
            let group = drawing.split("stroke-linejoin=\"round\">").nth(1);
            let rows = group.map_or(0, |group| group.split("</g>").next().unwrap().matches("<text ").count());
            prop_assert_eq!(rows, tree.drawn());
        }
    }
}

//! A page of chains shows the largest, lists everyone, and stays small.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use outbreak_response::chain_page::{
    ChainPage, DRAWN_CLUSTERS, ROWS_OF_LARGEST, chain_page, chain_report,
};
use outbreak_response::contact_tracing::chains::Chains;
use outbreak_response::reporting::{Chart, FigureValue, Language, Text};
use proptest::prelude::*;

type Case = (String, Option<NaiveDate>);
type Pair = (String, String);

fn day(after: u64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2020, 1, 1)?.checked_add_days(Days::new(after))
}

/// Cases of which each after the first few was infected by an earlier one, most by a few people.
fn outbreak(cases: u64, roots: u64) -> (Vec<Case>, Vec<Pair>) {
    let id = |n: u64| format!("病例{n:05}");
    let onset = |n: u64| {
        if n % 17 == 5 {
            None
        } else {
            day(n / 30 + n % 7)
        }
    };
    // A fixed rule that scatters: the multiplier is Knuth's for 64 bits.
    let infector = |n: u64| (n.wrapping_mul(6_364_136_223_846_793_005) >> 40) % n.max(1);
    let links = (roots..cases).map(|n| (id(infector(n) / 3), id(n)));
    (
        (0..cases).map(|n| (id(n), onset(n))).collect(),
        links.collect(),
    )
}

fn pages(chains: &Chains, page: &ChainPage<'_>) -> [String; 2] {
    Language::ALL.map(|language| chain_page(chains, page, language).unwrap())
}

fn titled() -> ChainPage<'static> {
    ChainPage::new(Text::new("测试疫情", "A test"))
}

#[test]
fn everyone_is_on_the_page_whether_drawn_or_not() {
    let (cases, links) = outbreak(1_200, 400);
    let chains = Chains::build(&cases, &links);
    let report = chain_report(&chains, &titled()).unwrap();
    assert_eq!(report.sections[0].charts.len(), DRAWN_CLUSTERS);
    for page in pages(&chains, &titled()) {
        for (id, _) in &cases {
            assert!(
                page.contains(&format!("<th scope=\"row\">{id}</th>")),
                "{id}"
            );
        }
    }
}

#[test]
fn no_drawing_is_longer_than_its_rows_and_what_is_left_out_is_counted() {
    let (cases, links) = outbreak(3_000, 1);
    let chains = Chains::build(&cases, &links);
    let report = chain_report(&chains, &titled()).unwrap();
    let Chart::DatedTree(tree) = &report.sections[0].charts[0] else {
        panic!("the first chart is a tree");
    };
    assert_eq!((tree.cases.len(), tree.drawn()), (3_000, ROWS_OF_LARGEST));
    let [zh, en] = pages(&chains, &titled());
    assert!(en.contains("Of 3,000 cases 160 are drawn"));
    assert!(zh.contains("共3,000例，图中按代次从上游画出160例；其余2,840例未画"));
    let hidden: u64 = en
        .split(" more below</tspan>")
        .filter_map(|before| before.rsplit("> + ").next())
        .filter_map(|count| count.replace(',', "").parse::<u64>().ok())
        .sum();
    assert_eq!(hidden, 2_840);
}

#[test]
fn an_outbreak_of_4746_cases_and_18943_contacts_stays_under_two_megabytes() {
    let (cases, links) = outbreak(4_746, 900);
    let mut contacts: BTreeMap<String, u64> = BTreeMap::new();
    for n in 0..18_943_usize {
        *contacts
            .entry(cases[n * 31 % cases.len()].0.clone())
            .or_default() += 1;
    }
    let chains = Chains::build(&cases, &links);
    let page = ChainPage {
        contacts: Some(&contacts),
        ..titled()
    };
    for html in pages(&chains, &page) {
        assert!(html.len() < 2_000_000, "{}", html.len());
        assert!(html.contains("18,943"));
    }
}

#[test]
fn ids_stay_words_and_the_page_asks_for_nothing_outside() {
    let bad = "<script>alert('1')</script>\"&]]>";
    let chains = Chains::build(&[(bad, day(1)), ("b", day(4))], &[(bad, "b"), ("b", bad)]);
    for page in pages(&chains, &titled()) {
        assert!(!page.contains("<script") && !page.contains("http-equiv"));
        assert!(!page.contains("src=") && !page.contains("@import"));
        assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;]]&gt;"));
    }
}

#[test]
fn every_page_says_that_it_goes_no_further_and_when_a_cluster_is_closed() {
    let chains = Chains::build(&[("a", day(0)), ("b", day(3))], &[("a", "b")]);
    let later = ChainPage {
        evening: day(60),
        ..titled()
    };
    let [zh, en] = pages(&chains, &later);
    assert!(zh.contains("内部使用 不得外传") && en.contains("Internal, do not forward"));
    assert!(zh.contains("<td>已结束</td>") && en.contains("<td>closed</td>"));
    let [zh, en] = pages(&chains, &titled());
    assert!(zh.contains("<td>进行中</td>") && en.contains("<td>active</td>"));
}

#[test]
fn an_outbreak_without_links_or_without_anyone_is_a_page_too() {
    let nobody = Chains::build::<&str>(&[], &[]);
    let alone = Chains::build(&[("a", None)], &[]);
    for chains in [nobody, alone] {
        let [zh, en] = pages(&chains, &titled());
        assert!(zh.contains("没有已知的传播关系，无图可画。"));
        assert!(en.contains("No link is known, so there is nothing to draw."));
    }
}

#[test]
fn figures_are_those_of_the_chains() {
    let (cases, links) = outbreak(200, 60);
    let chains = Chains::build(&cases, &links);
    let report = chain_report(&chains, &titled()).unwrap();
    let figure = |key| {
        report
            .headline
            .iter()
            .find(|one| one.key == key)
            .map(|one| one.value)
    };
    assert_eq!(figure("people"), Some(FigureValue::Count(200)));
    assert_eq!(figure("links"), Some(FigureValue::Count(140)));
    let clusters = i64::try_from(chains.clusters().len()).unwrap();
    assert_eq!(figure("clusters"), Some(FigureValue::Count(clusters)));
    let listed: usize = report
        .sections
        .iter()
        .flat_map(|one| &one.charts)
        .map(|one| one.table().rows.len())
        .sum();
    let others: usize = report.sections[2]
        .lists
        .iter()
        .map(|one| one.rows.len())
        .sum();
    assert_eq!(listed + others, 200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_changes_no_byte(
        parents in prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(0u64..90)), 1..40),
        turn in 0usize..40,
    ) {
        let id = |n: usize| format!("c{n:02}");
        let cases: Vec<Case> = parents.iter().enumerate().map(|(n, (_, on))| (id(n), on.and_then(day))).collect();
        let links: Vec<Pair> = parents.iter().enumerate()
            .map(|(n, (above, _))| (id(above.index(n + 1)), id(n)))
            .filter(|(from, to)| from != to)
            .collect();
        let (mut other_cases, mut other_links) = (cases.clone(), links.clone());
        other_cases.rotate_left(turn % cases.len());
        other_links.reverse();
        let one = pages(&Chains::build(&cases, &links), &titled());
        prop_assert!(one == pages(&Chains::build(&other_cases, &other_links), &titled()));
        for (id, _) in &cases {
            prop_assert!(one.iter().all(|page| page.contains(&format!(">{id}</th>"))), "{}", id);
        }
    }
}

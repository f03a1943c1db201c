//! Laws of the standing duties.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise"
)]

mod oracle;

use chrono::{NaiveDateTime, Timelike};
use grid_model::{
    AreaLevel, AreaRow, AsOf, Duty, DutyId, DutyKind, DutyPeriod, DutyScope, Ledger, Recorded,
    Township, TownshipBuilder, Venue,
};
use oracle::{at, day};
use proptest::prelude::*;
use task_tracking::{Duties, Outreach, OutreachPlace, TaskPolicy, duties};

const AREAS: [(&str, Option<&str>, AreaLevel); 6] = [
    ("T", None, AreaLevel::Town),
    ("TA", Some("T"), AreaLevel::Community),
    ("TB", Some("T"), AreaLevel::Community),
    ("TA1", Some("TA"), AreaLevel::NaturalVillage),
    ("TA2", Some("TA"), AreaLevel::NaturalVillage),
    ("TA1a", Some("TA1"), AreaLevel::VillageGroup),
];

fn duty(kind: DutyKind, quota: u32, period: DutyPeriod, scope: DutyScope) -> Duty<String> {
    Duty {
        kind,
        work_group: None,
        deputy_group: None,
        title_zh: "责".into(),
        title_en: "duty".into(),
        quota,
        period,
        scope,
    }
}

fn town(rows: impl IntoIterator<Item = Recorded<Duty<String>>>) -> Township {
    let mut builder = TownshipBuilder::new();
    for (id, parent, level) in AREAS {
        builder.area(AreaRow {
            id: id.into(),
            parent: parent.map(Into::into),
            level,
            name_zh: id.into(),
            name_en: id.into(),
        });
    }
    for (id, area) in [("V1", "TA1"), ("V2", "TB")] {
        let kind = "market".into();
        builder.venue(Recorded::new(
            id,
            Venue {
                area: area.into(),
                kind,
                capacity: None,
            },
        ));
    }
    for row in rows {
        builder.duty(row);
    }
    builder.build().unwrap()
}

fn outreach(duty: usize, place: Option<OutreachPlace>, at: NaiveDateTime, count: u32) -> Outreach {
    Outreach {
        duty: DutyId::from_index(duty).unwrap(),
        place,
        at,
        count,
        document: None,
    }
}

fn ledger(rows: Vec<Outreach>) -> Ledger<Outreach> {
    let numbered = rows.into_iter().enumerate();
    let rows = numbered.map(|(row, what)| Recorded::new(format!("{row:03}"), what));
    Ledger::build(rows.collect()).0
}

fn stand(township: &Township, rows: Vec<Outreach>, number: u32) -> Duties {
    let policy = TaskPolicy::tengchong_2020();
    duties(township, &ledger(rows), &policy, AsOf::on(day(number)))
}

fn area(township: &Township, key: &str) -> Option<OutreachPlace> {
    township.area(key).map(OutreachPlace::Area)
}

#[test]
fn a_village_without_its_morning_and_its_evening_broadcast_is_short_twice() {
    let village = |period| duty(DutyKind::Broadcast, 1, period, DutyScope::NaturalVillage);
    let township = town([
        Recorded::new("D1", village(DutyPeriod::Morning)),
        Recorded::new("D2", village(DutyPeriod::Noon)),
        Recorded::new("D3", village(DutyPeriod::Evening)),
    ]);
    let in_first = area(&township, "TA1a");
    let rows = vec![
        outreach(0, in_first, at(1, 7), 1),
        outreach(1, in_first, at(1, 12), 1),
        // An evening broadcast made in the morning is not the evening's.
        outreach(2, in_first, at(1, 7), 1),
    ];
    let found = stand(&township, rows, 1);
    // TA1 lacks the evening, TA2 all three.
    assert_eq!(found.shortfalls_of(DutyKind::Broadcast), 4);
    assert_eq!(found.done_ever(DutyKind::Broadcast), 3);
}

#[test]
fn what_is_owed_once_is_counted_over_all_days_and_what_is_owed_daily_on_the_day() {
    let group = |period| duty(DutyKind::Slogan, 2, period, DutyScope::VillageGroup);
    let township = town([
        Recorded::new("D1", group(DutyPeriod::Once)),
        Recorded::new("D2", group(DutyPeriod::Day)),
    ]);
    let place = area(&township, "TA1a");
    let both = |number| {
        [
            outreach(0, place, at(number, 9), 1),
            outreach(1, place, at(number, 9), 1),
        ]
    };
    let rows = both(1).into_iter().chain(both(2)).collect();
    let found = stand(&township, rows, 2);
    assert_eq!(found.duties[0].places[0].short, 0);
    assert_eq!(
        (
            found.duties[1].places[0].done,
            found.duties[1].places[0].short
        ),
        (1, 1)
    );
    assert_eq!(found.shortfalls_of(DutyKind::Slogan), 1);
}

#[test]
fn what_was_done_in_a_community_fills_no_quota_of_a_village_and_is_listed() {
    let township = town([Recorded::new(
        "D",
        duty(
            DutyKind::Banner,
            1,
            DutyPeriod::Day,
            DutyScope::NaturalVillage,
        ),
    )]);
    let rows = vec![
        outreach(0, area(&township, "TA"), at(1, 9), 5),
        outreach(0, None, at(1, 9), 7),
    ];
    let found = stand(&township, rows, 1);
    assert_eq!(found.duties[0].unplaced, [0, 1]);
    assert_eq!(found.shortfalls().count(), 2);
    assert_eq!(found.done_ever(DutyKind::Banner), 12);
}

#[test]
fn a_venue_answers_for_itself_and_for_the_area_it_stands_in() {
    let once = |scope| duty(DutyKind::Notice, 1, DutyPeriod::Once, scope);
    let township = town([
        Recorded::new("D1", once(DutyScope::Venue)),
        Recorded::new("D2", once(DutyScope::Community)),
    ]);
    let market = township.venue("V1").map(OutreachPlace::Venue);
    let rows = vec![
        outreach(0, market, at(1, 9), 1),
        outreach(1, market, at(1, 9), 1),
    ];
    let found = stand(&township, rows, 1);
    let short: Vec<_> = found.shortfalls().map(|(_, place)| place.place).collect();
    assert_eq!(
        short,
        [
            township.venue("V2").map(OutreachPlace::Venue),
            area(&township, "TB")
        ]
        .map(Option::unwrap)
    );
}

#[test]
fn a_duty_holds_from_the_day_it_was_known() {
    let row = duty(DutyKind::Banner, 1, DutyPeriod::Day, DutyScope::Town);
    let township = town([Recorded::new("D", row).known_at(at(5, 20))]);
    let rows = || vec![outreach(0, None, at(4, 9), 1)];
    let before = stand(&township, rows(), 4);
    assert_eq!((before.duties.len(), before.without_duty), (0, vec![0]));
    let after = stand(&township, rows(), 5);
    assert_eq!(after.duties[0].places[0].short, 1);
    assert_eq!(after.done_ever(DutyKind::Banner), 1);
}

/// Whether a place is another or lies in it, by the letters of the keys of this file.
fn lies_in(township: &Township, place: Option<OutreachPlace>, outer: OutreachPlace) -> bool {
    let key = |place| match place {
        OutreachPlace::Area(area) => township.areas().key(area).to_owned(),
        OutreachPlace::Venue(venue) => township.venue_key(venue).to_owned(),
    };
    let outer_key = key(outer);
    let Some(place) = place else {
        return outer_key == "T";
    };
    let stands_in = match (place, outer) {
        (OutreachPlace::Venue(_), OutreachPlace::Area(_)) if key(place) == "V1" => "TA1".to_owned(),
        (OutreachPlace::Venue(_), OutreachPlace::Area(_)) => "TB".to_owned(),
        _ => key(place),
    };
    stands_in.starts_with(&outer_key)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_place_is_short_by_what_counting_all_records_again_finds(
        listed in proptest::collection::vec((0usize..6, 0u32..3, 0usize..5, 0usize..5), 1..5),
        rows in proptest::collection::vec((0usize..5, proptest::option::of(0usize..8), 0u32..4, 0u32..24, 0u32..3), 0..40),
        number in 0u32..4,
    ) {
        let township = town(listed.iter().enumerate().map(|(row, (kind, quota, period, scope))| Recorded::new(
            format!("D{row}"),
            duty(DutyKind::ALL[*kind], *quota, DutyPeriod::ALL[*period], DutyScope::ALL[*scope]),
        )));
        let place = |index: usize| match index {
            0..6 => area(&township, AREAS[index].0),
            _ => township.venue(["V1", "V2"][index - 6]).map(OutreachPlace::Venue),
        };
        let rows: Vec<Outreach> = rows.iter()
            .filter(|row| row.0 < listed.len())
            .map(|row| outreach(row.0, row.1.and_then(place), at(row.2, row.3), row.4))
            .collect();
        let found = stand(&township, rows.clone(), number);
        let hours = |period| match period {
            DutyPeriod::Morning => 0..11,
            DutyPeriod::Noon => 11..15,
            DutyPeriod::Evening => 15..24,
            DutyPeriod::Day | DutyPeriod::Once => 0..24,
        };
        for standing in &found.duties {
            let own = || rows.iter().filter(|row| row.duty == standing.duty && row.at.date() <= day(number));
            let of_period = || own().filter(|row| {
                let once = standing.period == DutyPeriod::Once;
                (once || row.at.date() == day(number)) && hours(standing.period).contains(&row.at.hour())
            });
            for judged in &standing.places {
                let done: u64 = of_period()
                    .filter(|row| lies_in(&township, row.place, judged.place))
                    .map(|row| u64::from(row.count)).sum();
                prop_assert_eq!((judged.done, judged.quota), (done, listed[standing.duty.index()].1));
                prop_assert_eq!(u64::from(judged.short), u64::from(judged.quota).saturating_sub(done));
            }
            let placed = |row: &&Outreach| standing.places.iter().any(|judged| lies_in(&township, row.place, judged.place));
            prop_assert_eq!(standing.unplaced.len(), of_period().filter(|row| !placed(row)).count());
        }
        let ever: u64 = found.done_by_kind.values().sum();
        let all: u64 = rows.iter().filter(|row| row.at.date() <= day(number)).map(|row| u64::from(row.count)).sum();
        prop_assert_eq!(ever, all);
    }
}

//! `allocate supply`: a township folder's goods of a day, shared out, with what is short by name.

use std::collections::BTreeMap;

use outbreak_response_tests::program::{Answer, Folder, rows};

const HEADER: &str = "household,good,packets,purchaser,supplier\n";
const AREAS: &str = "id,parent,level,name_zh,name_en\n\
                     T,,town,镇,Town\n\
                     C,T,community,社区,Community\n\
                     V1,C,natural_village,上村,Upper\n\
                     V2,C,natural_village,下村,Lower\n\
                     V3,C,natural_village,新村,New\n";
const HOUSEHOLDS: &str =
    "id,area,presence\nH1,V1,occupied\nH2,V1,occupied\nH3,V2,occupied\nH4,V3,occupied\n";
const PEOPLE: &str = "id,household,presence\n\
                      A1,H1,present\nA2,H1,present\nB1,H2,present\nC1,H3,present\nC2,H3,present\nD1,H4,present\n\
                      P1,H2,present\nP2,H3,present\n";
const SUPPLIERS: &str = "id,good,stock,unit_cost_fen\n\
                         S1,rice,5,2600\nS2,rice,2,2500\nS3,oil,9,3400\n";
const PURCHASERS: &str = "id,person,area,from,until,packets\n\
                          R1,P1,V1,2020-02-01,,60\nR2,P2,V2,2020-02-01,,3\n";
const DEMAND: &str = "id,household,good,packets,tier,ordered_at\n\
                      D1,H1,rice,4,everyone,2020-02-29T08:00\n\
                      D2,H2,rice,4,everyone,2020-02-28T08:00\n\
                      D3,H3,rice,3,medicine,2020-02-29T09:00\n\
                      D4,H3,oil,2,everyone,2020-02-29T09:00\n\
                      D5,H4,oil,1,everyone,2020-02-29T09:00\n";

fn town(demand: &str) -> Folder {
    Folder::new()
        .with("town/areas.csv", AREAS)
        .with("town/households.csv", HOUSEHOLDS)
        .with("town/people.csv", PEOPLE)
        .with("town/suppliers.csv", SUPPLIERS)
        .with("town/purchasers.csv", PURCHASERS)
        .with("town/demand.csv", demand)
}

fn ask(folder: &Folder) -> Answer {
    folder.allocate("supply --data town --date 2020-02-29")
}

/// What was said beside the plan, but for files that are not there.
fn said(answer: &Answer) -> String {
    let lines = answer.err.lines();
    let said = lines.filter(|line| !line.starts_with("warning: "));
    said.map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_weakest_come_first_and_what_is_short_is_shared_to_the_packet() {
    let found = ask(&town(DEMAND));
    assert_eq!(found.code, 0, "{}", found.err);
    // Seven packets of rice: each household's first is of the floor, then H3's two of the first
    // tier, as far as P2 carries; of the two left H1 and H2 get one each.
    assert_eq!(
        found.out,
        format!(
            "{HEADER}\
             H1,rice,2,P1,S2\n\
             H2,rice,2,P1,S1\n\
             H3,rice,3,P2,S1\n"
        )
    );
}

#[test]
fn tiers_bottlenecks_and_missing_purchasers_are_told_by_name() {
    let found = ask(&town(DEMAND));
    assert_eq!(
        said(&found),
        "tier medicine: 3 packets needed, 0 delivered, 3 planned, 0 short\n\
         tier cannot_go_out: 0 packets needed, 0 delivered, 0 planned, 0 short\n\
         tier vulnerable: 0 packets needed, 0 delivered, 0 planned, 0 short\n\
         tier everyone: 11 packets needed, 0 delivered, 4 planned, 7 short\n\
         bottleneck: rice: 4 short in 1 village, the stock is used up\n\
         bottleneck: oil: 2 short in 1 village, the purchasers carry all they can; 9 are left in stock\n\
         bottleneck: oil: 1 short in 1 village, there is no purchaser; 9 are left in stock\n\
         short: rice: 4 short in V1, the stock is used up; the purchaser of V1 can carry 56 more\n\
         short: oil: 2 short in V2, the purchaser of V2 carries all they can; 9 are left in stock\n\
         short: oil: 1 short in V3, V3 has no purchaser; 9 are left in stock\n\
         no purchaser: V3: nobody who lives there can; the nearest who could carry 52 is P1 of V1\n"
    );
    let folder = town(DEMAND);
    let line = "supply --data town --date 2020-02-29 --shortfalls short.csv";
    assert_eq!(folder.allocate(line).code, 0);
    let short = rows(&folder.read("short.csv"));
    let of_h2: Vec<_> = short
        .iter()
        .filter(|row| row["household"] == "H2")
        .collect();
    assert_eq!(of_h2.len(), 1);
    assert_eq!(
        (&*of_h2[0]["packets"], &*of_h2[0]["tier"]),
        ("2", "everyone")
    );
    assert_eq!(of_h2[0]["waiting_since"], "2020-02-28T08:00");
    assert!(of_h2[0]["bottleneck"].starts_with("rice: 4 short in V1, the stock is used up"));
}

#[test]
fn who_is_under_observation_carries_nothing_and_a_delivery_fills_a_need() {
    let folder = town(DEMAND)
        .with(
            "town/orders.csv",
            "id,person,at,event,measure,place,counted_from,until,clause,ordered_by\n\
             O1,P1,2020-02-25T09:00,ordered,home_observation,home,2020-02-24,2020-03-09,,\n",
        )
        .with(
            "town/deliveries.csv",
            "id,household,good,packets,at,outcome\n\
             L1,H3,rice,2,2020-02-29T10:00,delivered\n\
             L2,H3,oil,2,2020-02-29T10:00,refused\n",
        );
    let found = ask(&folder);
    assert_eq!(
        found.out,
        format!("{HEADER}H3,rice,1,P2,S2\n"),
        "P2 brought two and carries three"
    );
    let err = said(&found);
    assert!(
        err.contains("medicine: 3 packets needed, 2 delivered, 1 planned, 0 short"),
        "{err}"
    );
    let kept = "rice: 8 short in V1, the purchaser of V1 is under observation or away; 6 are left in stock";
    assert!(err.contains(kept), "{err}");
}

#[test]
fn an_order_without_a_number_is_computed_and_one_out_of_the_round_is_not_carried() {
    let found = ask(&town(
        "id,household,good,packets,tier,ordered_at\n\
         D1,H1,rice,,everyone,2020-02-29T08:00\n\
         D2,H2,rice,2,everyone,2020-02-26T08:00\n",
    ));
    assert_eq!(found.out, format!("{HEADER}H1,rice,1,P1,S2\n"));
    assert!(
        found
            .err
            .contains("lapsed: 1 orders closed last night with 2 packets not brought")
    );
}

#[test]
fn bad_rows_are_named_and_the_rest_goes_through() {
    let demand = "id,household,good,packets,tier,ordered_at\n\
                  D1,H1,rice,-4,everyone,2020-02-29T08:00\n\
                  D2,H9,rice,4,everyone,2020-02-29T08:00\n\
                  D3,H3,rice,2.5,medicine,2020-02-29T09:00\n\
                  D4,H3,oil,2,sometime,2020-02-29T09:00\n\
                  D5,H1,rice,1,everyone,2020-02-30T08:00\n\
                  D6,H2,rice,1,everyone,2020-02-29T08:00\n\
                  D6,H3,rice,9,everyone,2020-02-29T08:00\n";
    let folder = town(demand)
        .with(
            "town/suppliers.csv",
            "id,good,stock,unit_cost_fen\nS1,rice,-5,2600\nS2,rice,2,2500\nS3,rice,1e3,2500\nS4,rice,9,9000000000000\n",
        )
        .with("town/households.csv", format!("{HOUSEHOLDS}H1,V2,occupied\n"));
    let found = ask(&folder);
    assert_eq!(found.code, 0, "{}", found.err);
    assert_eq!(found.out, format!("{HEADER}H2,rice,1,P1,S2\n"));
    let refused: Vec<&str> = found
        .err
        .lines()
        .filter(|line| line.starts_with("refused: "))
        .collect();
    let named = |what: &str| refused.iter().filter(|line| line.contains(what)).count();
    for what in [
        "packets: \"-4\"",
        "household: \"H9\"",
        "packets: \"2.5\"",
        "tier: \"sometime\"",
        "\"2020-02-30T08:00\"",
        "stock: \"-5\"",
        "stock: \"1e3\"",
    ] {
        assert_eq!(named(what), 1, "{what} in {refused:?}");
    }
    assert_eq!(named("D6"), 1, "an id used twice: {refused:?}");
    assert_eq!(named("H1"), 1, "a household twice: {refused:?}");
    assert!(
        found
            .err
            .contains("left out: supplier \"S4\", unit_cost_fen: 9000000000000"),
        "{}",
        found.err
    );
    let strict = folder.allocate("supply --data town --date 2020-02-29 --strict");
    assert_eq!((strict.code, &*strict.out), (1, ""));
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let turned = |table: &str| {
        let mut lines: Vec<&str> = table.lines().collect();
        lines[1..].reverse();
        lines.join("\r\n")
    };
    let folder = town(DEMAND)
        .with("town/suppliers.csv", turned(SUPPLIERS))
        .with("town/purchasers.csv", turned(PURCHASERS))
        .with("town/households.csv", turned(HOUSEHOLDS))
        .with("town/demand.csv", turned(DEMAND));
    assert_eq!(ask(&folder), ask(&town(DEMAND)));
}

#[test]
fn a_plan_stays_within_stock_load_and_need_by_adding_up() {
    let found = ask(&town(DEMAND));
    let mut by: BTreeMap<(&str, String), u64> = BTreeMap::new();
    let lines = rows(&found.out);
    for line in &lines {
        let packets: u64 = line["packets"].parse().unwrap();
        for column in ["purchaser", "supplier", "household"] {
            *by.entry((column, line[column].clone())).or_insert(0) += packets;
        }
    }
    let most = [
        ("purchaser", "P2", 3),
        ("supplier", "S1", 5),
        ("supplier", "S2", 2),
        ("household", "H1", 4),
    ];
    for (column, key, most) in most {
        assert!(by[&(column, key.to_owned())] <= most, "{column} {key}");
    }
}

#[test]
fn a_wrong_command_line_ends_with_2_and_a_folder_without_rows_with_1() {
    let folder = town(DEMAND);
    assert_eq!(folder.allocate("supply --data town").code, 2);
    assert_eq!(
        folder.allocate("supply --data town --date 2020-02-30").code,
        2
    );
    let into_data = "supply --data town --date 2020-02-29 --shortfalls town/demand.csv";
    assert_eq!(folder.allocate(into_data).code, 2);
    assert_eq!(folder.read("town/demand.csv"), DEMAND);
    assert_eq!(
        folder
            .allocate("supply --data nowhere --date 2020-02-29")
            .code,
        1
    );
    let early = folder.allocate("supply --data town --date 2020-01-01");
    assert_eq!((early.code, &*early.out), (0, HEADER));
}

//! `allocate supply`: a township folder and a day in, who gets which packets out.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use grid_model::Township;
use line_list::cell::write_instant;
use line_list::write_table;
use outbreak_response::steps::{BasketDay, basket};
use outbreak_response::supply_allocation::{
    RefusedDemand, Shortfall, SupplyInput, SupplyPlan, VillageShortage, VillageWithout, verify,
};
use outbreak_response_examples::files::write_all;
use outbreak_response_examples::outcome::{Failure, print, say_first};
use outbreak_response_examples::timing::Stopwatch;
use outbreak_response_examples::township::{Evening, FolderArgs};

/// Who gets which packets today, from whom and by whom, as CSV; what is short on stderr, by tier, and
/// the bottlenecks by name.
///
/// The survival floor of every household comes first, then tier by tier; when there is not enough,
/// everybody's first packet of a good before anybody's second. What was ordered within the round
/// and not brought counts as needed today. Nobody under observation carries. The plan is printed
/// only after its proof was checked by adding up.
///
/// Example: allocate supply --data my-town --date 2020-02-29
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArgs,
    /// Also writes what each household lacks, by tier and with the bottleneck, as CSV.
    /// Example: --shortfalls short.csv
    #[arg(long, value_name = "FILE")]
    shortfalls: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<(), Failure> {
    args.never_into_the_data()?;
    let mut watch = Stopwatch::default();
    let evening = args.folder.open(&mut watch)?;
    let (town, records) = (evening.town(), &evening.source.records);
    let (_, measures) = evening.measures(&town);
    let under_observation = measures.held_now(evening.as_of, &evening.policy);
    watch.lap("build_ms");
    let day = basket(&town, records, &evening.policy, &under_observation);
    watch.lap("solve_ms");
    let township = &evening.source.township;
    let plan = day.plan.as_ref().map_err(Failure::from_error)?;
    check(plan, &day, &evening)?;
    if let Some(file) = &args.shortfalls {
        write_all(&[(file, shortfalls(township, plan, &day))])?;
    }
    let table = plan_table(township, plan);
    print(&String::from_utf8(table).map_err(Failure::from_error)?);
    say(township, plan, &day);
    args.folder.say_timing(&watch);
    Ok(())
}

impl Args {
    /// A folder of data is read and never written to.
    fn never_into_the_data(&self) -> Result<(), Failure> {
        let Some(file) = &self.shortfalls else {
            return Ok(());
        };
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let real = |path: &Path| path.canonicalize().ok();
        match (real(folder), real(&self.folder.data)) {
            (Some(folder), Some(data)) if folder.starts_with(&data) => Err(Failure::Usage(
                "--shortfalls would write into the folder of --data; name a file elsewhere"
                    .to_owned(),
            )),
            _ => Ok(()),
        }
    }
}

/// A plan goes out only with its proof checked, by code that shares nothing with what made it.
fn check(plan: &SupplyPlan, day: &BasketDay, evening: &Evening) -> Result<(), Failure> {
    let input = SupplyInput {
        as_of: evening.as_of,
        demand: &day.demand,
        suppliers: &evening.source.records.suppliers,
        households: &day.households,
        purchasers: &day.purchasers,
    };
    verify(plan, &input, &evening.policy.supply).map_err(Failure::from_error)
}

fn plan_table(township: &Township, plan: &SupplyPlan) -> Vec<u8> {
    let columns = ["household", "good", "packets", "purchaser", "supplier"];
    let rows = plan.lines.iter().map(|line| {
        [
            township.household_key(line.household).to_owned(),
            line.good.to_string(),
            line.packets.to_string(),
            township.person_key(line.purchaser).to_owned(),
            line.supplier.to_string(),
        ]
    });
    write_table(&columns, rows)
}

fn shortfalls(township: &Township, plan: &SupplyPlan, day: &BasketDay) -> Vec<u8> {
    let columns = [
        "household",
        "good",
        "tier",
        "packets",
        "waiting_since",
        "bottleneck",
    ];
    let lines = day.demand.iter();
    let waiting: BTreeMap<_, _> = lines
        .map(|line| {
            let key = (line.household, &*line.good, line.tier);
            (key, line.waiting_since)
        })
        .collect();
    let shortages = plan.shortages.iter();
    let shortages: BTreeMap<_, _> = shortages
        .map(|of| ((of.village, &*of.good, &of.bottleneck), of))
        .collect();
    let row = |short: &Shortfall| {
        let since = waiting.get(&(short.household, &*short.good, short.tier));
        let village = day.households.village_of(short.household);
        let shortage = shortages.get(&(village, &*short.good, &short.bottleneck));
        [
            township.household_key(short.household).to_owned(),
            short.good.to_string(),
            short.tier.word().to_owned(),
            short.packets.to_string(),
            since.map_or(String::new(), |&since| write_instant(since)),
            shortage.map_or(String::new(), |of| named(township, of)),
        ]
    };
    write_table(&columns, plan.shortfalls.iter().map(row))
}

/// A shortage in words, with the village by its id.
fn named(township: &Township, shortage: &VillageShortage) -> String {
    let village = shortage
        .village
        .map(|village| township.areas().key(village));
    shortage.in_words(village.unwrap_or("households in no natural village"))
}

/// What is short: by tier, the bottlenecks of the township, then by village, the largest first.
fn say(township: &Township, plan: &SupplyPlan, day: &BasketDay) {
    for tier in &plan.tiers {
        eprintln!(
            "tier {}: {} packets needed, {} delivered, {} planned, {} short",
            tier.tier.word(),
            tier.need,
            tier.delivered,
            tier.planned,
            tier.short
        );
    }
    let bottlenecks = plan.bottlenecks();
    let bottlenecks: Vec<String> = bottlenecks.iter().map(|of| of.in_words()).collect();
    say_first("bottleneck", &bottlenecks);
    let mut shortages: Vec<&VillageShortage> = plan.shortages.iter().collect();
    // A stable sort keeps goods and villages in order among equals.
    shortages.sort_by_key(|shortage| Reverse(shortage.packets));
    let shortages: Vec<String> = shortages
        .into_iter()
        .map(|shortage| named(township, shortage))
        .collect();
    say_first("short", &shortages);
    say_lacks(township, plan, day);
}

/// Who is missing, what was left out, and what lapsed.
fn say_lacks(township: &Township, plan: &SupplyPlan, day: &BasketDay) {
    let lacks: Vec<String> = day
        .purchasers
        .without
        .iter()
        .map(|lack| no_purchaser(township, lack))
        .collect();
    say_first("no purchaser", &lacks);
    say_first("left out", &plan.refused_suppliers);
    let demand: Vec<String> = plan
        .refused_demand
        .iter()
        .map(|refused| left_out(township, refused))
        .collect();
    say_first("left out", &demand);
    if !day.lapsed.is_empty() {
        let packets: u64 = day.lapsed.iter().map(|order| order.packets).sum();
        eprintln!(
            "lapsed: {} orders closed last night with {packets} packets not brought; ask the households",
            day.lapsed.len()
        );
    }
}

fn no_purchaser(township: &Township, lack: &VillageWithout) -> String {
    let village = township.areas().key(lack.village);
    if let Some(person) = lack.proposal {
        return format!(
            "{village}: ask {}, who lives there",
            township.person_key(person)
        );
    }
    match lack.nearest {
        Some(near) => format!(
            "{village}: nobody who lives there can; the nearest who could carry {} is {} of {}",
            near.spare,
            township.person_key(near.person),
            township.areas().key(near.from)
        ),
        None => format!("{village}: nobody in town can carry for it"),
    }
}

fn left_out(township: &Township, refused: &RefusedDemand) -> String {
    let household = township.household_key(refused.line.household);
    format!(
        "household {household}, {}: {}",
        refused.line.good, refused.fault
    )
}

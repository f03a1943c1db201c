//! How cost grows with the log, from a thousand contacts to ten million, drawn to
//! `docs/tracing-growth.svg` and printed as a table for `docs/tracing.md`.
//!
//! `cargo bench -p outbreak-response-benches --bench growth`; a number of contacts after `--` ends
//! the series there.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use contact_tracing::arrival::many::{Seed, reached_counts};
use contact_tracing::arrival::{ContactIndex, InstantLog, Mode, Scratch};
use outbreak_response_benches::community::{Record, bare_loop, community};

const SIZES: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const DAY: i64 = 86_400;

/// What is drawn: how it is called, in which colour, and nanoseconds for each size.
struct Series {
    name: &'static str,
    colour: &'static str,
    nanoseconds: Vec<f64>,
}

fn main() {
    let most = std::env::args()
        .find_map(|word| word.parse().ok())
        .unwrap_or(10_000_000);
    let sizes: Vec<usize> = SIZES.into_iter().filter(|size| *size <= most).collect();
    // Colours of Okabe and Ito's palette, told apart by the colour-blind too.
    let mut series = [
        ("building the log from shuffled rows", "#0072B2"),
        ("bare loop over the sorted log", "#555555"),
        ("strict closure with evidence", "#D55E00"),
        ("one of 512 seeds together", "#009E73"),
        ("two generations of a case, 14 days", "#AA4499"),
    ]
    .map(|(name, colour)| Series {
        name,
        colour,
        nanoseconds: Vec::new(),
    });
    println!(
        "| contacts | people | log, bytes a contact | index, bytes a contact | {} |",
        series.each_ref().map(|one| one.name).join(" | ")
    );
    println!("|---|---|---|---|{}", "---|".repeat(series.len()));
    for &size in &sizes {
        let people = u32::try_from(size / 16).unwrap_or(u32::MAX).max(60);
        let shuffled = community(people, size);
        let (times, bytes) = measure(&shuffled, people);
        let cells = times.map(in_words).join(" | ");
        println!(
            "| {size} | {people} | {:.1} | {:.1} | {cells} |",
            bytes.0, bytes.1
        );
        for (one, time) in series.iter_mut().zip(times) {
            one.nanoseconds.push(time);
        }
    }
    let drawn = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/tracing-growth.svg");
    std::fs::write(drawn, draw(&sizes, &series)).expect("docs/ can be written");
}

/// Nanoseconds of each question, and bytes a contact of the log and of the index beside it.
fn measure(shuffled: &[Record], people: u32) -> ([f64; 5], (f64, f64)) {
    let mut sorted = shuffled.to_vec();
    sorted.sort_unstable();
    let rows = || {
        shuffled
            .iter()
            .map(|row| (row.start.into(), row.a.into(), row.b.into()))
    };
    let log = InstantLog::build(rows());
    let index = ContactIndex::build(&log);
    let mut scratch = Scratch::default();
    let seeds: Vec<Seed> = (0..512)
        .map(|seed| Seed {
            person: seed % u64::from(people),
            start: 0,
        })
        .collect();
    let case = |turn: usize| (turn as u64 * 7_919) % u64::from(people);
    let mut turn = 0;
    let times = [
        least(|| drop(black_box(InstantLog::build(rows())))),
        least(|| drop(black_box(bare_loop(black_box(&sorted), people, 0)))),
        least(|| drop(black_box(index.earliest_arrival(0, 0, Mode::Strict)))),
        least(|| drop(black_box(reached_counts(&log, &seeds, Mode::Strict)))) / 512.0,
        least(|| {
            for _ in 0..1_000 {
                turn += 1;
                black_box(
                    index
                        .generations_within(case(turn), 0..14 * DAY, 2, &mut scratch)
                        .count(),
                );
            }
        }) / 1_000.0,
    ];
    let contacts = log.contact_count() as f64;
    (
        times,
        (
            log.bytes() as f64 / contacts,
            index.bytes() as f64 / contacts,
        ),
    )
}

/// The least of several runs, in nanoseconds: what disturbs only adds.
fn least(mut run: impl FnMut()) -> f64 {
    let began = Instant::now();
    let mut least = f64::INFINITY;
    for round in 0..200 {
        let now = Instant::now();
        run();
        least = least.min(now.elapsed().as_secs_f64() * 1e9);
        if round >= 4 && began.elapsed().as_secs_f64() > 0.5 {
            break;
        }
    }
    least
}

fn in_words(nanoseconds: f64) -> String {
    match nanoseconds {
        time if time < 1e3 => format!("{time:.0} ns"),
        time if time < 1e6 => format!("{:.1} µs", time / 1e3),
        time if time < 1e9 => format!("{:.1} ms", time / 1e6),
        time => format!("{:.2} s", time / 1e9),
    }
}

const LEFT: f64 = 70.0;
const TOP: f64 = 56.0;
const WIDTH: f64 = 470.0;
const HEIGHT: f64 = 360.0;

/// Both axes by powers of ten, the names at the ends of the lines.
fn draw(sizes: &[usize], series: &[Series]) -> String {
    let all = || {
        series
            .iter()
            .flat_map(|one| &one.nanoseconds)
            .map(|time| time.log10())
    };
    let low = all().fold(f64::INFINITY, f64::min).floor();
    let high = all().fold(0.0, f64::max).ceil();
    let size = |place: usize| (sizes[place] as f64).log10();
    let span = (size(sizes.len() - 1) - size(0)).max(1.0);
    let x = |place: usize| LEFT + (size(place) - size(0)) / span * WIDTH;
    let y = |log: f64| TOP + (high - log) / (high - low) * HEIGHT;
    let mut svg = String::from(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 470" role="img" aria-labelledby="t d" font-family="Helvetica, Arial, sans-serif" font-size="13">
<title id="t">Cost of contact tracing by contacts in the log</title>
<desc id="d">Both axes by powers of ten. The values stand in the table of tracing.md.</desc>
<rect width="800" height="470" fill="#ffffff"/>
<text x="16" y="26" font-size="16" font-weight="bold" fill="#222222">Cost by contacts in the log</text>
<text x="16" y="44" fill="#555555">time of one answer; both axes by powers of ten</text>
"##,
    );
    let mut power = low;
    while power <= high {
        let at = y(power);
        let label = in_words(10f64.powf(power)).replace(".0 ", " ");
        let _ = write!(
            svg,
            "<path d=\"M{LEFT:.1} {at:.1}h{WIDTH:.1}\" stroke=\"#dddddd\"/>\n<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555555\">{label}</text>\n",
            LEFT - 8.0,
            at + 4.0
        );
        power += 1.0;
    }
    for (place, size) in sizes.iter().enumerate() {
        let label = match size {
            size if *size >= 1_000_000 => format!("{} million", size / 1_000_000),
            size => format!("{} thousand", size / 1_000),
        };
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#555555\">{label}</text>",
            x(place),
            TOP + HEIGHT + 22.0
        );
    }
    // Names keep a line's height apart, from the top.
    let mut ends: Vec<(f64, &Series)> = series
        .iter()
        .filter_map(|one| Some((y(one.nanoseconds.last()?.log10()), one)))
        .collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = 0.0f64;
    for (end, one) in ends {
        let name = end.max(free);
        free = name + 17.0;
        let mut path = String::new();
        for (place, time) in one.nanoseconds.iter().enumerate() {
            let start = if place == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{start}{:.1} {:.1}", x(place), y(time.log10()));
        }
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{0}\" stroke-width=\"2.5\" stroke-linejoin=\"round\"/>",
            one.colour
        );
        for (place, time) in one.nanoseconds.iter().enumerate() {
            let _ = writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\" fill=\"{}\"/>",
                x(place),
                y(time.log10()),
                one.colour
            );
        }
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{}\">{}</text>",
            LEFT + WIDTH + 12.0,
            name + 4.0,
            one.colour,
            one.name
        );
    }
    svg + "</svg>\n"
}

//! A bulletin with everything in it, names and words chosen to be awkward.

use chrono::{Days, NaiveDate};
use reporting::{
    Bars, Bulletin, Cell, Chart, ChartHead, Column, ColumnKind, Edition, EpiCurve, Figure,
    FigureValue, Lines, List, NeedAndFill, PartOfWhole, Period, Progress, Section, Sentence,
    Series, Text,
};

pub fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 23).unwrap() + Days::new(n)
}

fn head(key: &str, title: (&str, &str), x: (&str, &str), y: (&str, &str)) -> ChartHead {
    ChartHead {
        key: key.into(),
        title: Text::new(title.0, title.1),
        x_axis: Text::new(x.0, x.1),
        y_axis: Text::new(y.0, y.1),
        source: Text::new(
            "社区每日报告，截至当日午夜",
            "Daily reports of the communities, to midnight",
        ),
    }
}

fn part(name: (&str, &str), part: FigureValue, whole: i64, unit: (&str, &str)) -> PartOfWhole {
    PartOfWhole {
        name: Text::new(name.0, name.1),
        part,
        whole: FigureValue::Count(whole),
        unit: Text::new(unit.0, unit.1),
    }
}

pub fn epi_curve(days: u64) -> Chart {
    let names = [
        ("确诊病例", "Confirmed"),
        ("疑似病例", "Suspected"),
        ("无症状感染者", "Asymptomatic"),
    ];
    let series = names.iter().zip(0..).map(|((zh, en), class)| Series {
        name: Text::new(*zh, *en),
        values: (0..days)
            .map(|at| FigureValue::Count(i64::try_from((at * 7 + class * 5) % 11).unwrap()))
            .collect(),
    });
    Chart::EpiCurve(EpiCurve {
        head: head(
            "curve",
            ("按发病日期的病例数", "Cases by day of onset"),
            ("发病日期", "Day of onset"),
            ("病例数（例）", "Cases"),
        ),
        period: Period::Day,
        periods: (0..days).map(day).collect(),
        series: series.collect(),
    })
}

pub fn lines() -> Chart {
    let values = |from: i64, step: i64| -> Vec<FigureValue> {
        (0..38)
            .map(|at| FigureValue::Count((from + step * at - at * at / 3).max(0)))
            .collect()
    };
    let mut home = values(40, 24);
    home[9] = FigureValue::Unknown;
    home[20] = FigureValue::Incomplete(301);
    Chart::Lines(Lines {
        head: head(
            "measures",
            ("在管人数", "People under each measure"),
            ("日期", "Day"),
            ("人数（人）", "People"),
        ),
        days: (0..38).map(day).collect(),
        series: vec![
            Series {
                name: Text::new("居家隔离观察", "Home observation"),
                values: home,
            },
            Series {
                name: Text::new("集中隔离", "Central quarantine"),
                values: values(3, 11),
            },
            Series {
                name: Text::new("转送市级隔离点", "Sent to the city"),
                values: values(2, 10),
            },
        ],
    })
}

pub fn bars() -> Chart {
    let places = (1..=17).map(|n| {
        let total = 300 + n * 37;
        let done = if n % 4 == 0 { total - n } else { total };
        let done = if n == 7 {
            FigureValue::Suppressed
        } else {
            FigureValue::Count(done)
        };
        let (zh, en) = (
            format!("第{n}社区居民委员会"),
            format!("Community no. {n} of the township"),
        );
        part((&zh, &en), done, total, ("", ""))
    });
    Chart::Bars(Bars {
        head: head(
            "coverage",
            ("各社区入户筛查", "Households screened by community"),
            ("户数（户）", "Households"),
            ("社区", "Community"),
        ),
        bars: places.collect(),
    })
}

pub fn need_and_fill() -> Chart {
    let places = (1..=9).map(|n| {
        let need = 40 + n * 9;
        let filled = if n % 3 == 0 { need - 4 * n } else { need };
        let (zh, en) = (
            format!("红豆树自然村{n}"),
            format!("Hongdoushu natural village {n}"),
        );
        part((&zh, &en), FigureValue::Count(filled), need, ("", ""))
    });
    Chart::NeedAndFill(NeedAndFill {
        head: head(
            "needs",
            ("各自然村物资", "Supplies by natural village"),
            ("份数（份）", "Packets"),
            ("自然村", "Natural village"),
        ),
        places: places.collect(),
    })
}

pub fn progress() -> Chart {
    let mut tobacco = part(
        ("烤烟生产", "Flue-cured tobacco"),
        FigureValue::Hundredths(690_000),
        0,
        ("亩", "mu"),
    );
    tobacco.whole = FigureValue::Hundredths(812_550);
    Chart::Progress(Progress {
        head: head(
            "nail",
            ("各项工作进度", "Progress of the programmes"),
            ("占目标的比例", "Share of target"),
            ("项目", "Programme"),
        ),
        programmes: vec![
            tobacco,
            part(
                ("贫困户问题整改", "Poverty shortfalls mended"),
                FigureValue::Count(0),
                688,
                ("户", "households"),
            ),
            part(
                ("厕所革命", "Toilets built"),
                FigureValue::Count(1_000),
                7_214,
                ("座", "toilets"),
            ),
        ],
    })
}

/// What no page may take for markup, and no spreadsheet for a formula.
pub const HOSTILE: &str = "<script src=\"http://evil.test/x.js\">alert('&')</script>";

pub fn list(rows: usize) -> List {
    let columns = vec![
        Column::new("person", Text::new("人员", "Person"), ColumnKind::Text),
        Column::new("measure", Text::new("措施", "Measure"), ColumnKind::Text),
        Column::new("until", Text::new("至", "Until"), ColumnKind::Date),
        Column::new(
            "contacts",
            Text::new("接触人数", "Contacts"),
            ColumnKind::Count,
        ),
        Column::new("reason", Text::new("理由", "Reason"), ColumnKind::Text),
    ];
    let mut list = List::new("releases", Text::new("今日解除", "Released today"), columns);
    list.note = Text::new("发放解除通知书", "Hand out the release certificate");
    list.rows = (0..rows)
        .map(|at| {
            vec![
                Cell::Plain(format!("P-{at:04}")),
                Cell::Text(Text::new("居家隔离观察", "home observation")),
                Cell::Date(day(37)),
                if at == 2 {
                    Cell::Suppressed
                } else {
                    Cell::Count(i64::try_from(at * 1_201).unwrap())
                },
                if at == 1 {
                    Cell::Unknown
                } else {
                    Cell::Plain(HOSTILE.into())
                },
            ]
        })
        .collect();
    list
}

pub fn bulletin(edition: Edition) -> Bulletin {
    let people = Text::new("人", "people");
    let home = Figure::new(
        "home",
        Text::new("居家隔离观察", "Under home observation"),
        FigureValue::Count(28),
        people.clone(),
    );
    let mut bulletin = Bulletin::new(
        Text::new("疫情防控简报", "Outbreak bulletin"),
        Text::new("芒棒镇", "Mangbang"),
        edition,
    )
    .of_day(day(37), day(37));
    bulletin.headline = vec![
        Figure::new(
            "households",
            Text::new("入户筛查", "Households screened"),
            FigureValue::Count(9_681),
            Text::new("户", "households"),
        ),
        home.since(FigureValue::Count(30)),
        Figure::new(
            "cases",
            Text::new("确诊病例", "Confirmed cases"),
            FigureValue::Count(0),
            Text::new("例", "cases"),
        )
        .since(FigureValue::Count(0)),
        Figure::new(
            "fever",
            Text::new("发热转诊", "Fever referrals"),
            FigureValue::Unknown,
            people.clone(),
        ),
        Figure::new(
            "donations",
            Text::new("捐款", "Donations"),
            FigureValue::Hundredths(14_500_000),
            Text::new("元", "yuan"),
        ),
        Figure::new(
            "away",
            Text::new("在外人员", "People away"),
            FigureValue::Incomplete(1_204),
            people,
        ),
    ];
    let mut grid = Section::new("grid", Text::new("一、网格管理", "1. The grid"));
    grid.sentences.push(Sentence::new("screened", Text::new(
        "全镇9,681户逐户排查，漏查：无。以自然村划分网格，每个网格有网格长和医生。",
        "All 9,681 households were screened; missed: none. Each natural village is a grid with a lead and a doctor.",
    )));
    grid.sentences
        .push(Sentence::new("hostile", Text::same(HOSTILE)));
    grid.charts = vec![bars()];
    let mut load = Section::new("load", Text::new("二、防控责任", "2. The load"));
    load.charts = vec![epi_curve(38), lines()];
    load.lists = vec![list(4), list(0)];
    let mut supply = Section::new("supply", Text::new("三、物资保障", "3. The basket"));
    supply.charts = vec![need_and_fill(), progress()];
    supply.lists = vec![list(40)];
    bulletin.sections = vec![grid, load, supply];
    bulletin.corrections = Some(List::new(
        "corrections",
        Text::new("对此前简报的更正", "Corrections of earlier bulletins"),
        list(0).columns,
    ));
    bulletin.rejected_note = Text::new(
        "3条记录未采用，见 rejected.csv。",
        "3 records were not used: see rejected.csv.",
    );
    bulletin
}

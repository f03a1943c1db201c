//! A decision in a plain sentence, in Chinese and in English.

mod words;

use grid_model::words;

use crate::{Because, CountedFrom, Decision, FactName, FactValue, Governed, Measure, Undetermined};

words! {
    /// In which language.
    pub enum Language {
        /// Chinese.
        Chinese = "zh",
        /// English.
        English = "en",
    }
}

/// What a decision says and why: the measure, its last day and how it is counted, the clause with
/// its edition and source, and the facts it rests on.
pub fn explain(decision: &Decision, language: Language) -> String {
    match (decision, language) {
        (Decision::Governed(governed), Language::Chinese) => chinese(governed),
        (Decision::Governed(governed), Language::English) => english(governed),
        (Decision::Undetermined(open), Language::Chinese) => open_chinese(open),
        (Decision::Undetermined(open), Language::English) => open_english(open),
        (Decision::NoRule, Language::Chinese) => {
            "没有规则：当日有效的条款均未涉及此人，这不同于“无措施”。".to_owned()
        }
        (Decision::NoRule, Language::English) => {
            "No rule: no clause in force on the day speaks of this person, which differs from the measure none.".to_owned()
        }
    }
}

fn english(governed: &Governed) -> String {
    let clause = &governed.clause;
    let mut text = capital(words::measure(governed.measure, Language::English));
    match governed.because {
        Because::NoExposureCounts => text.push_str(": no exposure lies inside the contact window"),
        Because::Clause if governed.turns_back() => text.push_str(": entry is refused"),
        Because::Clause => {
            if governed.measure != Measure::None && &*governed.place != "none" {
                text.push_str(&format!(" ({})", governed.place.replace('_', " ")));
            }
        }
    }
    text.push_str(&count(governed, Language::English));
    if let Some(then) = governed.then_measure {
        let then = words::measure(then, Language::English);
        match governed.then_until {
            Some(until) => text.push_str(&format!(", then {then} to the end of {until}")),
            None => text.push_str(&format!(", then {then}")),
        }
    }
    text.push_str(&format!(
        "; by clause {} of {}, edition {} ({}, {})",
        clause.id, clause.authority, clause.edition, clause.source, clause.confidence
    ));
    let facts = facts(&governed.facts, Language::English);
    if !facts.is_empty() {
        text.push_str(&format!("; because {facts}"));
    }
    text + "."
}

fn chinese(governed: &Governed) -> String {
    let clause = &governed.clause;
    let mut text = words::measure(governed.measure, Language::Chinese).to_owned();
    match governed.because {
        Because::NoExposureCounts => text.push_str("：没有接触落在密接判定时间窗内"),
        Because::Clause if governed.turns_back() => text.push_str("：劝返，不予进入"),
        Because::Clause => {
            if governed.measure != Measure::None && &*governed.place != "none" {
                text.push_str(&format!("（{}）", words::place(&governed.place)));
            }
        }
    }
    text.push_str(&count(governed, Language::Chinese));
    if let Some(then) = governed.then_measure {
        let then = words::measure(then, Language::Chinese);
        match governed.then_until {
            Some(until) => text.push_str(&format!("，此后{then}至{until}当日结束")),
            None => text.push_str(&format!("，此后{then}")),
        }
    }
    text.push_str(&format!(
        "；依据 {} 条款 {}（版本：{}；来源：{}；{}）",
        clause.authority,
        clause.id,
        clause.edition,
        clause.source,
        words::confidence(clause.confidence)
    ));
    let facts = facts(&governed.facts, Language::Chinese);
    if !facts.is_empty() {
        text.push_str(&format!("；所据事实：{facts}"));
    }
    text + "。"
}

/// How the days were counted, from day 0 to the first free day.
fn count(governed: &Governed, language: Language) -> String {
    let (Some((from, zero)), Some(until)) = (governed.counted_from, governed.until) else {
        return match (governed.measure, language) {
            (Measure::None, _) => String::new(),
            (_, Language::English) => ", no last day fixed".to_owned(),
            (_, Language::Chinese) => "，未定截止日".to_owned(),
        };
    };
    let what = words::counted_from(from, language);
    let free = governed
        .free_on()
        .map_or(String::new(), |day| day.to_string());
    let days = (until - zero).num_days();
    match language {
        Language::English => format!(
            " to the end of {until}: day 0 is {what} on {zero}, {days} days run to the end of \
             {until}, free from 00:00 on {free}"
        ),
        Language::Chinese => {
            format!("至{until}当日结束：以{what}{zero}为第0天，计{days}天，{free} 0时起解除")
        }
    }
}

fn open_english(open: &Undetermined) -> String {
    let strictest = &open.strictest;
    format!(
        "Undetermined: held meanwhile under the strictest measure that could still apply, {} ({}), \
         by clause {}{}; could be {}; to find out: {}.",
        words::measure(strictest.measure, Language::English),
        strictest.place.replace('_', " "),
        strictest.clause.id,
        strictest
            .until
            .map_or(String::new(), |day| format!(", to the end of {day}")),
        could_be(open, "no rule", " or "),
        needs(&open.needs, Language::English)
    )
}

fn open_chinese(open: &Undetermined) -> String {
    let strictest = &open.strictest;
    format!(
        "待定：暂按仍可能适用的最严措施执行，即{}（{}），依据条款 {}{}；可能适用：{}；需查明：{}。",
        words::measure(strictest.measure, Language::Chinese),
        words::place(&strictest.place),
        strictest.clause.id,
        strictest
            .until
            .map_or(String::new(), |day| format!("，至{day}当日结束")),
        could_be(open, "没有规则", "或"),
        needs(&open.needs, Language::Chinese)
    )
}

fn could_be(open: &Undetermined, no_rule: &str, or: &str) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for found in &open.could_be {
        if !ids.contains(&&*found.clause.id) {
            ids.push(&found.clause.id);
        }
    }
    ids.extend(open.could_be_no_rule.then_some(no_rule));
    ids.join(or)
}

fn needs(sets: &[Vec<FactName>], language: Language) -> String {
    let (and, or) = match language {
        Language::Chinese => ("、", "；或"),
        Language::English => (", ", "; or "),
    };
    let set = |set: &Vec<FactName>| {
        let names: Vec<&str> = set.iter().map(|fact| fact.name(language)).collect();
        names.join(and)
    };
    let sets: Vec<String> = sets.iter().map(set).collect();
    sets.join(or)
}

/// The facts with their values; in English by the names of their columns, which a clerk fills in.
fn facts(facts: &[(FactName, FactValue)], language: Language) -> String {
    let told = |(name, value): &(FactName, FactValue)| match (language, value) {
        (Language::English, _) => format!("{name}={value}"),
        (Language::Chinese, FactValue::YesNo(yes)) => {
            format!(
                "{}：{}",
                name.name(language),
                if *yes { "是" } else { "否" }
            )
        }
        (Language::Chinese, _) => format!("{}：{value}", name.name(language)),
    };
    let facts: Vec<String> = facts.iter().map(told).collect();
    facts.join(match language {
        Language::English => ", ",
        Language::Chinese => "、",
    })
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

impl CountedFrom {
    /// Its name in a sentence.
    pub fn name(self, language: Language) -> &'static str {
        words::counted_from(self, language)
    }
}

impl Measure {
    /// Its name in a sentence.
    pub fn name(self, language: Language) -> &'static str {
        words::measure(self, language)
    }
}

impl FactName {
    /// Its name in a sentence; in English the name of its column.
    pub fn name(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => words::fact(self),
            Language::English => self.word(),
        }
    }
}

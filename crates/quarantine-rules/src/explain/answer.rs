//! The sentences of a decision.

use super::{Day, Inquiry, Language, Numbers, authority, editions, facts, words};
use crate::{Because, Clause, Confidence, FactName, Governed, Later, Measure, Undetermined};

/// How a book marks a clause for which no source was read at all.
const UNSEEN: &str = "from knowledge";

/// Tells an answer in one language.
pub(super) struct Teller<'a> {
    pub(super) inquiry: &'a Inquiry<'a>,
    pub(super) language: Language,
}

/// Whether the measure says already that its place is the home.
fn at_home(governed: &Governed) -> bool {
    let measure = governed.measure;
    &*governed.place == "home" && (measure.is_at_home() || measure == Measure::HomeIsolation)
}

impl Teller<'_> {
    pub(super) fn governed(&self, governed: &Governed) -> String {
        let mut told = vec![self.order(governed)];
        told.extend(self.count(governed));
        told.extend(self.moved(governed));
        told.extend(self.release(governed));
        told.extend(self.follow_up(governed));
        told.extend(self.tests(governed));
        told.extend(self.today(governed));
        told.extend(self.facts(governed));
        told.push(self.source(&governed.clause));
        self.sentences(told)
    }

    pub(super) fn undetermined(&self, open: &Undetermined) -> String {
        let told = vec![
            self.say(
                || "事实尚未查清，暂不能确定适用哪一条款".to_owned(),
                || "The facts do not yet settle which clause applies".to_owned(),
            ),
            self.meanwhile(&open.strictest),
            self.needs(open),
            self.could_be(open),
            self.source(&open.strictest.clause),
        ];
        self.sentences(told)
    }

    pub(super) fn no_rule(&self) -> String {
        let inquiry = self.inquiry;
        let day = Day(inquiry.as_of, self.language);
        let who = inquiry.subject.name(self.language);
        let disease = words::disease(inquiry.disease, self.language);
        let named = authority(inquiry.books, inquiry.authority, self.language);
        let first = self.say(
            || format!("{day}在{named}及其上级的现行规定中，没有查到适用于{disease}{who}的条款"),
            || {
                format!(
                    "On {day} no clause in force of {named} or the authorities above it speaks \
                     of this person ({disease}, {who})"
                )
            },
        );
        let scope = match inquiry.in_scope() {
            true => self.say(
                || {
                    "规定声明涵盖此类人员，此处却无条款，属于规定漏洞，应报请制定机关补正"
                        .to_owned()
                },
                || {
                    "The books claim to cover such people on that day and leave a gap here: the \
                     authority that made them is to close it"
                        .to_owned()
                },
            ),
            false => self.say(
                || "此类人员当日不在所收录规定声明的适用范围之内".to_owned(),
                || "The books do not claim to cover such people on that day".to_owned(),
            ),
        };
        let differs = self.say(
            || "没有规定不等于规定不采取措施，应报上级研究决定".to_owned(),
            || {
                "That there is no rule does not mean that the rule asks for nothing: ask the \
                 authority above"
                    .to_owned()
            },
        );
        self.sentences(vec![first, scope, differs])
    }

    /// Which clause puts whom under what, where.
    fn order(&self, governed: &Governed) -> String {
        let clause = self.clause(&governed.clause);
        let who = governed.clause.subject.name(self.language);
        let measure = governed.measure.name(self.language);
        let place = words::place(&governed.place, self.language);
        match (governed.because, governed.measure) {
            (Because::NoExposureCounts, _) => self.say(
                || format!("依据{clause}，已知的接触均不在密切接触判定的时间范围内，不采取措施"),
                || {
                    format!(
                        "Under {clause} no known exposure lies inside the contact window, so no \
                         measure is taken"
                    )
                },
            ),
            _ if governed.turns_back() => self.say(
                || format!("依据{clause}，对该{who}予以劝返，不予进入"),
                || format!("Under {clause} this {who} is refused entry and turned back"),
            ),
            (_, Measure::None) => self.say(
                || format!("依据{clause}，对该{who}不采取措施"),
                || format!("Under {clause} no measure is taken with this {who}"),
            ),
            _ if &*governed.place == "none" || at_home(governed) => self.say(
                || format!("依据{clause}，对该{who}实行{measure}"),
                || format!("Under {clause} this {who} is placed under {measure}"),
            ),
            _ => self.say(
                || format!("依据{clause}，对该{who}实行{measure}，地点为{place}"),
                || format!("Under {clause} this {who} is placed under {measure} at {place}"),
            ),
        }
    }

    /// The clause by id, with its authority and edition.
    fn clause(&self, clause: &Clause) -> String {
        let by = authority(self.inquiry.books, &clause.authority, self.language);
        let edition = self.edition(clause);
        let id = &clause.id;
        self.say(
            || format!("{by}规定{id}条（{edition}）"),
            || format!("clause {id} of {by} ({edition})"),
        )
    }

    fn edition(&self, clause: &Clause) -> String {
        let books = self.inquiry.books;
        editions::edition(books, &clause.authority, &clause.edition, self.language)
    }

    /// How the days were counted, from day 0 to the first free day.
    fn count(&self, governed: &Governed) -> Option<String> {
        let Some((from, zero)) = governed.counted_from else {
            let open = governed.measure != Measure::None;
            return open.then(|| self.no_last_day());
        };
        let (from, zero) = (from.name(self.language), Day(zero, self.language));
        let (Some(until), Some(days)) = (governed.until, governed.clause.days) else {
            return Some(self.no_last_day());
        };
        let last = Day(until, self.language);
        let free = governed.free_on().map(|day| Day(day, self.language));
        let counted = self.say(
            || format!("期限自{from}起算：{zero}为第0天，条款规定{days}天，最后一天为{last}"),
            || {
                format!(
                    "Days are counted from {from}: {zero} is day 0, the clause sets {days} days, \
                     and {last} is the last day"
                )
            },
        );
        let freed = free.map(|free| {
            self.say(
                || format!("，自{free}00:00起解除"),
                || format!("; the person is free from 00:00 on {free}"),
            )
        });
        Some(counted + &freed.unwrap_or_default())
    }

    fn no_last_day(&self) -> String {
        self.say(
            || "未定最后一天，须由决定机关解除".to_owned(),
            || "No last day is fixed: the authority that ordered it ends it".to_owned(),
        )
    }

    /// Why the measure ends later than its own count says.
    fn moved(&self, governed: &Governed) -> Option<String> {
        let (own, later) = governed.extended_from?;
        let (own, until) = (Day(own, self.language), Day(governed.until?, self.language));
        let clause = &governed.clause;
        let why = match later {
            Later::FeverFree => {
                let days = clause.fever_free_days.unwrap_or_default();
                self.say(
                    || format!("条款要求退热后满{days}天"),
                    || format!("the clause asks for so many days without fever: {days}"),
                )
            }
            Later::AfterSymptoms => {
                let days = clause.plus_days_after_symptoms.unwrap_or_default();
                self.say(
                    || format!("条款要求症状消失后再加{days}天"),
                    || format!("the clause adds so many days after the symptoms: {days}"),
                )
            }
            Later::NegativeTest => self.say(
                || "条款要求的阴性检测在此之后才取得".to_owned(),
                || "the negative test the clause asks for was taken later".to_owned(),
            ),
            Later::NegativePair => self.say(
                || "条款要求的连续两次阴性检测在此之后才取得".to_owned(),
                || "the pair of negative tests the clause asks for was complete later".to_owned(),
            ),
        };
        Some(self.say(
            || format!("因{why}，最后一天由{own}改为{until}"),
            || format!("Because {why}, the last day is {until} instead of {own}"),
        ))
    }

    /// What release asks for; a remark is quoted as the book has it.
    fn release(&self, governed: &Governed) -> Option<String> {
        let clause = &governed.clause;
        if governed.measure == Measure::None || clause.release_condition.is_empty() {
            return None;
        }
        if let Some(days) = clause.fever_free_days {
            return Some(self.say(
                || format!("解除前须退热满{days}天"),
                || format!("Before release so many days without fever must pass: {days}"),
            ));
        }
        if let Some(days) = clause.plus_days_after_symptoms {
            return Some(self.say(
                || format!("症状消失的，期限再加{days}天"),
                || format!("Once the symptoms have ended so many days are added: {days}"),
            ));
        }
        let english = &clause.release_condition;
        let chinese = clause.release_condition_zh.as_ref().unwrap_or(english);
        Some(self.say(
            || format!("解除条件及说明：“{chinese}”"),
            || format!("Release and remarks: “{english}”"),
        ))
    }

    fn follow_up(&self, governed: &Governed) -> Option<String> {
        let then = governed.then_measure?.name(self.language);
        let told = match (governed.then_until, governed.clause.then_days) {
            (Some(until), Some(days)) => {
                let until = Day(until, self.language);
                self.say(
                    || format!("期满后转为{then}{days}天，最后一天为{until}"),
                    || {
                        format!(
                            "It is followed by {then} for {days} days, the last of them {until}"
                        )
                    },
                )
            }
            _ => self.say(
                || format!("期满后转为{then}"),
                || format!("It is followed by {then}"),
            ),
        };
        Some(told)
    }

    /// When tests are due; days are numbered inside each part.
    fn tests(&self, governed: &Governed) -> Option<String> {
        let due = &governed.clause.tests_on_days;
        let (first, then) = (&due.first, &due.follow_up);
        if governed.measure == Measure::None || (first.is_empty() && then.is_empty()) {
            return None;
        }
        let part = |numbers: &[u16], chinese: &str, english: &str| {
            let days = Numbers(numbers, self.language);
            let word = if numbers.len() == 1 { "day" } else { "days" };
            self.say(
                || format!("{chinese}第{days}天"),
                || format!("{word} {days} of {english}"),
            )
        };
        let mut parts = Vec::new();
        if !first.is_empty() {
            parts.push(part(first, "措施期", "the measure"));
        }
        if !then.is_empty() {
            parts.push(part(then, "后续阶段", "what follows"));
        }
        let parts = parts.join(self.language.pick("和", " and "));
        let each = if first.len() + then.len() > 1 {
            "各"
        } else {
            ""
        };
        Some(self.say(
            || format!("{parts}{each}检测一次，天数自进入该阶段之日起算"),
            || format!("Tests are due on {parts}, counted from entering that part"),
        ))
    }

    /// What applies on the day asked.
    fn today(&self, governed: &Governed) -> Option<String> {
        if governed.measure == Measure::None {
            return None;
        }
        let today = Day(self.inquiry.as_of, self.language);
        let now = governed.on_as_of.name(self.language);
        Some(match governed.on_as_of {
            Measure::None => self.say(
                || format!("至{today}，期限已满，不再采取措施"),
                || format!("On {today} all of it is over and no measure applies"),
            ),
            _ => self.say(
                || format!("{today}当日适用{now}"),
                || format!("On {today} what applies is {now}"),
            ),
        })
    }

    fn facts(&self, governed: &Governed) -> Option<String> {
        let told = |(name, value): &(FactName, crate::FactValue)| {
            let (name, value) = (name.name(self.language), facts::value(value, self.language));
            self.say(|| format!("{name}：{value}"), || format!("{name}: {value}"))
        };
        let known: Vec<String> = governed.facts.iter().map(told).collect();
        let known = known.join(self.language.pick("；", "; "));
        (!known.is_empty()).then(|| {
            self.say(
                || format!("认定的事实：{known}"),
                || format!("Facts relied on: {known}"),
            )
        })
    }

    /// Where the clause was read; a source and a remark are quoted as the book has them.
    fn source(&self, clause: &Clause) -> String {
        if &*clause.source == UNSEEN {
            return self.say(
                || "条款系据已知情况整理，未见原文，以正式文本为准".to_owned(),
                || {
                    "The clause is written from knowledge, no source was read, and the official \
                     text stands"
                        .to_owned()
                },
            );
        }
        let source = &clause.source;
        match clause.confidence {
            Confidence::Verified => self.say(
                || format!("条款出处：“{source}”，已与出处核对"),
                || format!("Source of the clause: “{source}”, where it was read"),
            ),
            Confidence::Recalled => self.say(
                || format!("条款出处：“{source}”，未见原文，以正式文本为准"),
                || {
                    format!(
                        "Source of the clause: “{source}”; its wording was not read there, and \
                         the official text stands"
                    )
                },
            ),
        }
    }

    /// What holds until the facts are found out.
    fn meanwhile(&self, strictest: &Governed) -> String {
        let clause = self.clause(&strictest.clause);
        let measure = strictest.on_as_of.name(self.language);
        let place = words::place(strictest.place_on_as_of(), self.language);
        let until = strictest.until_on_as_of();
        let until = until.map(|until| Day(until, self.language));
        let to = until.map(|until| {
            self.say(
                || format!("，最后一天为{until}"),
                || format!(", the last day being {until}"),
            )
        });
        let to = to.unwrap_or_default();
        self.say(
            || {
                format!(
                    "查清之前不予放行，按仍可能适用的最严措施执行：{measure}（{place}）{to}，依据{clause}"
                )
            },
            || {
                format!(
                    "Until they are found out the person is not let go and is held under the \
                     strictest measure that could still apply: {measure} ({place}){to}, under {clause}"
                )
            },
        )
    }

    /// The facts to find out: any one set settles it, each in the order to ask.
    fn needs(&self, open: &Undetermined) -> String {
        let set = |set: &Vec<FactName>| {
            let names: Vec<&str> = set.iter().map(|fact| fact.name(self.language)).collect();
            names.join(self.language.pick("、", ", then "))
        };
        let sets: Vec<String> = open.needs.iter().map(set).collect();
        let sets = sets.join(self.language.pick("；或者", "; or "));
        let surely = match open.irreducible {
            true => String::new(),
            false => self.say(
                || "（在推算限度内没有找到最少的事实组，其中有的可能不必查明）".to_owned(),
                || {
                    " (no least set was found within the budget: some of these may turn out \
                     not to matter)"
                        .to_owned()
                },
            ),
        };
        self.say(
            || format!("请先查明：{sets}{surely}"),
            || format!("To find out first: {sets}{surely}"),
        )
    }

    fn could_be(&self, open: &Undetermined) -> String {
        let mut answers: Vec<String> = Vec::new();
        for governed in &open.could_be {
            let (id, measure) = (&governed.clause.id, governed.measure.name(self.language));
            let answer = self.say(
                || format!("{id}条（{measure}）"),
                || format!("clause {id} ({measure})"),
            );
            if !answers.contains(&answer) {
                answers.push(answer);
            }
        }
        if open.could_be_no_rule {
            answers.push(self.say(
                || "没有适用的条款".to_owned(),
                || "no clause at all".to_owned(),
            ));
        }
        let answers = answers.join(self.language.pick("、", " or "));
        self.say(
            || format!("查清后可能适用：{answers}"),
            || format!("What it may come to: {answers}"),
        )
    }

    fn say(&self, chinese: impl Fn() -> String, english: impl Fn() -> String) -> String {
        match self.language {
            Language::Chinese => chinese(),
            Language::English => english(),
        }
    }

    fn sentences(&self, told: Vec<String>) -> String {
        let mut text = told.join(self.language.pick("。", ". "));
        text.push_str(self.language.pick("。", "."));
        text
    }
}

//! The sentences of an order and of a release certificate.

use super::{Day, Language, authority, editions, facts, words};
use crate::{
    Books, Clause, EndReason, MissingForRelease, OrderChange, OrderEventKind, OrderPeriod,
    ReleaseCertificate, ReleaseTiming, TestPart,
};

/// What an order says, as it stands: the measure and place, who ordered it by which clause, how
/// its days are counted, what changed it and why, and how it ended where it has.
pub fn explain_order(order: &OrderPeriod, books: &Books, language: Language) -> String {
    let notice = Notice { books, language };
    let mut told = vec![notice.ordered(order)];
    told.extend(notice.counted(order));
    told.extend(order.changes.iter().map(|change| notice.change(change)));
    told.extend(order.flags.broken.then(|| {
        notice.say(
            || "期间有未遵守记录".to_owned(),
            || "It was not kept at least once".to_owned(),
        )
    }));
    told.extend(notice.ended(order));
    notice.sentences(&told)
}

/// What a release certificate says: the order, the days counted and served, the tests, and from
/// when the person is free; then what is missing before it can be handed over.
pub fn explain_release(release: &ReleaseCertificate, books: &Books, language: Language) -> String {
    let notice = Notice { books, language };
    let mut told = vec![notice.freed(release), notice.served(release)];
    told.extend(release.changes.iter().map(|change| notice.change(change)));
    told.extend(notice.tests(release));
    told.extend(notice.missing(&release.missing));
    notice.sentences(&told)
}

impl MissingForRelease {
    /// Its name in a sentence.
    pub fn name(self, language: Language) -> &'static str {
        use MissingForRelease::*;
        let (chinese, english) = match self {
            Measure => ("措施名称", "the measure"),
            Place => ("隔离地点", "the place"),
            CountedFrom => ("起算日（第0天）", "day 0"),
            Clause => ("依据条款", "the clause"),
            ClauseNotInBooks => (
                "现用规定中查不到所写条款",
                "the clause named, which is in no book in use",
            ),
            OrderedBy => ("决定机关", "who ordered it"),
            Begun => ("开始执行的登记", "a record that the person went under it"),
            Test => ("应做而未做的检测", "a test that was due"),
            TestResult => ("检测结果", "what a test said"),
            NegativeTest => (
                "阴性结果（最近一次为阳性）",
                "a negative test, the last was positive",
            ),
            Judgement => ("对未遵守情况的处理意见", "a judgement on what was not kept"),
        };
        language.pick(chinese, english)
    }
}

struct Notice<'a> {
    books: &'a Books,
    language: Language,
}

impl Notice<'_> {
    fn ordered(&self, order: &OrderPeriod) -> String {
        let on = Day(order.from, self.language);
        let what = self.what(order.measure, order.place.as_deref());
        let by = self.by(order.ordered_by.as_deref());
        let clause = self.under(order.clause.as_deref());
        self.say(
            || format!("{on}{by}决定对该人员实行{what}，{clause}"),
            || format!("On {on} {by} ordered {what} for this person, {clause}"),
        )
    }

    fn what(&self, measure: Option<crate::Measure>, place: Option<&str>) -> String {
        let what = match measure {
            Some(measure) => measure.name(self.language),
            None => self
                .language
                .pick("措施（未写明）", "a measure that is not named"),
        };
        let place = match place {
            Some(place) => words::place(place, self.language),
            None => self
                .language
                .pick("地点未写明", "place not named")
                .to_owned(),
        };
        self.say(
            || format!("{what}（{place}）"),
            || format!("{what} ({place})"),
        )
    }

    fn by(&self, ordered_by: Option<&str>) -> String {
        match ordered_by {
            Some(by) => words::orderer(by, self.language),
            None => self.say(
                || "（机关不详）".to_owned(),
                || "an authority that is not named".to_owned(),
            ),
        }
    }

    /// The clause an order names, with its authority and edition where a book in use has it.
    fn under(&self, clause: Option<&str>) -> String {
        match (clause, clause.and_then(|id| self.books.clause(id))) {
            (Some(id), Some(clause)) => {
                let named = self.clause(clause);
                self.say(
                    || format!("依据{named}{id}条（{}）", self.edition(clause)),
                    || format!("under clause {id} of {named} ({})", self.edition(clause)),
                )
            }
            (Some(id), None) => self.say(
                || format!("依据{id}条（现用规定中查不到）"),
                || format!("under clause {id}, which is in no book in use"),
            ),
            (None, _) => self.say(
                || "未写明依据条款".to_owned(),
                || "without naming a clause".to_owned(),
            ),
        }
    }

    fn clause(&self, clause: &Clause) -> String {
        let named = authority(self.books, &clause.authority, self.language);
        self.say(|| format!("{named}规定"), || named.to_owned())
    }

    fn edition(&self, clause: &Clause) -> String {
        editions::edition(
            self.books,
            &clause.authority,
            &clause.edition,
            self.language,
        )
    }

    fn counted(&self, order: &OrderPeriod) -> Option<String> {
        let zero = order.counted_from.map(|zero| {
            let day = Day(zero, self.language);
            self.say(|| format!("{day}为第0天"), || format!("{day} is day 0"))
        });
        let last = match (order.until, order.until.and_then(|until| until.succ_opt())) {
            (Some(until), Some(free)) => {
                let (until, free) = (Day(until, self.language), Day(free, self.language));
                self.say(
                    || format!("最后一天为{until}，自{free}00:00起解除"),
                    || {
                        format!(
                            "{until} is the last day, and the person is free from 00:00 on {free}"
                        )
                    },
                )
            }
            _ => self.say(
                || "未定最后一天，须由决定机关解除".to_owned(),
                || "no last day is fixed, and the authority that ordered it ends it".to_owned(),
            ),
        };
        let parts: Vec<String> = zero.into_iter().chain([last]).collect();
        let counted = parts.join(self.language.pick("，", "; "));
        Some(self.say(
            || format!("期限：{counted}"),
            || format!("Its days: {counted}"),
        ))
    }

    /// A change with the date it replaced and why.
    fn change(&self, change: &OrderChange) -> String {
        let on = Day(change.at.date(), self.language);
        let what = match change.event {
            OrderEventKind::Extended => self.language.pick("延长期限", "extended"),
            OrderEventKind::Shortened => self.language.pick("缩短期限", "shortened"),
            OrderEventKind::Transferred => self.language.pick("变更措施或地点", "changed"),
            _ => self.language.pick("另作决定", "replaced by another order"),
        };
        let none = || self.language.pick("未定", "none fixed").to_owned();
        let dated = |day: Option<chrono::NaiveDate>| {
            day.map_or_else(none, |day| Day(day, self.language).to_string())
        };
        let (from, to) = (dated(change.replaced), dated(change.until));
        let because = self.because(change);
        self.say(
            || format!("{on}{what}：最后一天由{from}改为{to}，{because}"),
            || format!("On {on} it was {what}: the last day went from {from} to {to}, {because}"),
        )
    }

    /// The reason a change names: a new day 0, a clause, who ordered it.
    fn because(&self, change: &OrderChange) -> String {
        let mut reasons = Vec::new();
        if let Some(zero) = change.counted_from {
            let zero = Day(zero, self.language);
            reasons.push(self.say(
                || format!("第0天改为{zero}"),
                || format!("day 0 being {zero}"),
            ));
        }
        if change.clause.is_some() {
            reasons.push(self.under(change.clause.as_deref()));
        }
        if let Some(by) = &change.ordered_by {
            let by = words::orderer(by, self.language);
            reasons.push(self.say(|| format!("由{by}决定"), || format!("by order of {by}")));
        }
        match reasons.is_empty() {
            true => self.say(
                || "未写明理由".to_owned(),
                || "without naming a reason".to_owned(),
            ),
            false => reasons.join(self.language.pick("，", ", ")),
        }
    }

    fn ended(&self, order: &OrderPeriod) -> Option<String> {
        let (on, reason) = order.ended?;
        let on = Day(on, self.language);
        Some(match reason {
            EndReason::OwnDate => self.say(
                || format!("已于{on}00:00期满"),
                || format!("It was over at 00:00 on {on}"),
            ),
            EndReason::Released => self.say(
                || format!("已于{on}登记解除"),
                || format!("The person was released on {on}"),
            ),
            EndReason::Transferred => self.say(
                || format!("自{on}起为另一决定所取代"),
                || format!("Another order took its place on {on}"),
            ),
            EndReason::Overturned => self.say(
                || format!("已于{on}撤销"),
                || format!("It was overturned on {on}"),
            ),
        })
    }

    /// From when the person is free, of what.
    fn freed(&self, release: &ReleaseCertificate) -> String {
        let ordered = Day(release.ordered_on, self.language);
        let free = Day(release.free_on, self.language);
        let what = self.what(release.measure, release.place.as_deref());
        let by = self.by(release.ordered_by.as_deref());
        let clause = self.under(release.clause.as_deref());
        let told = self.say(
            || format!("该人员自{ordered}起经{by}决定实行{what}，{clause}"),
            || format!("Since {ordered} this person was under {what} by order of {by}, {clause}"),
        );
        let freed = match release.timing {
            ReleaseTiming::OnTime => self.say(
                || format!("现期限已满，自{free}00:00起解除"),
                || format!("the time is served, and the person is free from 00:00 on {free}"),
            ),
            ReleaseTiming::Early => self.say(
                || format!("未满期限，已于{free}登记提前解除"),
                || format!("before the time was served a record released the person on {free}"),
            ),
            ReleaseTiming::NoLastDay => self.say(
                || format!("未定最后一天，已于{free}登记解除"),
                || format!("no last day was fixed, and a record released the person on {free}"),
            ),
            ReleaseTiming::Overturned => self.say(
                || format!("该决定已于{free}撤销"),
                || format!("the order was overturned on {free}"),
            ),
        };
        told + self.language.pick("；", "; ") + &freed
    }

    fn served(&self, release: &ReleaseCertificate) -> String {
        let held = release.days_held;
        let mut parts = Vec::new();
        if let (Some(zero), Some(counted)) = (release.counted_from, release.days_counted) {
            let zero = Day(zero, self.language);
            parts.push(self.say(
                || format!("{zero}为第0天，计至末日共{counted}天"),
                || format!("{zero} is day 0 and {counted} days run to the last day served"),
            ));
        }
        if let Some(last) = release.last_day {
            let last = Day(last, self.language);
            parts.push(self.say(
                || format!("决定的最后一天为{last}"),
                || format!("the last day of the order is {last}"),
            ));
        }
        parts.push(self.say(
            || format!("实际执行{held}天"),
            || format!("the person was held on {held} days"),
        ));
        let parts = parts.join(self.language.pick("，", ", "));
        self.say(|| parts.clone(), || format!("Days: {parts}"))
    }

    /// The tests of the measure, each with its result.
    fn tests(&self, release: &ReleaseCertificate) -> Option<String> {
        let of_measure = release
            .tests
            .iter()
            .filter(|test| test.part == TestPart::Measure);
        let told = of_measure.map(|test| {
            let number = test.day;
            let said = match test.done {
                Some(done) => {
                    let (on, result) = (
                        Day(done.on, self.language),
                        facts::result(done.result, self.language),
                    );
                    self.say(|| format!("{on}{result}"), || format!("{result} on {on}"))
                }
                None => self.language.pick("未做", "not taken").to_owned(),
            };
            self.say(
                || format!("第{number}天：{said}"),
                || format!("day {number}: {said}"),
            )
        });
        let told: Vec<String> = told.collect();
        let joined = told.join(self.language.pick("；", "; "));
        (!told.is_empty()).then(|| {
            self.say(
                || format!("检测结果：{joined}"),
                || format!("Test results: {joined}"),
            )
        })
    }

    fn missing(&self, missing: &[MissingForRelease]) -> Option<String> {
        let names: Vec<&str> = missing.iter().map(|one| one.name(self.language)).collect();
        let names = names.join(self.language.pick("、", "; "));
        (!missing.is_empty()).then(|| {
            self.say(
                || format!("出具通知书尚缺：{names}"),
                || format!("Still missing for the certificate: {names}"),
            )
        })
    }

    fn say(&self, chinese: impl Fn() -> String, english: impl Fn() -> String) -> String {
        match self.language {
            Language::Chinese => chinese(),
            Language::English => english(),
        }
    }

    fn sentences(&self, told: &[String]) -> String {
        told.join(self.language.pick("。", ". ")) + self.language.pick("。", ".")
    }
}

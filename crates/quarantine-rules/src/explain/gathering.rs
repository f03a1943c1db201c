//! The sentences about a gathering.

use super::{Day, Language, authority, editions};
use crate::{Books, GatheringAdvice, GatheringClause, GatheringKind, GatheringRuling};

/// What is advised about a gathering and by which clause; where none speaks of its kind, that.
pub fn explain_gathering(ruling: &GatheringRuling, books: &Books, language: Language) -> String {
    let on = Day(ruling.on, language);
    let kind = ruling.kind.name(language);
    let Some(clause) = &ruling.clause else {
        return language.pick(
            format!(
                "{on}没有查到适用于{kind}的现行条款。没有规定不等于准许或禁止，请报上级研究决定。"
            ),
            format!(
                "On {on} no clause in force speaks of a {kind}. That neither allows nor forbids it: \
                 ask the authority above."
            ),
        );
    };
    let under = under(clause, books, language);
    let advice = match ruling.advice {
        GatheringAdvice::Postpone => language.pick("应推迟举办", "is to be put off"),
        GatheringAdvice::KeepSimple => language.pick(
            "应从简办理，限于最小范围",
            "is to be kept simple and to the smallest circle",
        ),
        GatheringAdvice::Allowed | GatheringAdvice::NoRule => {
            language.pick("可以举办", "may take place")
        }
    };
    let limit = match ruling.limit_persons() {
        Some(limit) => language.pick(
            format!("，同一时间不超过{limit}人"),
            format!(", with no more than {limit} people at one time"),
        ),
        None if ruling.advice == GatheringAdvice::Postpone => String::new(),
        None => language.pick(
            "，条款未规定人数上限".to_owned(),
            "; the clause gives no number of people".to_owned(),
        ),
    };
    let source = &clause.source;
    language.pick(
        format!("{under}，{on}的{kind}{advice}{limit}。条款出处：“{source}”。"),
        format!("{under} a {kind} of {on} {advice}{limit}. Source of the clause: “{source}”."),
    )
}

fn under(clause: &GatheringClause, books: &Books, language: Language) -> String {
    let by = authority(books, &clause.authority, language);
    let edition = editions::edition(books, &clause.authority, &clause.edition, language);
    let id = &clause.id;
    language.pick(
        format!("依据{by}规定{id}条（{edition}）"),
        format!("Under clause {id} of {by} ({edition})"),
    )
}

impl GatheringKind {
    /// Its name in a sentence.
    pub fn name(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            GatheringKind::Wedding => ("婚事", "wedding"),
            GatheringKind::Funeral => ("丧事", "funeral"),
            GatheringKind::Market => ("集市", "market"),
            GatheringKind::Other => ("其他喜庆活动", "celebration of another kind"),
        };
        language.pick(chinese, english)
    }
}

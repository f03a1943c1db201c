//! The few words the renderers themselves say, in both languages.

use crate::Language;

/// The renderers' own words in one language.
pub(crate) struct Words {
    pub(crate) none: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) withheld: &'static str,
    pub(crate) incomplete_mark: &'static str,
    pub(crate) incomplete_note: &'static str,
    pub(crate) withheld_note: &'static str,
    pub(crate) internal: &'static str,
    pub(crate) public: &'static str,
    pub(crate) known_by: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) contents: &'static str,
    pub(crate) headline: &'static str,
    pub(crate) yesterday: &'static str,
    pub(crate) no_change: &'static str,
    pub(crate) figures_of_chart: &'static str,
    pub(crate) source: &'static str,
    pub(crate) corrections: &'static str,
    pub(crate) rejected: &'static str,
    pub(crate) notes: &'static str,
    pub(crate) colon: &'static str,
    pub(crate) comma: &'static str,
    pub(crate) semicolon: &'static str,
}

const CHINESE: Words = Words {
    none: "无",
    unknown: "不详",
    withheld: "不公开",
    incomplete_mark: "（不完整）",
    incomplete_note: "“不完整”：有社区当日未报告，数字只含已报告的社区。",
    withheld_note: "“不公开”：1至4的数字、等于全体的数字，以及可据以推算出它们的数字，均不公布。",
    internal: "内部使用 不得外传",
    public: "公开版",
    known_by: "资料截至",
    skip: "跳到正文",
    contents: "目录",
    headline: "主要数字",
    yesterday: "昨日",
    no_change: "持平",
    figures_of_chart: "图中数字",
    source: "来源",
    corrections: "更正",
    rejected: "未采用的记录",
    notes: "说明",
    colon: "：",
    comma: "，",
    semicolon: "；",
};

const ENGLISH: Words = Words {
    none: "none",
    unknown: "unknown",
    withheld: "withheld",
    incomplete_mark: " (incomplete)",
    incomplete_note: "“Incomplete”: a community did not report that day; the figure counts only those that did.",
    withheld_note: "“Withheld”: counts of 1 to 4, counts of everyone, and counts from which either could be worked out are not published.",
    internal: "Internal, do not forward",
    public: "Public edition",
    known_by: "As known by the end of",
    skip: "Skip to the bulletin",
    contents: "Contents",
    headline: "Main figures",
    yesterday: "Yesterday",
    no_change: "no change",
    figures_of_chart: "Figures of this chart",
    source: "Source",
    corrections: "Corrections",
    rejected: "Records not used",
    notes: "Notes",
    colon: ": ",
    comma: ", ",
    semicolon: "; ",
};

/// The renderers' own words in a language.
pub(crate) const fn words(language: Language) -> &'static Words {
    match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    }
}

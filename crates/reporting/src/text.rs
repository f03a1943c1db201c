//! Words in both languages, kept side by side so that no page loses one.

use serde::Serialize;

/// A language a bulletin is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Chinese in simplified characters.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// Both languages, in the order they are written out.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The tag of BCP 47, as the `lang` attribute of a page wants it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The short code used in the names of files: `zh` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }
}

/// The same words in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Text {
    /// The words in Chinese.
    pub zh: String,
    /// The words in English.
    pub en: String,
}

impl Text {
    /// Words given in both languages.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// Words that do not change with the language, such as a key or a code.
    #[must_use]
    pub fn same(words: impl Into<String>) -> Self {
        let zh = words.into();
        Self { en: zh.clone(), zh }
    }

    /// No words at all, as the unit of a figure that has none.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            zh: String::new(),
            en: String::new(),
        }
    }

    /// The words in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }

    /// Whether there is nothing to print in either language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_gets_its_own_words() {
        let none = Text::new("无", "none");
        assert_eq!(none.in_language(Language::Chinese), "无");
        assert_eq!(none.in_language(Language::English), "none");
        assert_eq!(Text::same("P-1").zh, Text::same("P-1").en);
    }
}

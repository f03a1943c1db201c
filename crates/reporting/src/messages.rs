//! Sentences in both languages, from Fluent sources.
//!
//! A sentence is either right in both languages or an error: what does not
//! parse, what one language lacks, and what the languages fill with different
//! arguments is refused when the sources are read; an argument that is missing
//! is refused when the sentence is asked for.
//!
//! ```
//! use reporting::messages::{Args, Messages};
//!
//! let messages = Messages::new(
//!     "released = 今日解除观察{ $n }人。",
//!     "released = { $n ->
//!         [one] { $n } person was released today.
//!        *[other] { $n } people were released today.
//!     }",
//! )?;
//! let text = messages.text("released", &Args::new().count("n", 1))?;
//! assert_eq!(text.zh, "今日解除观察1人。");
//! assert_eq!(text.en, "1 person was released today.");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod args;
mod check;
mod error;

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::errors::{ReferenceKind, ResolverError};
use fluent_bundle::types::FluentValue;
use fluent_bundle::{FluentError, FluentResource};
use unic_langid::LanguageIdentifier;

pub use args::Args;
pub use error::{MessageError, MessageErrors, MessageFault};

use crate::{Language, Text, number};

type Bundle = FluentBundle<FluentResource>;

/// Every sentence of a report, in both languages.
pub struct Messages {
    zh: Bundle,
    en: Bundle,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Messages").finish_non_exhaustive()
    }
}

impl Messages {
    /// Reads one source a language.
    ///
    /// # Errors
    ///
    /// Every fault of both sources together: what does not parse, what one
    /// language lacks or has twice, what the languages fill differently.
    pub fn new(zh: &str, en: &str) -> Result<Self, MessageErrors> {
        Self::from_sources(&[(zh, en)])
    }

    /// Reads several sources, each a pair of Chinese and English.
    ///
    /// # Errors
    ///
    /// As [`Messages::new`]; a message that two sources define is a fault.
    pub fn from_sources(sources: &[(&str, &str)]) -> Result<Self, MessageErrors> {
        let mut faults = Vec::new();
        let zh: Vec<&str> = sources.iter().map(|(zh, _)| *zh).collect();
        let en: Vec<&str> = sources.iter().map(|(_, en)| *en).collect();
        let (zh, zh_arguments) = bundle(Language::Chinese, &zh, &mut faults);
        let (en, en_arguments) = bundle(Language::English, &en, &mut faults);
        faults.extend(check::differences(&zh_arguments, &en_arguments));
        if faults.is_empty() {
            Ok(Self { zh, en })
        } else {
            Err(MessageErrors { faults })
        }
    }

    /// A sentence in both languages, filled with its arguments.
    ///
    /// # Errors
    ///
    /// Where there is no such message, where it asks for an argument that is
    /// not given, and where a count is too large to be chosen a plural for.
    pub fn text(&self, key: &str, args: &Args) -> Result<Text, MessageError> {
        Ok(Text {
            zh: format(&self.zh, Language::Chinese, key, args)?,
            en: format(&self.en, Language::English, key, args)?,
        })
    }

    /// Whether there is a message of this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.zh.has_message(key) && self.en.has_message(key)
    }
}

/// One language's sources read, with the arguments each message asks for.
fn bundle(
    language: Language,
    sources: &[&str],
    faults: &mut Vec<MessageFault>,
) -> (Bundle, check::Arguments) {
    // Both tags are well formed, so the undetermined language is never taken.
    let identifier: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![identifier]);
    // Invisible marks round each argument would break searching and CSV.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(print_number));
    let mut messages = BTreeMap::new();
    for (at, source) in sources.iter().enumerate() {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                faults.extend(check::syntax(language, at, source, &errors));
                resource
            }
        };
        check::collect(language, &resource, &mut messages, faults);
        bundle.add_resource_overriding(resource);
    }
    (bundle, check::close(messages))
}

/// Groups the digits of every number a message prints.
fn print_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(given) = value else {
        return None;
    };
    // Only whole numbers small enough to be exact are ever put in, so the
    // decimal form without a fraction reads back as the same number.
    let whole = format!("{:.0}", given.value).parse().ok()?;
    Some(number::group_digits(whole))
}

fn format(
    bundle: &Bundle,
    language: Language,
    key: &str,
    args: &Args,
) -> Result<String, MessageError> {
    let unknown = || MessageError::UnknownMessage {
        key: key.to_owned(),
    };
    let message = bundle.get_message(key).ok_or_else(unknown)?;
    let pattern = message.value().ok_or_else(unknown)?;
    let values = args.values(key, language)?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors);
    match errors.first() {
        None => Ok(text.into_owned()),
        Some(FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable {
            id,
        }))) => Err(MessageError::MissingArgument {
            key: key.to_owned(),
            argument: id.clone(),
        }),
        Some(other) => Err(MessageError::Unresolved {
            key: key.to_owned(),
            language,
            reason: other.to_string(),
        }),
    }
}

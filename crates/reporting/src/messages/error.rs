//! What can be wrong with messages, told so that it can be mended.

use crate::Language;

/// Why a sentence could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// No source defines the message.
    #[error("message {key:?} is not defined; add it to both languages")]
    UnknownMessage {
        /// The key asked for.
        key: String,
    },
    /// The message asks for an argument that was not given.
    #[error("message {key:?} asks for ${argument}, which was not given")]
    MissingArgument {
        /// The message.
        key: String,
        /// The argument it asks for.
        argument: String,
    },
    /// The message names something else that is not there.
    #[error("message {key:?} in {}: {reason}", .language.tag())]
    Unresolved {
        /// The message.
        key: String,
        /// The language it failed in.
        language: Language,
        /// What Fluent said.
        reason: String,
    },
    /// A count beyond 2^53, which Fluent cannot carry exactly.
    #[error("message {key:?}, ${argument}: {count} is over 2^53; give it as words")]
    CountTooLarge {
        /// The message.
        key: String,
        /// The argument.
        argument: String,
        /// The count given.
        count: i64,
    },
}

/// One fault of the sources.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageFault {
    /// A line that is not Fluent.
    #[error("{} source {source_number}, line {line}: {reason}; at {fragment:?}", .language.tag())]
    Syntax {
        /// The language of the source.
        language: Language,
        /// Which of the sources, from 1.
        source_number: usize,
        /// The line, from 1.
        line: usize,
        /// What the parser said.
        reason: String,
        /// The first line of what could not be read.
        fragment: String,
    },
    /// A message one language has and the other lacks.
    #[error("message {key:?} is only in {}; add it to the other language", .language.tag())]
    OnlyIn {
        /// The message.
        key: String,
        /// The language that has it.
        language: Language,
    },
    /// A message defined twice in one language.
    #[error("message {key:?} is defined twice in {}; keep one", .language.tag())]
    Twice {
        /// The message.
        key: String,
        /// The language.
        language: Language,
    },
    /// The languages would not carry the same figures.
    #[error(
        "message {key:?} uses {} in zh-CN and {} in en; use the same arguments in both",
        listed(zh),
        listed(en)
    )]
    DifferentArguments {
        /// The message.
        key: String,
        /// The arguments of the Chinese sentence, sorted.
        zh: Vec<String>,
        /// The arguments of the English sentence, sorted.
        en: Vec<String>,
    },
}

fn listed(arguments: &[String]) -> String {
    if arguments.is_empty() {
        return "no argument".to_owned();
    }
    let marked: Vec<String> = arguments.iter().map(|one| format!("${one}")).collect();
    marked.join(", ")
}

/// Every fault of the sources, all told together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct MessageErrors {
    /// The faults: syntax first, then keys in order.
    pub faults: Vec<MessageFault>,
}

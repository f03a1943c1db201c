//! Whether both languages say the same things with the same arguments.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::ParserError;

use super::MessageFault;
use crate::Language;

/// What one message asks for itself, and which messages it repeats.
#[derive(Default)]
pub(super) struct Asked {
    arguments: BTreeSet<String>,
    messages: BTreeSet<String>,
}

/// The arguments of each message, those of repeated messages included.
pub(super) type Arguments = BTreeMap<String, BTreeSet<String>>;

/// The faults the parser found, with lines instead of bytes.
pub(super) fn syntax(
    language: Language,
    at: usize,
    source: &str,
    errors: &[ParserError],
) -> Vec<MessageFault> {
    let fault = |error: &ParserError| {
        let before = source.get(..error.pos.start).unwrap_or(source);
        let slice = error.slice.clone().and_then(|range| source.get(range));
        let first = slice.and_then(|text| text.trim().lines().next());
        MessageFault::Syntax {
            language,
            source_number: at + 1,
            line: before.matches('\n').count() + 1,
            reason: error.kind.to_string(),
            fragment: first.unwrap_or_default().to_owned(),
        }
    };
    errors.iter().map(fault).collect()
}

/// Adds a source's messages to those already met.
pub(super) fn collect(
    language: Language,
    resource: &FluentResource,
    met: &mut BTreeMap<String, Asked>,
    faults: &mut Vec<MessageFault>,
) {
    for entry in resource.entries() {
        let Entry::Message(message) = entry else {
            continue;
        };
        let Some(pattern) = &message.value else {
            continue;
        };
        let mut asked = Asked::default();
        read_pattern(pattern, &mut asked);
        let key = message.id.name.to_owned();
        if met.insert(key.clone(), asked).is_some() {
            faults.push(MessageFault::Twice { key, language });
        }
    }
}

/// Follows messages into the messages they repeat.
pub(super) fn close(met: BTreeMap<String, Asked>) -> Arguments {
    let closed = |key: &String| {
        let mut arguments = BTreeSet::new();
        let mut seen = BTreeSet::from([key]);
        let mut open = vec![key];
        while let Some(asked) = open.pop().and_then(|next| met.get(next)) {
            arguments.extend(asked.arguments.iter().cloned());
            open.extend(asked.messages.iter().filter(|next| seen.insert(next)));
        }
        (key.clone(), arguments)
    };
    met.keys().map(closed).collect()
}

/// The faults between the languages, in the order of the keys.
pub(super) fn differences(zh: &Arguments, en: &Arguments) -> Vec<MessageFault> {
    let keys: BTreeSet<&String> = zh.keys().chain(en.keys()).collect();
    let fault = |key: &String| match (zh.get(key), en.get(key)) {
        (Some(zh), Some(en)) if zh == en => None,
        (Some(zh), Some(en)) => Some(MessageFault::DifferentArguments {
            key: key.clone(),
            zh: zh.iter().cloned().collect(),
            en: en.iter().cloned().collect(),
        }),
        (here, _) => Some(MessageFault::OnlyIn {
            key: key.clone(),
            language: match here {
                Some(_) => Language::Chinese,
                None => Language::English,
            },
        }),
    };
    keys.into_iter().filter_map(fault).collect()
}

fn read_pattern(pattern: &Pattern<&str>, asked: &mut Asked) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            read_expression(expression, asked);
        }
    }
}

fn read_expression(expression: &Expression<&str>, asked: &mut Asked) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, asked),
        Expression::Select { selector, variants } => {
            read_inline(selector, asked);
            for variant in variants {
                read_pattern(&variant.value, asked);
            }
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, asked: &mut Asked) {
    match inline {
        InlineExpression::VariableReference { id } => {
            asked.arguments.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, .. } => {
            asked.messages.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                read_inline(argument, asked);
            }
        }
        InlineExpression::Placeable { expression } => read_expression(expression, asked),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::TermReference { .. } => {}
    }
}

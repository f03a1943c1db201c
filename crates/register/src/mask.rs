//! Person keys as messages may show them.

use std::collections::HashSet;

use crate::Entry;

/// The characters of a text with full-width forms as their ASCII forms.
pub(crate) fn plain(text: &str) -> impl Iterator<Item = char> {
    const DISTANCE: u32 = 0xFF01 - 0x21;
    text.chars().map(|c| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - DISTANCE).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    })
}

/// The digits and letters of a key, full-width or not, without what separates them.
fn compact(key: &str) -> String {
    plain(key).filter(|c| c.is_ascii_alphanumeric()).collect()
}

/// Whether a key has the length of an identity number, a digit more or less, so that one
/// with a slip is masked too.
fn is_like_identity_number(key: &str) -> bool {
    let compact = compact(key);
    let digits = compact.strip_suffix(['X', 'x']).unwrap_or(&compact);
    (14..=19).contains(&compact.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a key is a mobile number of China, with or without the country's code.
fn is_mobile_number(key: &str) -> bool {
    let compact = compact(key);
    let digits = compact
        .strip_prefix("0086")
        .or_else(|| compact.strip_prefix("86"))
        .unwrap_or(&compact);
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
        && digits.len() == 11
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the key of an entry is or holds a telephone, or anything else of the register
/// that must not be printed.
pub(crate) fn holds_secret(entry: &Entry, secrets: &HashSet<&str>) -> bool {
    let key = entry.person_key();
    secrets.contains(key)
        || entry.secrets().any(|secret| key.contains(secret))
        || is_mobile_number(key)
}

/// The key of an entry for a message, masked where it is or holds a secret or is like an
/// identity number.
pub(crate) fn shown(entry: &Entry, secrets: &HashSet<&str>) -> String {
    let key = entry.person_key();
    if holds_secret(entry, secrets) {
        "***".to_owned()
    } else if is_like_identity_number(key) {
        ends_of(key)
    } else {
        key.to_owned()
    }
}

/// The first and the last two characters: enough to find a key in a list, too little to
/// know a person by.
fn ends_of(key: &str) -> String {
    let characters: Vec<char> = key.chars().collect();
    let hidden = 2..characters.len().saturating_sub(2);
    characters
        .iter()
        .enumerate()
        .map(|(index, c)| if hidden.contains(&index) { '*' } else { *c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_as_shown(key: &str, name: &str, telephone: &str) -> String {
        shown(&Entry::new(key, name, "", telephone), &HashSet::new())
    }

    #[test]
    fn keys_that_are_no_secret_are_shown() {
        for key in [
            "P17",
            "h-2020-000123",
            "2020021400123",
            "12345678901",
            "a8f5f167f44f4964e6c998dee827110c",
        ] {
            assert_eq!(key_as_shown(key, "王小明", "13800138000"), key);
        }
    }

    #[test]
    fn keys_that_are_secrets_are_masked() {
        assert_eq!(
            key_as_shown("11010519491231002X", "", ""),
            "11**************2X"
        );
        assert_eq!(
            key_as_shown("１１010519491231002X", "", ""),
            "１１**************2X"
        );
        assert_eq!(key_as_shown("+86 138-0013-8000", "", ""), "***");
        assert_eq!(key_as_shown("1101051949123100", "", ""), "11************00");
        assert_eq!(key_as_shown("08755131234", "", "08755131234"), "***");
        assert_eq!(key_as_shown("王小明-1", "王小明", ""), "***");
        let secrets = HashSet::from(["李雷"]);
        assert_eq!(shown(&Entry::new("李雷", "", "", ""), &secrets), "***");
    }
}

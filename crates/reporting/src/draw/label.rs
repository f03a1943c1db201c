//! How wide words are, where they break, and how they are escaped.

/// The size of labels, in pixels.
pub(super) const SIZE: i64 = 13;

/// Whether a letter is set on a full square, as Chinese is.
const fn is_square(letter: char) -> bool {
    letter as u32 >= 0x2E80
}

const fn letter_width(letter: char, size: i64) -> i64 {
    // 1 em from U+2E80 on; 0.56 em below, the mean of sans-serif faces.
    if is_square(letter) {
        size * 10
    } else {
        size * 56 / 10
    }
}

/// The estimated width of words, in tenths of a pixel.
pub(super) fn width(words: &str, size: i64) -> i64 {
    words.chars().map(|letter| letter_width(letter, size)).sum()
}

/// Words cut off with an ellipsis where they are wider than `room` tenths of a pixel.
pub(super) fn cut(words: &str, size: i64, room: i64) -> String {
    if width(words, size) <= room {
        return words.to_owned();
    }
    let mut used = letter_width('…', size);
    let mut kept = String::new();
    for letter in words.chars() {
        used += letter_width(letter, size);
        if used > room {
            break;
        }
        kept.push(letter);
    }
    kept.push('…');
    kept
}

/// Words broken into lines no wider than `room` tenths of a pixel.
///
/// Lines break at spaces and beside Chinese letters, and inside a word only
/// where the word alone is too wide. There is always at least one line.
pub(super) fn wrap(words: &str, size: i64, room: i64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in pieces(words) {
        let wide = width(piece.trim_end(), size);
        if used > 0 && used + wide > room {
            lines.push(String::new());
            used = 0;
        }
        for letter in piece.chars() {
            let wide = letter_width(letter, size);
            if used > 0 && used + wide > room && letter != ' ' {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines
                .last_mut()
                .filter(|line| !(line.is_empty() && letter == ' '))
            {
                line.push(letter);
                used += wide;
            }
        }
    }
    lines
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// The pieces a line may be broken between, each with the space after it.
fn pieces(words: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, letter) in words.char_indices() {
        let breaks = match before {
            Some(' ') => letter != ' ',
            Some(last) => is_square(last) || is_square(letter),
            None => false,
        };
        // A closing mark never begins a line.
        if breaks && !"，。；：、）”》,.;:)".contains(letter) {
            pieces.push(&words[start..at]);
            start = at;
        }
        before = Some(letter);
    }
    pieces.push(&words[start..]);
    pieces
}

/// Words made safe inside an element or a quoted attribute; letters XML cannot
/// hold become spaces.
pub(super) fn escape(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{FFFE}' | '\u{FFFF}' => safe.push(' '),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_letters_are_square_and_latin_ones_narrow() {
        assert_eq!(width("芒棒镇", 10), 300);
        assert_eq!(width("abc", 10), 168);
    }

    #[test]
    fn what_is_too_wide_is_cut_and_says_so() {
        assert_eq!(cut("SK_14", 13, 400), "SK_14");
        assert_eq!(cut("芒棒镇红豆树", 10, 360), "芒棒镇…");
        assert_eq!(cut("abc", 13, 0), "…");
    }

    #[test]
    fn no_line_is_wider_than_its_room_and_no_letter_is_lost() {
        for words in [
            "芒棒镇红豆树社区居民委员会",
            "Hongdoushu Community Residents' Committee",
            "Donaudampfschifffahrtsgesellschaft",
            "a",
            "",
        ] {
            let lines = wrap(words, 13, 900);
            assert!(lines.iter().all(|line| width(line, 13) <= 900), "{lines:?}");
            let kept: String = lines.concat().split(' ').collect();
            assert_eq!(kept, words.split(' ').collect::<String>());
        }
    }

    #[test]
    fn what_is_markup_becomes_text() {
        assert_eq!(
            escape("<b a=\"1\">&'\u{0}"),
            "&lt;b a=&quot;1&quot;&gt;&amp;&#39; "
        );
    }
}

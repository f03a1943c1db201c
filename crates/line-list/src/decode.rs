//! Encodings, strictly: a character that cannot be decoded is never replaced.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, GB18030, UTF_16BE, UTF_16LE};

use crate::unpack::GZIP;
use crate::{FileError, Limits};

/// The encoding a file was in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
    /// UTF-16, little end first, by its byte order mark.
    Utf16LittleEndian,
    /// UTF-16, big end first, by its byte order mark.
    Utf16BigEndian,
}

impl Encoding {
    /// The name of the encoding.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Utf16LittleEndian => "UTF-16LE",
            Self::Utf16BigEndian => "UTF-16BE",
        }
    }
}

/// A file as text, without byte order mark, and the encoding it was in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// The encoding it was in.
    pub encoding: Encoding,
}

/// The text of an unpacked file: UTF-8, else UTF-16 by its mark, else GB18030.
///
/// A file with a UTF-8 mark, or in which more characters hold as UTF-8 than fail, is
/// damaged UTF-8 and never read as GB18030, which would take almost any bytes.
///
/// ```
/// use line_list::{Encoding, Limits, decode};
///
/// let decoded = decode(b"\xcd\xf5", &Limits::standard())?;
/// assert_eq!((decoded.text.as_ref(), decoded.encoding), ("王", Encoding::Gb18030));
/// # Ok::<(), line_list::FileError>(())
/// ```
///
/// # Errors
///
/// Where the file is too large, a spreadsheet, packed, no text, or in no encoding read
/// here; with the offset of the byte where it fails.
pub fn decode<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Decoded<'a>, FileError> {
    let length = bytes.len() as u64;
    if length > limits.unpacked_bytes {
        return Err(FileError::TooLarge {
            bytes: length,
            limit: limits.unpacked_bytes,
        });
    }
    refuse_other_formats(bytes)?;
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, Encoding::Utf16LittleEndian);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, Encoding::Utf16BigEndian);
    }
    refuse_control_bytes(bytes)?;
    let mark = b"\xef\xbb\xbf";
    let unmarked = bytes.strip_prefix(mark).unwrap_or(bytes);
    match std::str::from_utf8(unmarked) {
        Ok(text) => Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: Encoding::Utf8,
        }),
        Err(error) => {
            let offset = bytes.len() - unmarked.len() + error.valid_up_to();
            let line = line_at(bytes, offset);
            if bytes.starts_with(mark) || is_mostly_utf8(bytes) {
                return Err(FileError::DamagedUtf8 { line, offset });
            }
            gb18030(bytes).map_err(|gb18030_offset| FileError::UnknownEncoding {
                line,
                utf8_offset: offset,
                gb18030_offset,
            })
        }
    }
}

fn refuse_other_formats(bytes: &[u8]) -> Result<(), FileError> {
    // Zip, and so .xlsx and .ods; and the compound file of .xls ([MS-CFB], 2.2).
    let spreadsheets: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
    if spreadsheets.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(FileError::Spreadsheet);
    }
    if bytes.starts_with(&GZIP) {
        return Err(FileError::PackedTwice);
    }
    Ok(())
}

/// Text holds tabs, line ends, form feeds and perhaps the old end-of-file mark, but none
/// of the other control bytes.
fn refuse_control_bytes(bytes: &[u8]) -> Result<(), FileError> {
    let no_text =
        |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a);
    match bytes.iter().position(no_text) {
        Some(offset) => Err(FileError::NotText {
            offset,
            byte: bytes[offset],
        }),
        None => Ok(()),
    }
}

/// Whether more of the characters beyond ASCII hold as UTF-8 than fail. Text in GB18030
/// fails at most characters, damaged UTF-8 at few.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut holding, mut failing) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        holding += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        failing += usize::from(!chunk.invalid().is_empty());
    }
    holding > failing
}

/// The text, or the bytes before the first that is not GB18030.
fn gb18030(bytes: &[u8]) -> Result<Decoded<'_>, usize> {
    strictly(GB18030, bytes).map(|text| Decoded {
        text: Cow::Owned(text),
        encoding: Encoding::Gb18030,
    })
}

fn utf16(rest: &[u8], encoding: Encoding) -> Result<Decoded<'_>, FileError> {
    let reader = match encoding {
        Encoding::Utf16BigEndian => UTF_16BE,
        _ => UTF_16LE,
    };
    const MARK: usize = 2;
    let text = strictly(reader, rest).map_err(|offset| FileError::DamagedUtf16 {
        offset: offset + MARK,
    })?;
    match refuse_control_bytes(text.as_bytes()) {
        Ok(()) => Ok(Decoded {
            text: Cow::Owned(text),
            encoding,
        }),
        // The offset in the text would name no byte of the file.
        Err(_) => Err(FileError::DamagedUtf16 { offset: MARK }),
    }
}

fn strictly(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    // Two bytes make at most three in UTF-8, so this is the whole text; were it not, the
    // loop would ask for more.
    text.reserve(
        room.unwrap_or(bytes.len())
            .min(bytes.len().saturating_mul(3) / 2 + 16),
    );
    let mut at = 0;
    loop {
        let (result, read) =
            decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + 64),
            DecoderResult::Malformed(bad, after) => {
                return Err(at.saturating_sub(usize::from(bad) + usize::from(after)));
            }
        }
    }
}

fn line_at(bytes: &[u8], offset: usize) -> u64 {
    1 + bytes
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count() as u64
}

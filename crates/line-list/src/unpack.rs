//! Gzip, bounded.

use std::borrow::Cow;
use std::io::{ErrorKind, Read};

use flate2::read::MultiGzDecoder;

use crate::{FileError, Limits};

/// The first two bytes of gzip (RFC 1952, section 2.3.1).
pub(crate) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The file as it was before it was packed; a file that is not gzip comes back as it is.
///
/// Memory never exceeds `limits.unpacked_bytes`, however small the packed file.
///
/// ```
/// use line_list::{Limits, unpack};
///
/// assert_eq!(unpack(b"id\nA1\n", &Limits::standard())?.as_ref(), b"id\nA1\n");
/// # Ok::<(), line_list::FileError>(())
/// ```
///
/// # Errors
///
/// Where the file or what it unpacks to is over its limit, and where the gzip is cut off
/// or damaged.
pub fn unpack<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Cow<'a, [u8]>, FileError> {
    let length = bytes.len() as u64;
    if length > limits.file_bytes {
        return Err(FileError::TooLarge {
            bytes: length,
            limit: limits.file_bytes,
        });
    }
    if !bytes.starts_with(&GZIP) {
        return Ok(Cow::Borrowed(bytes));
    }
    let limit = usize::try_from(limits.unpacked_bytes).unwrap_or(usize::MAX);
    let mut packed = MultiGzDecoder::new(bytes);
    let mut unpacked = Vec::new();
    while grow(&mut packed, &mut unpacked, limit)? {}
    // A file of exactly the limit is within it: only a further byte is too many.
    if unpacked.len() == limit && next(&mut packed, &mut [0], limit)? > 0 {
        return Err(FileError::UnpacksTooLarge {
            limit: limits.unpacked_bytes,
        });
    }
    Ok(Cow::Owned(unpacked))
}

/// Unpacks some more, to twice the length so far but never over the limit; false at the
/// end or at the limit.
fn grow(packed: &mut impl Read, unpacked: &mut Vec<u8>, limit: usize) -> Result<bool, FileError> {
    const FIRST: usize = 64 << 10;
    let from = unpacked.len();
    let room = from.max(FIRST).min(limit - from);
    if unpacked.try_reserve_exact(room).is_err() {
        return Err(FileError::UnpacksTooLarge { limit: from as u64 });
    }
    unpacked.resize(from + room, 0);
    let mut filled = from;
    while filled < unpacked.len() {
        match next(packed, &mut unpacked[filled..], filled)? {
            0 => break,
            more => filled += more,
        }
    }
    let full = filled == unpacked.len();
    unpacked.truncate(filled);
    Ok(full && filled < limit)
}

fn next(packed: &mut impl Read, into: &mut [u8], unpacked: usize) -> Result<usize, FileError> {
    packed.read(into).map_err(|error| FileError::DamagedGzip {
        what: match error.kind() {
            ErrorKind::UnexpectedEof => "it is cut off",
            _ => "its bytes contradict themselves",
        },
        unpacked,
    })
}

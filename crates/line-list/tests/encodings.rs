//! Every encoding people have, and what is none.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use line_list::{Encoding, FileError, Limits, Table, decode, unpack};

const TEXT: &str = "id,姓名地\nA1,芒棒镇𠮷\n";

fn utf16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(bytes)
        .collect()
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn error(bytes: &[u8]) -> String {
    Table::read(bytes, &Limits::standard())
        .unwrap_err()
        .to_string()
}

#[test]
fn every_encoding_gives_the_same_cells() {
    let marked = format!("\u{feff}{TEXT}").into_bytes();
    let files = [
        (TEXT.as_bytes().to_vec(), Encoding::Utf8),
        (marked, Encoding::Utf8),
        (gb18030(TEXT), Encoding::Gb18030),
        (utf16(TEXT, u16::to_le_bytes), Encoding::Utf16LittleEndian),
        (utf16(TEXT, u16::to_be_bytes), Encoding::Utf16BigEndian),
    ];
    for (bytes, encoding) in files {
        for bytes in [gzip(&bytes), bytes] {
            let table = Table::read(&bytes, &Limits::standard()).unwrap();
            assert_eq!(table.encoding(), encoding);
            assert_eq!(table.columns(), ["id", "姓名地"]);
            let cells: Vec<&str> = table.row(0).unwrap().cells().collect();
            assert_eq!(cells, ["A1", "芒棒镇𠮷"], "{}", encoding.name());
        }
    }
}

#[test]
fn damaged_utf8_is_never_read_as_gb18030() {
    let mut bytes = "id,place\nA1,芒棒镇政府\n".as_bytes().to_vec();
    bytes.remove(14);
    assert!(
        encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(&bytes[..9])
            .is_some()
    );
    assert_eq!(
        error(&bytes),
        "the file is damaged UTF-8: line 2, byte 12 of the file; mend that character or save the file again as CSV UTF-8"
    );
    let marked = b"\xef\xbb\xbfid\n\xcd\xf5\n";
    assert_eq!(
        decode(marked, &Limits::standard()),
        Err(FileError::DamagedUtf8 { line: 2, offset: 6 })
    );
}

#[test]
fn what_is_no_encoding_is_named_by_its_byte() {
    assert_eq!(
        error(b"id\nJos\xe9,\n"),
        "the file is neither UTF-8 (line 2, byte 6 of the file) nor GB18030 (byte 6); save it as CSV UTF-8"
    );
    assert_eq!(
        error(b"\xff\xfei\0d\0\n\0\x00\xd8\n\0"),
        "the file is damaged UTF-16: byte 8; save it as CSV UTF-8"
    );
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    assert_eq!(
        error(b"id\nA\0\n"),
        "the file is not text: byte 4 is 0x00; save it as CSV UTF-8"
    );
    let spreadsheet = "the file is a spreadsheet; save it as CSV UTF-8 and read that";
    assert_eq!(error(b"PK\x03\x04rest"), spreadsheet);
    assert_eq!(error(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), spreadsheet);
    assert_eq!(
        error(&gzip(&gzip(b"id\n"))),
        "the file is packed twice; unpack it once"
    );
}

#[test]
fn several_members_of_gzip_are_one_file() {
    let mut bytes = gzip(b"id\nA1\n");
    bytes.extend(gzip(b"A2\n"));
    assert_eq!(Table::read(&bytes, &Limits::standard()).unwrap().len(), 2);
}

#[test]
fn gzip_cut_off_at_any_byte_is_refused() {
    let bytes = gzip(b"id\nA1\nA2\n");
    for length in 2..bytes.len() {
        let error = unpack(&bytes[..length], &Limits::standard()).unwrap_err();
        assert!(
            matches!(error, FileError::DamagedGzip { .. }),
            "{length}: {error}"
        );
    }
    assert_eq!(
        error(&bytes[..bytes.len() - 1]),
        "the file is damaged gzip (it is cut off) after 9 unpacked bytes; send or pack it again"
    );
}

#[test]
fn what_unpacks_to_more_than_the_limit_is_refused_without_being_held() {
    let bomb = gzip(&vec![b'0'; 5_000_000]);
    let limits = Limits {
        unpacked_bytes: 100_000,
        ..Limits::standard()
    };
    assert_eq!(
        unpack(&bomb, &limits).unwrap_err().to_string(),
        "the file unpacks to more than the limit unpacked_bytes of 100000; split it or raise the limit"
    );
    let exact = gzip(&vec![b'0'; 100_000]);
    assert_eq!(unpack(&exact, &limits).unwrap().len(), 100_000);
    let unpacked = unpack(&exact, &limits).unwrap().into_owned();
    assert!(unpacked.capacity() <= 100_000);
}

#[test]
fn a_file_over_its_limit_is_refused_with_both_sizes() {
    let limits = Limits {
        file_bytes: 4,
        ..Limits::standard()
    };
    assert_eq!(
        Table::read(b"id\nA1\n", &limits).unwrap_err().to_string(),
        "the file has 6 bytes, over the limit file_bytes of 4; split it or raise the limit"
    );
}

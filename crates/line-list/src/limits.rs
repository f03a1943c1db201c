//! How large an input may be before it is refused.

/// How large a file and its parts may be. Every bound is inclusive: what is exactly as
/// large as the limit is read.
///
/// A file over `file_bytes`, `unpacked_bytes`, `rows` or `columns` is refused whole; a row
/// over `row_bytes` or `cell_bytes` is refused alone and the rows after it go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it comes, packed or not.
    pub file_bytes: u64,
    /// Bytes of the file after unpacking.
    pub unpacked_bytes: u64,
    /// Rows below the header, refused ones included.
    pub rows: usize,
    /// Columns of the header.
    pub columns: usize,
    /// Bytes of one row in UTF-8, with its delimiters and quotation marks.
    pub row_bytes: usize,
    /// Bytes of one cell in UTF-8.
    pub cell_bytes: usize,
}

impl Limits {
    /// Limits that take a file of ten million rows and still refuse what no clerk wrote.
    ///
    /// | limit | value | why |
    /// |---|---|---|
    /// | `file_bytes` | 2 GiB | ten million rows of two hundred bytes |
    /// | `unpacked_bytes` | 2 GiB | the same: packing earns nothing |
    /// | `rows` | 20 million | twice the largest district |
    /// | `columns` | 4,096 | detailed exports have some hundred |
    /// | `row_bytes` | 1 MiB | longer means an unclosed quotation mark |
    /// | `cell_bytes` | 128 KiB | a spreadsheet's cell holds 32,767 characters of at most 4 bytes ([specification](https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3)) |
    #[must_use]
    pub const fn standard() -> Self {
        Self {
            file_bytes: 2 << 30,
            unpacked_bytes: 2 << 30,
            rows: 20_000_000,
            columns: 4_096,
            row_bytes: 1 << 20,
            cell_bytes: 128 << 10,
        }
    }
}

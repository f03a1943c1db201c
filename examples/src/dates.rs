//! Days, and how a file writes them, on the command line.

use chrono::NaiveDate;
use clap::ValueEnum;
use line_list::cell::{self, Dates};

/// How a file writes its dates.
#[derive(Clone, Copy, ValueEnum)]
pub enum DateOrder {
    /// 2020-02-14 alone.
    YearFirst,
    /// 14/02/2020 too.
    DayFirst,
    /// 02/14/2020 too.
    MonthFirst,
    /// Days since the end of 1899 too, as spreadsheets count.
    #[value(name = "serial-1900")]
    Serial1900,
    /// Days since 1904 too, as older spreadsheets count.
    #[value(name = "serial-1904")]
    Serial1904,
}

impl From<DateOrder> for Dates {
    fn from(order: DateOrder) -> Self {
        match order {
            DateOrder::YearFirst => Dates::YearFirst,
            DateOrder::DayFirst => Dates::DayFirst,
            DateOrder::MonthFirst => Dates::MonthFirst,
            DateOrder::Serial1900 => Dates::Serial1900,
            DateOrder::Serial1904 => Dates::Serial1904,
        }
    }
}

/// A day of the command line.
///
/// # Errors
/// Says how a day is written.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    cell::date(text).map_err(|error| error.to_string())
}

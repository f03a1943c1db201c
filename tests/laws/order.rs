//! The order of rows and files changes nothing.

use line_list::Limits;
use township_folder::{Extras, File, read, write};

use crate::support::{POLICY, all_files, evening, on, same_files};
use grid_model::AsOf;
use outbreak_response::figures_of;
use synthetic_township::scaled;

/// A stream of numbers without a pattern: Marsaglia's xorshift.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[test]
fn shuffled_rows_and_files_change_no_byte_of_any_page() {
    for seed in [3, 11] {
        let town = scaled(300, seed);
        let (township, records) = (&town.township, &town.records);
        let files = write(township, records, &town.register, &Extras::default());
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15 ^ seed);
        let mut shuffled: Vec<(String, String)> = Vec::new();
        for (name, bytes) in files {
            let text = String::from_utf8(bytes).unwrap();
            let (header, rows) = text.split_once('\n').unwrap();
            let mut rows: Vec<&str> = rows.lines().collect();
            assert!(
                rows.iter().all(|row| row.matches('"').count() % 2 == 0),
                "{name}"
            );
            numbers.shuffle(&mut rows);
            let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
            shuffled.push((name.to_string(), format!("{header}\n{rows}")));
        }
        numbers.shuffle(&mut shuffled);
        let files: Vec<File<'_>> = shuffled
            .iter()
            .map(|(name, text)| File {
                name,
                bytes: text.as_bytes(),
            })
            .collect();
        let folder = read(&files, &Limits::standard());
        assert_eq!(folder.rejected, []);
        for date in [on(2, 3), on(2, 29)] {
            let figures = figures_of(&folder.township, &folder.records, &POLICY, AsOf::on(date));
            assert_eq!(
                figures,
                figures_of(township, records, &POLICY, AsOf::on(date))
            );
            let of_town = all_files(township, records, &evening(township, records, date));
            let found = evening(&folder.township, &folder.records, date);
            let of_folder = all_files(&folder.township, &folder.records, &found);
            same_files(&format!("town {seed}, {date}"), &of_town, &of_folder);
        }
    }
}

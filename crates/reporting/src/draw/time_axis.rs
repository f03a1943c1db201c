//! Days, weeks and months from left to right, with labels that never touch.

use chrono::{Datelike, NaiveDate};

use super::canvas::{Anchor, Canvas, Style, Tenths};
use super::{colours, label};
use crate::{Language, Period, number};

/// Equal slots of time between two days, several periods to a slot where
/// there are more periods than a reader can tell apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeAxis {
    period: Period,
    first: i64,
    per_slot: i64,
    slots: i64,
    left: Tenths,
    right: Tenths,
}

impl TimeAxis {
    /// The axis from the earliest to the latest of some days.
    ///
    /// `None` where there is no day at all.
    pub(super) fn over(
        period: Period,
        days: &[NaiveDate],
        (left, right): (Tenths, Tenths),
        narrowest: Tenths,
    ) -> Option<Self> {
        let first = period.number_of(*days.iter().min()?);
        let last = period.number_of(*days.iter().max()?);
        let periods = last - first + 1;
        let most = ((right - left) / narrowest).max(1);
        let per_slot = (periods + most - 1) / most;
        Some(Self {
            period,
            first,
            per_slot,
            slots: (periods + per_slot - 1) / per_slot,
            left,
            right,
        })
    }

    pub(super) fn slots(&self) -> usize {
        usize::try_from(self.slots).unwrap_or(0)
    }

    /// The slot a day falls into.
    pub(super) fn slot(&self, day: NaiveDate) -> usize {
        let periods = self.period.number_of(day) - self.first;
        usize::try_from(periods / self.per_slot).unwrap_or(0)
    }

    /// Where a slot begins and how wide it is.
    pub(super) fn span(&self, slot: usize) -> (Tenths, Tenths) {
        let slot = i64::try_from(slot).unwrap_or(0);
        let begin = self.left + (self.right - self.left) * slot / self.slots;
        let end = self.left + (self.right - self.left) * (slot + 1) / self.slots;
        (begin, end - begin)
    }

    /// The middle of a slot.
    pub(super) fn middle(&self, slot: usize) -> Tenths {
        let (begin, wide) = self.span(slot);
        begin + wide / 2
    }

    fn begins(&self, slot: i64) -> Option<NaiveDate> {
        self.period.day_of(self.first + slot * self.per_slot)
    }

    fn label(&self, slot: i64, language: Language) -> String {
        let Some(day) = self.begins(slot) else {
            return String::new();
        };
        match (self.period, self.within_one_year()) {
            (Period::Month, _) => number::print_month(day, language),
            (_, true) => number::print_short_day(day, language),
            (_, false) => day.to_string(),
        }
    }

    fn within_one_year(&self) -> bool {
        let year = |slot| self.begins(slot).map(|day| day.year());
        year(0) == year(self.slots - 1)
    }

    /// Where ticks stand and their words, as many as fit.
    pub(super) fn marks(&self, language: Language) -> Vec<(Tenths, String)> {
        let widest = (0..self.slots.min(60))
            .map(|slot| label::width(&self.label(slot, language), label::SIZE))
            .max()
            .unwrap_or(0);
        let step = usize::try_from(self.step(widest + 120)).unwrap_or(1);
        let slots = (0..self.slots).step_by(step.max(1));
        slots
            .map(|slot| {
                let x = self.middle(usize::try_from(slot).unwrap_or(0));
                (x, self.label(slot, language))
            })
            .collect()
    }

    /// The words of ticks with their baseline at `y`, none on another.
    pub(super) fn draw_words(&self, canvas: &mut Canvas, y: Tenths, language: Language) {
        let mut free_from = 0;
        for (x, words) in self.marks(language) {
            let half = label::width(&words, label::SIZE) / 2;
            // The first and last labels are kept inside the drawing.
            let at = x.clamp(half, (canvas.width() - half).max(half));
            if at - half >= free_from {
                canvas.text(at, y, Style::quiet(Anchor::Middle), &words);
                free_from = at + half + 60;
            }
        }
    }

    /// Ticks and labels below `y`, as many as fit, and the name of the axis.
    pub(super) fn draw(&self, canvas: &mut Canvas, y: Tenths, axis: &str, language: Language) {
        for (x, _) in self.marks(language) {
            canvas.line((x, y), (x, y + 50), colours::OUTLINE);
        }
        self.draw_words(canvas, y + 190, language);
        let name = self.name(axis, language);
        let half = label::width(&name, label::SIZE) / 2;
        let middle = (self.left + self.right) / 2;
        let at = middle.clamp(half, (canvas.width() - half).max(half));
        canvas.text(at, y + 390, Style::quiet(Anchor::Middle), &name);
    }

    /// The least round number of slots between labels of some width.
    fn step(&self, room: Tenths) -> i64 {
        let slot_width = ((self.right - self.left) / self.slots).max(1);
        let rounds: &[i64] = match self.period {
            Period::Day => &[1, 2, 3, 5, 7, 14, 28],
            Period::Week => &[1, 2, 4, 8, 13, 26, 52],
            Period::Month => &[1, 2, 3, 6, 12, 24, 60],
        };
        let fits = |step: &&i64| slot_width * **step >= room;
        match rounds.iter().find(fits) {
            Some(step) => *step,
            None => (room / slot_width + 1).max(1),
        }
    }

    /// The name of the axis, with the year where the labels leave it out.
    fn name(&self, axis: &str, language: Language) -> String {
        match self.begins(0) {
            Some(day) if self.period != Period::Month && self.within_one_year() => match language {
                Language::Chinese => format!("{axis}（{}年）", day.year()),
                Language::English => format!("{axis} ({})", day.year()),
            },
            _ => axis.to_owned(),
        }
    }

    /// What a bar holds, where that is more than one period.
    pub(super) fn bin_note(&self, language: Language) -> Option<String> {
        let n = number::group_digits(self.per_slot);
        if self.per_slot == 1 {
            return None;
        }
        Some(match (language, self.period) {
            (Language::Chinese, Period::Day) => format!("每柱为{n}天"),
            (Language::Chinese, Period::Week) => format!("每柱为{n}周"),
            (Language::Chinese, Period::Month) => format!("每柱为{n}个月"),
            (Language::English, Period::Day) => format!("Each bar is {n} days"),
            (Language::English, Period::Week) => format!("Each bar is {n} weeks"),
            (Language::English, Period::Month) => format!("Each bar is {n} months"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_years_of_days_take_no_more_slots_than_fit() {
        let from = NaiveDate::from_ymd_opt(1020, 1, 1).unwrap();
        let to = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
        let axis = TimeAxis::over(Period::Day, &[from, to], (0, 6_000), 40).unwrap();
        assert!(axis.slots() <= 150 && axis.slot(to) < axis.slots());
        assert!(
            axis.bin_note(Language::English)
                .unwrap()
                .starts_with("Each bar is ")
        );
        assert!(TimeAxis::over(Period::Day, &[], (0, 6_000), 40).is_none());
    }
}

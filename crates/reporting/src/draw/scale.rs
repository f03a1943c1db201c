//! Round steps for counts, and where a count stands on its axis.

use super::canvas::{Anchor, Canvas, Style, Tenths};
use super::{colours, label};
use crate::number;

/// Counts beyond this are drawn as this; the tables print them in full.
const GREATEST_DRAWN: i64 = 1_000_000_000_000_000;

/// A scale from zero in round steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    step: i64,
    top: i64,
}

impl Scale {
    /// A scale to hold `greatest`, in at most `steps` steps of 1, 2 or 5 times
    /// a power of ten.
    pub(super) fn to(greatest: i64, steps: i64) -> Self {
        let greatest = greatest.clamp(1, GREATEST_DRAWN);
        let mut power = 1;
        let step = loop {
            if let Some(step) = [power, 2 * power, 5 * power]
                .into_iter()
                .find(|step| greatest <= steps * step)
            {
                break step;
            }
            power *= 10;
        };
        let top = (greatest + step - 1) / step * step;
        Self { step, top }
    }

    /// A scale that ends at a count, round or not.
    pub(super) fn ending_at(greatest: i64) -> Self {
        let top = greatest.clamp(1, GREATEST_DRAWN);
        Self { step: top, top }
    }

    /// The marks of the scale, from zero to its top.
    pub(super) fn marks(self) -> impl Iterator<Item = i64> {
        (0..=self.top / self.step).map(move |at| at * self.step)
    }

    /// How far along `length` a count stands.
    pub(super) fn along(self, count: i64, length: Tenths) -> Tenths {
        // Both factors are bounded, so the product fits.
        let count = i128::from(count.clamp(0, self.top));
        let far = count * i128::from(length) / i128::from(self.top);
        i64::try_from(far).unwrap_or(length)
    }

    /// The width of the widest mark.
    pub(super) fn label_width(self) -> Tenths {
        label::width(&number::group_digits(self.top), label::SIZE)
    }
}

/// The plot of a chart whose counts run upwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    pub(super) left: Tenths,
    pub(super) right: Tenths,
    pub(super) top: Tenths,
    pub(super) bottom: Tenths,
    pub(super) scale: Scale,
}

impl Plot {
    /// The height a count stands at.
    pub(super) fn y(&self, count: i64) -> Tenths {
        self.bottom - self.scale.along(count, self.bottom - self.top)
    }

    /// Grid lines with their counts, and the name of the axis above them.
    pub(super) fn draw_counts(&self, canvas: &mut Canvas, axis: &str) {
        for count in self.scale.marks() {
            let y = self.y(count);
            let stroke = if count == 0 {
                colours::OUTLINE
            } else {
                colours::GRID
            };
            canvas.line((self.left, y), (self.right, y), stroke);
            let words = number::group_digits(count);
            canvas.text(self.left - 60, y + 45, Style::quiet(Anchor::End), &words);
        }
        canvas.text(0, self.top - 220, Style::quiet(Anchor::Start), axis);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_the_greatest_count_fits() {
        for (greatest, top) in [
            (0, 1),
            (1, 1),
            (7, 8),
            (23, 25),
            (451, 500),
            (9_681, 10_000),
        ] {
            let scale = Scale::to(greatest, 5);
            assert_eq!(scale.top, top, "{greatest}");
            assert!(scale.marks().count() <= 6);
        }
        assert_eq!(Scale::to(i64::MAX, 5).top, GREATEST_DRAWN);
    }

    #[test]
    fn nothing_stands_outside_its_axis() {
        let scale = Scale::to(10, 5);
        assert_eq!(scale.along(-3, 1_000), 0);
        assert_eq!(scale.along(5, 1_000), 500);
        assert_eq!(scale.along(99, 1_000), 1_000);
    }
}

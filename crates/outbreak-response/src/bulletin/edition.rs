//! Who reads it: what the public may not see.

use reporting::{Edition, FigureValue};

/// For whom a bulletin is made, and from which count on people may be counted in public.
#[derive(Clone, Copy)]
pub(crate) struct Audience {
    pub(crate) edition: Edition,
    pub(crate) hide_under: i64,
}

impl Audience {
    /// A count of people: in public, one to four of them are not counted out.
    pub(crate) fn people(self, count: i64) -> FigureValue {
        if self.edition == Edition::Public && count > 0 && count < self.hide_under {
            FigureValue::Suppressed
        } else {
            FigureValue::Count(count)
        }
    }

    /// Counts of people of which one is the others' sum: where one is hidden and no second is, it
    /// could be worked out, so the smallest of the rest is hidden with it.
    pub(crate) fn people_that_add_up<const N: usize>(self, counts: [i64; N]) -> [FigureValue; N] {
        let mut values = counts.map(|count| self.people(count));
        let hidden = values
            .iter()
            .filter(|value| **value == FigureValue::Suppressed)
            .count();
        let rest = (0..N).filter(|&at| values[at] != FigureValue::Suppressed && counts[at] > 0);
        if hidden == 1
            && let Some(smallest) = rest.min_by_key(|&at| counts[at])
        {
            values[smallest] = FigureValue::Suppressed;
        }
        values
    }

    /// A count of people beside yesterday's: where the two tell of one to four people, yesterday's
    /// is hidden.
    pub(crate) fn people_since(self, now: i64, before: i64) -> (FigureValue, FigureValue) {
        let [before, now] = self.people_by_day([before, now]);
        (now, before)
    }

    /// Counts of people day by day: today's is said, and of the days before those from which a
    /// change of one to four people could be read off are hidden.
    pub(crate) fn people_by_day<const N: usize>(self, counts: [i64; N]) -> [FigureValue; N] {
        let mut values = [FigureValue::Suppressed; N];
        for (value, said) in values.iter_mut().zip(self.people_in_series(&counts)) {
            *value = said;
        }
        values
    }

    /// The same for a series of any length, the last day today.
    pub(crate) fn people_in_series(self, counts: &[i64]) -> Vec<FigureValue> {
        let mut next_said: Option<i64> = None;
        let mut values: Vec<FigureValue> = Vec::with_capacity(counts.len());
        for &count in counts.iter().rev() {
            let change = next_said.map_or(0, |next| (next - count).abs());
            let tells = self.edition == Edition::Public && change > 0 && change < self.hide_under;
            let value = if tells {
                FigureValue::Suppressed
            } else {
                self.people(count)
            };
            if let FigureValue::Count(said) = value {
                next_said = Some(said);
            }
            values.push(value);
        }
        values.reverse();
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public() -> Audience {
        Audience {
            edition: Edition::Public,
            hide_under: 5,
        }
    }

    #[test]
    fn the_public_learns_of_none_and_of_five_but_not_of_one_to_four() {
        let said = [0, 1, 4, 5].map(|count| public().people(count));
        use FigureValue::{Count, Suppressed};
        assert_eq!(said, [Count(0), Suppressed, Suppressed, Count(5)]);
        let internal = Audience {
            edition: Edition::Internal,
            ..public()
        };
        assert_eq!(internal.people(1), Count(1));
    }

    #[test]
    fn no_two_days_of_an_edition_tell_of_one_to_four_people() {
        use FigureValue::{Count, Suppressed};
        let said = public().people_in_series(&[0, 3, 11, 15, 20, 24, 28]);
        assert_eq!(
            said,
            [
                Count(0),
                Suppressed,
                Suppressed,
                Count(15),
                Count(20),
                Suppressed,
                Count(28)
            ]
        );
        assert_eq!(public().people_since(28, 24), (Count(28), Suppressed));
        assert_eq!(public().people_since(28, 28), (Count(28), Count(28)));
        let internal = Audience {
            edition: Edition::Internal,
            ..public()
        };
        assert_eq!(internal.people_since(28, 24), (Count(28), Count(24)));
    }

    #[test]
    fn what_is_hidden_cannot_be_worked_out_from_a_sum() {
        // Yesterday 24 and 4 more make 28: the four are told by the other two.
        use FigureValue::{Count, Suppressed};
        assert_eq!(
            public().people_that_add_up([24, 4, 0, 28]),
            [Suppressed, Suppressed, Count(0), Count(28)]
        );
        assert_eq!(
            public().people_that_add_up([24, 6, 0, 30]),
            [Count(24), Count(6), Count(0), Count(30)]
        );
    }
}

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

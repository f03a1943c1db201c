//! The user's own ids, kept once and in order.

/// Sorted, distinct keys in one stretch of memory: the position of a key is its dense number.
///
/// Ten million keys of eight bytes take 120 MB, and looking one up needs no hash whose
/// order could leak into an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    text: String,
    /// Where key `i` ends; it begins where the one before it ends.
    ends: Vec<usize>,
}

impl Keys {
    /// Keys out of any order; a key given twice is kept once.
    pub fn new<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> Self {
        let mut sorted: Vec<K> = keys.into_iter().collect();
        sorted.sort_unstable_by(|a, b| a.as_ref().cmp(b.as_ref()));
        sorted.dedup_by(|a, b| a.as_ref() == b.as_ref());
        let mut keys = Keys::default();
        for key in sorted {
            keys.text.push_str(key.as_ref());
            keys.ends.push(keys.text.len());
        }
        keys
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The key at a position; the empty text where there is none.
    pub fn key(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else {
            return "";
        };
        let start = match index.checked_sub(1) {
            Some(before) => self.ends[before],
            None => 0,
        };
        &self.text[start..end]
    }

    /// The position of a key, by binary search.
    pub fn position(&self, key: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.key(middle).cmp(key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// All keys in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|index| self.key(index))
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_stand_where_a_sorted_list_has_them(given in proptest::collection::vec("[a-c]{0,3}", 0..40)) {
            let keys = Keys::new(&given);
            let mut sorted = given.clone();
            sorted.sort();
            sorted.dedup();
            prop_assert_eq!(keys.iter().collect::<Vec<_>>(), sorted.iter().map(String::as_str).collect::<Vec<_>>());
            for asked in given.iter().chain([&"d".to_owned()]) {
                prop_assert_eq!(keys.position(asked), sorted.iter().position(|key| key == asked));
            }
        }
    }
}

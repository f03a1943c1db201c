//! Keys numbered densely, in their order.

/// Keys in order, each once; the number of a key is its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbering {
    keys: Vec<u64>,
}

impl Numbering {
    pub(super) fn new(mut keys: Vec<u64>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        keys.shrink_to_fit();
        Numbering { keys }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn keys(&self) -> &[u64] {
        &self.keys
    }

    pub(super) fn of(&self, key: u64) -> Option<u32> {
        u32::try_from(self.keys.binary_search(&key).ok()?).ok()
    }

    pub(super) fn key(&self, number: u32) -> u64 {
        self.keys.get(number as usize).copied().unwrap_or_default()
    }

    /// A way to number many rows.
    pub(super) fn lookup(&self) -> Lookup<'_> {
        let first = self.keys.first().copied().unwrap_or_default();
        let last = self.keys.last().copied().unwrap_or_default();
        // Keys that lie close together, as most people's do, are looked up in a table: one step
        // instead of one for each halving. The table is never larger than four times the keys.
        let width = usize::try_from(last - first).unwrap_or(usize::MAX);
        let mut table = Vec::new();
        if width / 4 < self.keys.len() {
            table.resize(width + 1, 0);
            for (number, key) in (0u32..).zip(&self.keys) {
                if let Some(place) = place(first, *key).and_then(|place| table.get_mut(place)) {
                    *place = number;
                }
            }
        }
        Lookup {
            keys: &self.keys,
            first,
            table,
        }
    }
}

fn place(first: u64, key: u64) -> Option<usize> {
    usize::try_from(key.checked_sub(first)?).ok()
}

/// The numbers of keys that are known to be among those numbered.
pub(super) struct Lookup<'a> {
    keys: &'a [u64],
    first: u64,
    table: Vec<u32>,
}

impl Lookup<'_> {
    /// The number of a key; of one that was not numbered, any.
    pub(super) fn of(&self, key: u64) -> u32 {
        let known = place(self.first, key).and_then(|place| self.table.get(place));
        match known {
            Some(&number) => number,
            None => u32::try_from(self.keys.partition_point(|&other| other < key)).unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_and_scattered_keys_are_numbered_in_their_order() {
        for keys in [
            vec![7, 5, 9, 5],
            vec![0, u64::MAX, 1 << 40],
            vec![u64::MAX - 2, u64::MAX],
        ] {
            let numbering = Numbering::new(keys.clone());
            let lookup = numbering.lookup();
            for key in keys {
                let number = numbering
                    .of(key)
                    .map(|number| (number, numbering.key(number)));
                assert_eq!(number, Some((lookup.of(key), key)));
            }
            assert_eq!(numbering.of(3), None);
        }
        assert_eq!(Numbering::default().of(0), None);
    }
}

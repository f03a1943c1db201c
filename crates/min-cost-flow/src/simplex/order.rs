//! In which order arcs are searched.

/// Arcs in the order in which they are searched: strides apart, so that a block holds arcs
/// from all over the network, and not only those of a few neighbouring nodes. With strides as long
/// as a block, each block passes the whole network; shorter ones cost up to three times as much.
pub(super) fn strided(arcs: usize) -> impl Iterator<Item = usize> {
    let stride = stride(arcs);
    (0..stride).flat_map(move |first| (first..arcs).step_by(stride))
}

fn stride(arcs: usize) -> usize {
    arcs.isqrt().max(10)
}

/// Where in that order the first of so many arcs comes, then the second and so on.
pub(super) fn strided_places(arcs: usize) -> impl FnMut() -> usize {
    let stride = stride(arcs);
    let of_run = |first: usize| arcs / stride + usize::from(first < arcs % stride);
    let mut next: Vec<usize> = (0..stride)
        .scan(0, |begin, first| {
            Some(std::mem::replace(begin, *begin + of_run(first)))
        })
        .collect();
    let mut run = 0;
    move || {
        let place = next[run];
        next[run] += 1;
        run = if run + 1 == stride { 0 } else { run + 1 };
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_are_laid_where_strides_leave_them() {
        for count in [0, 1, 9, 10, 11, 99, 100, 101, 1_000, 1_023, 1_024, 1_025] {
            let mut laid = vec![0; count];
            let mut places = strided_places(count);
            for arc in 0..count {
                laid[places()] = arc;
            }
            let order: Vec<usize> = strided(count).collect();
            assert_eq!(laid, order, "{count} arcs");
        }
    }
}

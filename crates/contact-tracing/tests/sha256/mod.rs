//! SHA-256 as FIPS 180-4 has it, for the digests of the published answers.

/// The first 32 bits of the fraction of the square or cube root of a prime.
fn root_fraction(prime: u32, cube: bool) -> u32 {
    // Bisection on integers: the greatest r with r² ≤ p·2⁶⁴, or r³ ≤ p·2⁹⁶ by the quotient.
    let (mut low, mut high) = (0u128, 1u128 << 40);
    while high - low > 1 {
        let middle = low.midpoint(high);
        let fits = if cube {
            // r³ ≤ p·2⁹⁶, without leaving 128 bits: r² ≤ ⌊p·2⁹⁶ / r⌋.
            middle * middle <= (u128::from(prime) << 96) / middle
        } else {
            middle * middle <= u128::from(prime) << 64
        };
        if fits { low = middle } else { high = middle }
    }
    u32::try_from(low & 0xffff_ffff).unwrap()
}

fn primes(how_many: usize) -> Vec<u32> {
    let is_prime = |n: &u32| (2..*n).all(|divisor| !n.is_multiple_of(divisor));
    (2..).filter(is_prime).take(how_many).collect()
}

fn mix(state: &mut [u32; 8], block: &[u8], constants: &[u32]) {
    let words = block.chunks(4);
    let mut w: Vec<u32> = words
        .map(|b| u32::from_be_bytes(b.try_into().unwrap()))
        .collect();
    for i in 16..64 {
        let (x, y) = (w[i - 15], w[i - 2]);
        let s0 = x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3);
        let s1 = y.rotate_right(17) ^ y.rotate_right(19) ^ (y >> 10);
        w.push(
            w[i - 16]
                .wrapping_add(s0)
                .wrapping_add(w[i - 7])
                .wrapping_add(s1),
        );
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (word, constant) in w.iter().zip(constants) {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & f) ^ (!e & g);
        let first = h.wrapping_add(s1).wrapping_add(choice);
        let first = first.wrapping_add(*constant).wrapping_add(*word);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let second = s0.wrapping_add((a & b) ^ (a & c) ^ (b & c));
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(second));
    }
    for (sum, part) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *sum = sum.wrapping_add(part);
    }
}

/// The digest of a text, the first 16 hexadecimal digits of it.
pub(crate) fn digest(text: &str) -> String {
    let primes = primes(64);
    let constants: Vec<u32> = primes.iter().map(|&p| root_fraction(p, true)).collect();
    let mut state = [0; 8];
    for (word, &prime) in state.iter_mut().zip(&primes) {
        *word = root_fraction(prime, false);
    }
    let mut bytes = text.as_bytes().to_vec();
    let bits = u64::try_from(bytes.len()).unwrap() * 8;
    bytes.push(0x80);
    while bytes.len() % 64 != 56 {
        bytes.push(0);
    }
    bytes.extend(bits.to_be_bytes());
    for block in bytes.chunks(64) {
        mix(&mut state, block, &constants);
    }
    format!("{:08x}{:08x}", state[0], state[1])
}

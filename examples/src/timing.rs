//! How long reading, building and solving took, for `--timing`.

use std::time::Instant;

/// Times the stretches of a program one after the other.
pub struct Stopwatch {
    last: Instant,
    laps: Vec<(&'static str, f64)>,
}

impl Default for Stopwatch {
    fn default() -> Self {
        Stopwatch {
            last: Instant::now(),
            laps: Vec::new(),
        }
    }
}

impl Stopwatch {
    /// Ends a stretch and gives it a name, such as `read_ms`.
    pub fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps
            .push((name, now.duration_since(self.last).as_secs_f64() * 1000.0));
        self.last = now;
    }

    /// One JSON line on stderr.
    pub fn say(&self) {
        let laps: Vec<String> = self
            .laps
            .iter()
            .map(|(name, ms)| format!("\"{name}\":{ms:.1}"))
            .collect();
        eprintln!("{{{}}}", laps.join(","));
    }
}

//! A sign of life on stderr where something takes over a second and someone looks on.

use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::ProgressBar;

/// A spinner that shows itself after a second, on a terminal alone, and goes when dropped.
pub struct Progress {
    done: Option<Sender<()>>,
    waiting: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins something.
    pub fn of(what: &'static str) -> Self {
        let (done, is_done) = channel::<()>();
        let waiting = std::thread::spawn(move || {
            if is_done.recv_timeout(Duration::from_secs(1)).is_ok() {
                return;
            }
            let spinner = ProgressBar::new_spinner().with_message(what);
            spinner.enable_steady_tick(Duration::from_millis(200));
            // Whether it is said or the sender is gone, it is over.
            let _ = is_done.recv();
            spinner.finish_and_clear();
        });
        Progress {
            done: Some(done),
            waiting: Some(waiting),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            let _ = done.send(());
        }
        if let Some(waiting) = self.waiting.take() {
            let _ = waiting.join();
        }
    }
}

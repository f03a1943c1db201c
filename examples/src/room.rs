//! One room alone on a township folder: what the programs `pair`, `jobs` and `tasks` share.

use clap::ValueEnum;
use reporting::{Language, List, list_to_csv};

use crate::outcome::{Failure, print};
use crate::progress::Progress;
use crate::timing::Stopwatch;
use crate::township::{Evening, FolderArgs};

/// What a room is told beside the list that is wanted.
#[derive(clap::Args)]
pub struct RoomArgs {
    #[command(flatten)]
    folder: FolderArgs,
    /// In which language the cells are written; headers and ids are the same in both.
    /// Example: --lang zh
    #[arg(long, value_enum, default_value_t = Words::En)]
    lang: Words,
}

/// A language, as the command line names it.
#[derive(Clone, Copy, ValueEnum)]
pub enum Words {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<Words> for Language {
    fn from(words: Words) -> Self {
        match words {
            Words::Zh => Language::Chinese,
            Words::En => Language::English,
        }
    }
}

/// What a room found.
pub struct Found {
    /// Its lists, of which one is printed.
    pub lists: Vec<List>,
    /// What it comes to, a line each.
    pub said: Vec<String>,
}

/// Reads the folder, asks the room, prints one of its lists and says what it comes to.
///
/// # Errors
/// Names the file that cannot be used, or says why the room has no answer.
pub fn run(
    args: &RoomArgs,
    list: &str,
    ask: impl FnOnce(&Evening, &mut Stopwatch) -> Result<Found, Failure>,
) -> Result<(), Failure> {
    let mut watch = Stopwatch::default();
    let evening = args.folder.open(&mut watch)?;
    let found = {
        let _progress = Progress::of("asking the room");
        ask(&evening, &mut watch)?
    };
    watch.lap("solve_ms");
    let of_name = found.lists.iter().find(|one| one.key == list);
    let wanted = of_name.ok_or_else(|| Failure::Usage(format!("--list {list}: no such list")))?;
    print(&list_to_csv(wanted, args.lang.into()));
    for line in found.said {
        eprintln!("{line}");
    }
    args.folder.say_timing(&watch);
    Ok(())
}

//! Closed lists of words, each with the spelling it has in a file.

/// Makes an enumeration of the field's words with the spelling each has in a table.
///
/// ```
/// grid_model::words! {
///     /// How a visit ended.
///     pub enum Outcome {
///         /// Someone was there.
///         Seen = "seen",
///         /// Nobody was there.
///         Missed = "missed",
///     }
/// }
/// assert_eq!(Outcome::parse("missed"), Some(Outcome::Missed));
/// assert_eq!(Outcome::Seen.word(), "seen");
/// assert_eq!(Outcome::WORDS, ["seen", "missed"]);
/// ```
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$case_doc:meta])* $case:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$case_doc])* $case,)+ }

        impl $name {
            /// All of them, in the order of this list.
            pub const ALL: &'static [$name] = &[$($name::$case,)+];
            /// The words a table may hold, in the order of [`Self::ALL`].
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word as a table has it.
            pub fn word(self) -> &'static str {
                match self { $($name::$case => $word,)+ }
            }

            /// The case with this word, if it is one of the list.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$case),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

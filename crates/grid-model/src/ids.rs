//! Dense numbers for what a township is made of.
//!
//! They are numbered in the order of the user's own keys, so that shuffled rows give the same
//! numbers, and they are never written out: what leaves a program is the key.

/// Makes a dense number: the rank of a key among all keys of its kind.
///
/// ```
/// grid_model::dense_id!(
///     /// A bed's dense number.
///     BedId
/// );
/// assert_eq!(BedId::from_index(7).map(BedId::index), Some(7));
/// ```
#[macro_export]
macro_rules! dense_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The id with this number, if the number fits.
            pub fn from_index(index: usize) -> Option<Self> {
                u32::try_from(index).ok().map(Self)
            }

            /// The number, for use as an index into a column.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

crate::dense_id!(
    /// A place in the area tree.
    AreaId
);
crate::dense_id!(
    /// A household, which is a dwelling: it may be vacant.
    HouseholdId
);
crate::dense_id!(
    /// A person, of this township or of elsewhere.
    PersonId
);
crate::dense_id!(
    /// A grid: the areas one lead answers for.
    GridId
);
crate::dense_id!(
    /// A checkpoint on a road into the township.
    CheckpointId
);
crate::dense_id!(
    /// A work group of the township's headquarters.
    WorkGroupId
);
crate::dense_id!(
    /// One appointment of a person to a role.
    StaffId
);
crate::dense_id!(
    /// A standing duty with a quota.
    DutyId
);
crate::dense_id!(
    /// A place where people meet: a market, a school, a teahouse.
    VenueId
);

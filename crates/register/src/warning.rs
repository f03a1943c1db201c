//! Entries a clerk should look at.

use std::collections::HashSet;

use thiserror::Error;

use crate::mask::{holds_secret, shown};
use crate::{Entry, IdentityNumberFault, TelephoneFault, check_identity_number, check_telephone};

/// Something in an entry that is likely wrong, or that gives a person away elsewhere. It
/// prints nothing of what the entry holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum RegisterWarning {
    /// The person key, which other tables print, is itself an identity number.
    #[error(
        "person {person}: the key is itself an identity number, which every table would print; give the person another key"
    )]
    KeyIsIdentityNumber {
        /// The person key, masked.
        person: String,
    },
    /// The person key, which other tables print, is itself the person's telephone or name.
    #[error(
        "person {person}: the key holds the person's name or telephone, which every table would print; give the person another key"
    )]
    KeyHoldsSecret {
        /// The person key, masked.
        person: String,
    },
    /// The identity number is no resident identity card's.
    #[error("person {person}, identity number: {fault}; compare it with the document")]
    IdentityNumber {
        /// The person key, masked where it is a secret itself.
        person: String,
        /// What is wrong.
        fault: IdentityNumberFault,
    },
    /// The telephone cannot be called.
    #[error("person {person}, telephone: {fault}; ask for the number again")]
    Telephone {
        /// The person key, masked where it is a secret itself.
        person: String,
        /// What is wrong.
        fault: TelephoneFault,
    },
}

/// The warnings of one entry of a register with these secrets.
pub(crate) fn warnings_of(entry: &Entry, secrets: &HashSet<&str>) -> Vec<RegisterWarning> {
    let key = entry.person_key();
    let person = || shown(entry, secrets);
    let mut warnings = Vec::new();
    if matches!(
        check_identity_number(key),
        Ok(()) | Err(IdentityNumberFault::CheckCharacter)
    ) {
        warnings.push(RegisterWarning::KeyIsIdentityNumber { person: person() });
    } else if holds_secret(entry, secrets) {
        warnings.push(RegisterWarning::KeyHoldsSecret { person: person() });
    }
    if let Some(Err(fault)) = entry.identity_number().map(check_identity_number) {
        warnings.push(RegisterWarning::IdentityNumber {
            person: person(),
            fault,
        });
    }
    if let Some(Err(fault)) = entry.telephone().map(check_telephone) {
        warnings.push(RegisterWarning::Telephone {
            person: person(),
            fault,
        });
    }
    warnings
}

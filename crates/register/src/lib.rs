//! Names, identity numbers and telephones, kept where nothing else can print them.
//!
//! ```
//! use register::{Entry, Register};
//!
//! let (register, errors) = Register::build(vec![
//!     Entry::new("P1", "王小明", "11010519491231002X", "13800138000"),
//!     Entry::new("P2", "", "11010519490231002X", ""),
//! ]);
//! assert_eq!(errors, []);
//! assert_eq!(register.get("P1").and_then(Entry::name), Some("王小明"));
//! assert_eq!(format!("{register:?}"), "Register { entries: 2 }");
//! assert_eq!(
//!     register.warnings()[0].to_string(),
//!     "person P2, identity number: its day of birth is no day of the calendar; compare it with the document",
//! );
//! assert_eq!(register.without("P1").len(), 1);
//! ```
//!
//! # In reading order
//!
//! 1. [`Entry`]: what is known of a person who must be called, visited or certified.
//! 2. [`Register`]: the entries by person key; [`RegisterError`] for those refused,
//!    [`RegisterWarning`] for those to look at.
//! 3. [`check_identity_number`], [`check_telephone`]: what the warnings rest on.
//!
//! # Laws
//!
//! - No name, identity number or telephone is in any message or `Debug` of this crate; a
//!   person key that is itself one of them is masked.
//! - Nothing here can be serialised or displayed; who may see an entry asks for its
//!   fields one by one.
//!
//!   ```compile_fail,E0277
//!   let (register, _) = register::Register::build(vec![]);
//!   register.to_string();
//!   ```
//!
//! - What is kept does not depend on the order of the entries.
//!
//! # What it leaves out
//!
//! Reading and writing files, who may see what, and whether two entries are one person.

mod entry;
mod identity_number;
mod mask;
mod store;
mod telephone;
mod warning;

pub use entry::Entry;
pub use identity_number::{IdentityNumberFault, check_identity_number};
pub use store::{Register, RegisterError};
pub use telephone::{TelephoneFault, check_telephone};
pub use warning::RegisterWarning;

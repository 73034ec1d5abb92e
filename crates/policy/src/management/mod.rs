//! Management policies: types whose documents merge along the path from the root to an account.
//!
//! [`validate()`] reads a document by the grammar of its [`Kind`]. [`Inherited::merge`] merges the policies of one
//! target with those of the targets above it, so a walk from the root to an account ends with everything that the
//! account inherits. Nothing is kept between two calls. [`Inherited::effective`] is the policy that the account gets,
//! and [`effective_findings`] says why AWS would call it invalid. [`effective()`] does the whole walk.
//!
//! ```
//! use policy::management::{AttachedPolicy, Kind, effective, validate};
//!
//! let tag = |text| validate(Kind::Tag, text).unwrap();
//! let root = tag(
//!     r#"{"tags":{"CostCenter":{"tag_key":{"@@assign":"CostCenter"},"tag_value":{"@@assign":["Support"]}}}}"#,
//! );
//! let unit = tag(r#"{"tags":{"costcenter":{"tag_value":{"@@append":["Marketing"]}}}}"#);
//! let levels = [vec![AttachedPolicy::new("p-root", root)], vec![AttachedPolicy::new("p-unit", unit)]];
//! let effective = effective(Kind::Tag, &levels).unwrap();
//! let expected = r#"{"tags":{"costcenter":{"tag_key":"CostCenter","tag_value":["Support","Marketing"]}}}"#;
//! assert_eq!(effective.text(), expected);
//! ```

mod cross;
mod effective;
mod findings;
mod grammar;
mod kind;
mod merge;
mod operators;
mod shape;
mod tagging;
mod validate;
mod written;

pub use effective::{Effective, effective};
pub use findings::{EffectiveCode, EffectiveFinding, effective_findings};
pub use kind::Kind;
pub use merge::{AttachedPolicy, Inherited};
pub use tagging::{TagViolation, tag_violation};
pub use validate::validate;
pub use written::ManagementPolicy;

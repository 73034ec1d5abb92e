//! The language of the scenarios in `tests/scenarios`, whose README.md defines it, and the code that runs them.
//!
//! A scenario goes through the decoder, the engine and the encoder, without a socket. Every call is followed by a check
//! of the world's invariants. Every refusal is followed by a comparison with the world before.
//!
//! ```
//! let text = "as 111111111111\n== An organization\nCreateOrganization -> Organization.FeatureSet=ALL\n\
//!             CreateOrganization !! AlreadyInOrganizationException";
//! let cases = testkit::cases("organizations", text).unwrap();
//! let mut reached = testkit::Reached::default();
//! cases[0].run(testkit::Protocol::AwsJson, &mut reached).unwrap();
//! ```

mod cbor;
mod client;
mod coverage;
mod expectation;
mod line;
mod run;
mod suite;
mod surroundings;
mod tokens;
mod update;
mod variables;

pub use client::{BEGIN, Client, Credentials};
pub use coverage::{Reached, gaps, reason_gaps};
pub use line::{Case, cases};
pub use suite::{Finished, run_folder};
pub use wire::Protocol;

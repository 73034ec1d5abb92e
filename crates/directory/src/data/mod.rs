//! AWS Directory Service Data: the users of a Managed Microsoft AD. Groups and memberships are still to come.

mod attributes;
pub(crate) mod built_in;
mod error;
mod gate;
#[allow(clippy::pedantic)]
#[rustfmt::skip]
mod generated;
mod messages;
mod reject;
mod users;

pub use error::{Error, Result};
pub use generated::api::{read, write};
pub use reject::reject;

/// The service: what implements the trait of every resource.
pub struct Service;

impl generated::api::DirectoryServiceData for Service {}

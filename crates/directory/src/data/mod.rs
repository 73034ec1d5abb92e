//! AWS Directory Service Data: the users, groups and memberships of a Managed Microsoft AD.

mod attributes;
pub(crate) mod built_in;
mod built_in_groups;
mod error;
mod gate;
#[allow(clippy::pedantic)]
#[rustfmt::skip]
mod generated;
mod groups;
mod memberships;
mod pages;
mod passwords;
pub mod request_rates;
mod rules;
mod search;
mod tokens;
mod update;
mod users;
mod view;

pub(crate) use built_in_groups::DOMAIN_COMPUTERS;
pub use error::{Error, Result};
pub use passwords::enable_user;

/// Directory Service Data. Implements the trait of every resource, and [`::rules::Rules`].
pub struct Service;

impl generated::api::Handlers for Service {}

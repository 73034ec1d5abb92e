//! The requests that policies are evaluated for.

use std::collections::BTreeMap;

/// One action on one resource, with its principal and its condition keys.
#[derive(Clone, Copy, Debug)]
pub struct AuthorizationRequest<'a> {
    pub caller: RequestPrincipal<'a>,
    /// Such as `organizations:CreatePolicy`.
    pub action: &'a str,
    /// An ARN, or `*` for an action without a resource.
    pub resource: &'a str,
    pub context: &'a Context,
}

/// The principal of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RequestPrincipal<'a> {
    /// An unknown principal.
    Anonymous,
    /// A user, a role's session, a federated user or an account's root, by its ARN.
    Aws(&'a str),
    /// A service, such as `ds.amazonaws.com`.
    Service(&'a str),
    /// A principal of an identity provider, by the provider's name.
    Federated(&'a str),
}

/// The condition keys of a request and their values. Conditions and variables use them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Context {
    values: BTreeMap<String, Vec<String>>,
}

impl Context {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key, or replaces the key of that name. Case does not count. A key without values counts as missing.
    #[must_use]
    pub fn with<T: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.values.insert(key.to_lowercase(), values.into_iter().map(Into::into).collect());
        self
    }

    /// The values of a key. None if it is missing. `key` is in lower case.
    pub(super) fn values(&self, key: &str) -> Option<&[String]> {
        self.values.get(key).map(Vec::as_slice).filter(|values| !values.is_empty())
    }
}

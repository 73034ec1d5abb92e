//! What policies are asked about.

use std::collections::BTreeMap;

/// A request, as policies see it.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Who asks.
    pub caller: Caller<'a>,
    /// What for: `organizations:CreatePolicy`.
    pub action: &'a str,
    /// The ARN of what it is about; `*` for actions that are about nothing in particular.
    pub resource: &'a str,
    /// What conditions and variables look at.
    pub context: &'a Context,
}

/// Who asks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Caller<'a> {
    /// Nobody known.
    Anonymous,
    /// A user, a role's session, a federated user or an account's root, by its ARN.
    Aws(&'a str),
    /// A service, such as `ds.amazonaws.com`.
    Service(&'a str),
    /// Someone of an identity provider, by the provider's name.
    Federated(&'a str),
}

/// The condition keys of a request with their values.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Context {
    values: BTreeMap<String, Vec<String>>,
}

impl Context {
    /// Without keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one key more, in place of the one with the same name regardless of case. A key without values is as good as
    /// none.
    #[must_use]
    pub fn with<T: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.values.insert(key.to_lowercase(), values.into_iter().map(Into::into).collect());
        self
    }

    /// The values of a key, whose name is in lower case; none if it is missing.
    pub(super) fn values(&self, key: &str) -> Option<&[String]> {
        self.values.get(key).map(Vec::as_slice).filter(|values| !values.is_empty())
    }
}

//! What is known of an operation before it is called.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::schema::{Checked, Shape};

/// One of the four services.
#[derive(Debug)]
pub struct Service {
    /// The endpoint prefix, which also names the service in a signature's scope: `organizations`, `ds`, `ds-data`,
    /// `sts`.
    pub id: &'static str,
    /// The name of the generated super-trait.
    pub name: &'static str,
    /// What stands before the dot in `X-Amz-Target`; empty for services that are not called that way.
    pub target_prefix: &'static str,
    /// The Smithy namespace, which CBOR errors carry.
    pub namespace: &'static str,
    /// The API version.
    pub version: &'static str,
    /// Every operation, in alphabetical order.
    pub operations: &'static [Operation],
}

impl PartialEq for Service {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Service {
    /// The operation of that name.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        let found = self.operations.binary_search_by(|operation| operation.name.cmp(name)).ok()?;
        Some(&self.operations[found])
    }
}

/// One operation: facts of the model, and of the overlay beside it.
pub struct Operation {
    /// The service that it belongs to.
    pub service: &'static Service,
    /// AWS's name.
    pub name: &'static str,
    /// Its place in the service's table.
    pub index: usize,
    /// The path of the REST protocol; `/` for the others.
    pub path: &'static str,
    /// The input, a structure.
    pub input: &'static Shape,
    /// Whether the model gives it an output at all.
    pub output: bool,
    /// The names of the errors that the model lists for it.
    pub errors: &'static [&'static str],
    /// Whether it changes the world.
    pub access: Access,
    /// Who may call it.
    pub callers: Callers,
    /// Whether the caller's organization must have all features enabled.
    pub all_features: bool,
    /// Whether it is answered yet.
    pub state: State,
    /// Whether AWS takes it without credentials.
    pub unsigned: bool,
    /// The file that answers it.
    pub resource: &'static str,
    /// Where access and callers are documented.
    pub source: &'static str,
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service.id, self.name)
    }
}

impl PartialEq for Operation {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Whether an operation changes the world.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Access {
    /// It is answered from a view.
    Read,
    /// It is answered by a transaction.
    Write,
}

/// Who may call an operation (Organizations user guide, "who may call which action"; the other services let anyone).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Callers {
    /// Any account.
    Anyone,
    /// An account that is in no organization; the handler refuses the others with an error of its own.
    Standalone,
    /// Any account of an organization.
    Organization,
    /// The management account, or a member that is delegated administrator of some service.
    Delegated,
    /// The management account, or whoever the organization's resource policy allows.
    ResourcePolicy,
    /// The management account.
    Management,
}

/// How far an operation has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// It is answered, with AWS's rules.
    Implemented,
    /// It is decoded and validated, and then refused with an error that names it.
    Planned,
}

impl State {
    /// The word in the table of operations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Implemented => "implemented",
            Self::Planned => "planned",
        }
    }
}

/// Makes one typed input out of whatever the protocol brought.
pub trait Decoder {
    /// Why there is no input.
    type Error;

    /// Decodes the input, whose members hold to the table of limits.
    fn decode<T: DeserializeOwned + Checked>(self) -> Result<T, Self::Error>;
}

//! What is known of an operation before it is called.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::schema::{Checked, Shape};
use crate::{SERVICES, ServiceId};

/// The facts of a service.
#[derive(Debug)]
pub struct ServiceModel {
    /// Which service it is.
    pub id: ServiceId,
    /// Its name in a signature's scope; mostly the endpoint prefix.
    pub signing_name: &'static str,
    /// The protocols that it speaks.
    pub protocols: &'static [Protocol],
    /// What stands before the dot in `X-Amz-Target`, and in the path of CBOR; empty for services that speak neither.
    pub target_prefix: &'static str,
    /// The Smithy namespace, which CBOR errors carry.
    pub namespace: &'static str,
    /// The namespace of answers in XML; empty for services that do not speak Query.
    pub xml_namespace: &'static str,
    /// The API version.
    pub version: &'static str,
    /// Whether its errors end with the request's id, and have it as a member too.
    pub errors_repeat_request_id: bool,
    /// Every operation, in alphabetical order.
    pub operations: &'static [Operation],
}

/// A protocol of AWS's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Protocol {
    /// AWS JSON 1.1.
    AwsJson,
    /// Smithy RPC v2 CBOR.
    RpcCbor,
    /// REST JSON.
    RestJson,
    /// Query, with answers in XML.
    AwsQuery,
}

impl PartialEq for ServiceModel {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl ServiceModel {
    /// The operation of that name.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        let found = self.operations.binary_search_by(|operation| operation.name.cmp(name)).ok()?;
        Some(&self.operations[found])
    }

    /// Whether it speaks a protocol.
    pub fn speaks(&self, protocol: Protocol) -> bool {
        self.protocols.contains(&protocol)
    }
}

/// The endpoint prefix.
impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How many operations the services have.
pub fn operation_count() -> usize {
    SERVICES.iter().map(|service| service.operations.len()).sum()
}

/// The operation of that name, which may begin with its service, as in `ds:ListTagsForResource`: of the `preferred`
/// service, or else of the only one that has it.
///
/// # Errors
/// When there is none, or there are several; the text says so.
pub fn operation_named(preferred: Option<&str>, name: &str) -> Result<&'static Operation, String> {
    let of = |id: &str, name: &str| SERVICES.iter().find(|service| service.id.as_str() == id)?.operation(name);
    if let Some((id, name)) = name.split_once(':') {
        return of(id, name).ok_or_else(|| format!("{id} has no operation {name}"));
    }
    let all: Vec<&Operation> = SERVICES.iter().filter_map(|service| service.operation(name)).collect();
    match (preferred.and_then(|id| of(id, name)), all.as_slice()) {
        (Some(found), _) => Ok(found),
        (None, [only]) => Ok(only),
        (None, []) => Err(format!("there is no operation {name}")),
        (None, _) => Err(format!("several services have an operation {name}: name one, as in ds:{name}")),
    }
}

/// One operation: facts of the model, and of the overlay beside it.
pub struct Operation {
    /// The service that it belongs to.
    pub service: &'static ServiceModel,
    /// AWS's name.
    pub name: &'static str,
    /// Its place in the service's table.
    pub index: usize,
    /// The HTTP method of the REST protocol.
    pub method: &'static str,
    /// The path of the REST protocol; `/` for the others.
    pub path: &'static str,
    /// The input, a structure.
    pub input: &'static Shape,
    /// Whether the model gives it an output at all.
    pub output: bool,
    /// The names of the errors that the model lists for it.
    pub errors: &'static [&'static str],
    /// The actions that policies have to allow a caller, such as `ds:ShareDirectory`; none where no policy is asked.
    pub actions: &'static [&'static str],
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

/// The name with its service, as in `ds:ListTagsForResource`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service.id, self.name)
    }
}

/// The same: the service's table of operations has this one in it, and would never end.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
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

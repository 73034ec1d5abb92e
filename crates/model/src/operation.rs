//! The facts of services and operations.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::schema::{Checked, Shape};
use crate::{SERVICES, ServiceId};

/// The facts of a service.
#[derive(Debug)]
pub struct ServiceModel {
    /// The service.
    pub id: ServiceId,
    /// The name in a signature's scope. It is mostly the endpoint prefix.
    pub signing_name: &'static str,
    /// The protocols that the service speaks.
    pub protocols: &'static [Protocol],
    /// The text before the dot in `X-Amz-Target`, which the path of CBOR has too. Empty for services that speak
    /// neither.
    pub target_prefix: &'static str,
    /// The Smithy namespace. CBOR errors carry it.
    pub namespace: &'static str,
    /// The namespace of XML answers. Empty for services that do not speak Query.
    pub xml_namespace: &'static str,
    /// The API version.
    pub version: &'static str,
    /// Whether messages of errors end with the request's id, and errors have it as a member too.
    pub errors_repeat_request_id: bool,
    /// All operations, in alphabetical order.
    pub operations: &'static [Operation],
}

/// A protocol of AWS.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Protocol {
    /// AWS JSON 1.1.
    AwsJson,
    /// Smithy RPC v2 CBOR.
    RpcCbor,
    /// REST JSON.
    RestJson,
    /// AWS Query, with answers in XML.
    AwsQuery,
}

impl PartialEq for ServiceModel {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl ServiceModel {
    /// The operation with this name.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        let found = self.operations.binary_search_by(|operation| operation.name.cmp(name)).ok()?;
        Some(&self.operations[found])
    }

    /// Whether the service speaks a protocol.
    pub fn speaks(&self, protocol: Protocol) -> bool {
        self.protocols.contains(&protocol)
    }
}

/// Writes the endpoint prefix.
impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The number of operations of all services.
pub fn operation_count() -> usize {
    SERVICES.iter().map(|service| service.operations.len()).sum()
}

/// The operation with this name. The name may begin with a service, as in `ds:ListTagsForResource`. Else the
/// `preferred` service counts, and then the only service that has the operation.
///
/// # Errors
/// A text, when no operation or several have the name.
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

/// One operation: the facts of its model and of the overlay.
pub struct Operation {
    /// The service that has the operation.
    pub service: &'static ServiceModel,
    /// AWS's name.
    pub name: &'static str,
    /// The index in [`ServiceModel::operations`].
    pub index: usize,
    /// The HTTP method of the REST protocol.
    pub method: &'static str,
    /// The path of the REST protocol. The others have `/`.
    pub path: &'static str,
    /// The input, a structure.
    pub input: &'static Shape,
    /// Whether the model has an output for it.
    pub output: bool,
    /// The names of the errors that the model lists for it.
    pub errors: &'static [&'static str],
    /// The actions that policies have to allow, such as `ds:ShareDirectory`. Empty for operations that policies do not
    /// govern.
    pub actions: &'static [&'static str],
    /// Whether the operation changes the world.
    pub access: Access,
    /// Who may call it.
    pub callers: Callers,
    /// Whether the caller's organization must have all features enabled.
    pub all_features: bool,
    /// Whether orgdir answers the operation.
    pub state: State,
    /// Whether AWS accepts the operation without credentials.
    pub unsigned: bool,
    /// The file of the handler, without its ending.
    pub resource: &'static str,
    /// The source of `access` and `callers`.
    pub source: &'static str,
}

/// Writes the name with its service, as in `ds:ListTagsForResource`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service.id, self.name)
    }
}

/// Writes the name only. The fields lead back to this operation, and would never end.
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
    /// It does not. The handler gets a view.
    Read,
    /// It does. The handler gets a transaction.
    Write,
}

/// The accounts that may call an operation (Organizations User Guide, "who may call which action"). The other services
/// let all accounts call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Callers {
    /// Any account.
    Anyone,
    /// An account outside any organization. The handler has an error of its own for the others.
    Standalone,
    /// Any account of an organization.
    Organization,
    /// The management account, or a member that is a delegated administrator of any service.
    Delegated,
    /// The management account, or a caller whom the organization's resource policy allows.
    ResourcePolicy,
    /// The management account.
    Management,
}

/// Whether orgdir answers an operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// A handler answers it by AWS's rules.
    Implemented,
    /// The request is decoded and validated. The answer is an error that says that the operation is planned.
    Planned,
}

impl State {
    /// The word in lists of operations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Implemented => "implemented",
            Self::Planned => "planned",
        }
    }
}

/// Decodes the typed input of a request, in one protocol.
pub trait Decoder {
    /// The error for bytes that are not an input.
    type Error;

    /// Decodes the input and checks its members against the table of limits.
    fn decode<T: DeserializeOwned + Checked>(self) -> Result<T, Self::Error>;
}

//! A request or response of any of the four services.

use serde::{Serialize, Serializer};

use crate::operation::{Operation, Service};
use crate::{ds, ds_data, organizations, sts};

/// The four services.
pub static SERVICES: [&Service; 4] = [&organizations::SERVICE, &ds::SERVICE, &ds_data::SERVICE, &sts::SERVICE];

/// How many operations the four services have.
pub fn operation_count() -> usize {
    SERVICES.iter().map(|service| service.operations.len()).sum()
}

/// The operation of that name, which may begin with its service, as in `ds:ListTagsForResource`: of the `preferred`
/// service, or else of the only one that has it.
///
/// # Errors
/// When there is none, or there are several; the text says so.
pub fn operation_named(preferred: Option<&str>, name: &str) -> Result<&'static Operation, String> {
    let of = |id: &str, name: &str| SERVICES.iter().find(|service| service.id == id)?.operation(name);
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

/// A typed request.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// AWS Organizations.
    Organizations(organizations::Request),
    /// AWS Directory Service.
    Directory(ds::Request),
    /// AWS Directory Service Data.
    DirectoryData(ds_data::Request),
    /// AWS STS.
    Sts(sts::Request),
}

impl Request {
    /// The operation that is asked for.
    pub fn operation(&self) -> &'static Operation {
        match self {
            Self::Organizations(request) => request.operation(),
            Self::Directory(request) => request.operation(),
            Self::DirectoryData(request) => request.operation(),
            Self::Sts(request) => request.operation(),
        }
    }

    /// The text, id or word of a member of the input; none for what is sensitive, and for what is inside structures and
    /// lists.
    pub fn text(&self, member: &str) -> Option<String> {
        match self {
            Self::Organizations(request) => request.text(member),
            Self::Directory(request) => request.text(member),
            Self::DirectoryData(request) => request.text(member),
            Self::Sts(request) => request.text(member),
        }
    }

    /// Decodes the input of `operation`.
    pub fn decode<D: crate::Decoder>(operation: &Operation, decoder: D) -> Result<Self, D::Error> {
        match operation.service.id {
            "organizations" => organizations::Request::decode(operation, decoder).map(Self::Organizations),
            "ds" => ds::Request::decode(operation, decoder).map(Self::Directory),
            "ds-data" => ds_data::Request::decode(operation, decoder).map(Self::DirectoryData),
            _ => sts::Request::decode(operation, decoder).map(Self::Sts),
        }
    }
}

/// A typed response.
#[derive(Clone, Debug, PartialEq)]
pub enum Response {
    /// AWS Organizations.
    Organizations(organizations::Response),
    /// AWS Directory Service.
    Directory(ds::Response),
    /// AWS Directory Service Data.
    DirectoryData(ds_data::Response),
    /// AWS STS.
    Sts(sts::Response),
}

impl Response {
    /// Names the request in the only answer that has a member for its id.
    pub fn set_request_id(&mut self, request_id: &str) {
        if let Self::Directory(ds::Response::UpdateTrust(output)) = self {
            output.request_id = Some(request_id.to_owned());
        }
    }
}

impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Organizations(response) => response.serialize(serializer),
            Self::Directory(response) => response.serialize(serializer),
            Self::DirectoryData(response) => response.serialize(serializer),
            Self::Sts(response) => response.serialize(serializer),
        }
    }
}

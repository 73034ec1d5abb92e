//! The way from a request to the service that answers it.

use model::{Operation, Refusal, Request, Response, Service, Violation};
use world::{Tx, View, World};

use crate::faults::Failure;
use crate::permissions;

/// Whether the caller may make the request at all.
pub fn authorize(view: &View<'_>, request: &Request) -> Result<(), Refusal> {
    permissions::require(view, request)?;
    match request {
        Request::Organizations(request) => Ok(organizations::authorize(view, request)?),
        _ => Ok(()),
    }
}

/// Answers an operation that only reads.
pub fn read(view: &View<'_>, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Organizations(request) => {
            Response::Organizations(organizations::read::<organizations::Service>(view, request)?)
        }
        Request::Directory(request) => Response::Directory(directory::read::<directory::Service>(view, request)?),
        Request::DirectoryData(request) => {
            Response::DirectoryData(directory::data::read::<directory::data::Service>(view, request)?)
        }
        Request::Sts(request) => Response::Sts(identity::read::<identity::Service>(view, request)?),
    })
}

/// Answers an operation that writes.
pub fn write(tx: &mut Tx<'_>, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Organizations(request) => {
            Response::Organizations(organizations::write::<organizations::Service>(tx, request)?)
        }
        Request::Directory(request) => Response::Directory(directory::write::<directory::Service>(tx, request)?),
        Request::DirectoryData(request) => {
            Response::DirectoryData(directory::data::write::<directory::data::Service>(tx, request)?)
        }
        Request::Sts(request) => Response::Sts(identity::write::<identity::Service>(tx, request)?),
    })
}

/// Lets what a call started, which set its timers after a number, fail later, whatever the rules say.
pub fn fail_later(world: &mut World, sequence: u64, operation: &Operation, response: &Response, failure: Failure) {
    match (failure, response) {
        (Failure::NoAccount(reason), Response::Organizations(response)) => {
            organizations::fail_creation(world, response, reason);
        }
        (Failure::Ending(status, reason), _) => {
            directory::fail_later(world, sequence, operation.name, status, reason.as_deref());
        }
        _ => {}
    }
}

/// How a service refuses an input that breaks the model's limits.
pub fn reject(service: &Service, violations: &[Violation]) -> Refusal {
    match service.id {
        "organizations" => organizations::reject(violations),
        "ds" => directory::reject(violations),
        "ds-data" => directory::data::reject(violations),
        _ => identity::reject(violations),
    }
}

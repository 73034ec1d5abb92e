//! Finds the services of a protocol, and the service that a request means.

use model::{Operation, Protocol, SERVICES, ServiceModel};

use crate::received::Received;
use crate::scope;

/// The services that speak a protocol.
pub fn with_protocol(protocol: Protocol) -> impl Iterator<Item = &'static ServiceModel> {
    SERVICES.into_iter().filter(move |service| service.speaks(protocol))
}

/// The service that a request is signed for, if orgdir serves it.
pub fn signed_for(received: &Received<'_>) -> Option<&'static ServiceModel> {
    let name = scope::service(received)?;
    SERVICES.into_iter().find(|service| service.signing_name == name)
}

/// The operation that a request means. Where several services have it, the signature decides. Without one the first
/// service counts.
pub fn choose(
    received: &Received<'_>,
    mut found: impl Iterator<Item = &'static Operation>,
) -> Option<&'static Operation> {
    let first = found.next()?;
    let others: Vec<_> = found.collect();
    if others.is_empty() {
        return Some(first);
    }
    let signed_for = signed_for(received);
    let is_signed_for = |operation: &&Operation| Some(operation.service) == signed_for;
    Some(others.into_iter().find(is_signed_for).filter(|_| Some(first.service) != signed_for).unwrap_or(first))
}

/// The XML namespace of an answer to a request that names no operation: that of the service in its signature, or else
/// of the first service that speaks Query.
// Inferred: AWS has one endpoint for each service, and it would decide. Here all services have one endpoint.
pub fn xml_namespace(received: &Received<'_>) -> &'static str {
    let signed_for = signed_for(received).filter(|service| service.speaks(Protocol::AwsQuery));
    let service = signed_for.or_else(|| with_protocol(Protocol::AwsQuery).next());
    service.map_or("", |service| service.xml_namespace)
}

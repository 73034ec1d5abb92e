//! Checks that a service has all that its protocols need, and uses nothing that `wire` has no code for.

use crate::facts::{Metadata, ShapeFacts};
use crate::model::Model;
use crate::service;

/// Checks the protocols of a service.
///
/// # Errors
/// A text that names the first missing thing.
pub fn check(model: &Model) -> Result<(), String> {
    let Metadata { protocols, target_prefix, xml_namespace, .. } = &model.facts.metadata;
    let speaks = |name: &str| protocols.iter().any(|protocol| protocol == name);
    let require = |is_met: bool, what: &str| if is_met { Ok(()) } else { Err(format!("{}: {what}", model.id)) };
    require(!protocols.is_empty(), "the model names no protocol")?;
    for name in protocols {
        require(service::protocol(name).is_some(), &format!("wire does not speak {name}"))?;
    }
    let has_target = !target_prefix.is_empty();
    require(has_target || !(speaks("json") || speaks("smithy-rpc-v2-cbor")), "JSON and CBOR need a targetPrefix")?;
    require(!xml_namespace.is_empty() || !speaks("query"), "Query needs an xmlNamespace")?;
    for row in &model.service().rows {
        require(model.facts.shapes.contains_key(row), &format!("the model has no structure {row} to be a row"))?;
    }
    for (name, operation) in &model.facts.operations {
        let path = &operation.http.request_uri;
        require(!path.contains(['{', '?']), &format!("{name}: wire reads no members out of a path such as {path}"))?;
        let root = |shape: &Option<String>| shape.as_ref().map(|shape| model.facts.shape(shape));
        let locations = |shape: Option<&ShapeFacts>| -> Vec<String> {
            let members = shape.into_iter().flat_map(|facts| facts.members.values());
            members.filter_map(|member| member.location.clone()).collect()
        };
        let unsupported = locations(root(&operation.input)).into_iter().find(|location| location != "querystring");
        require(
            unsupported.is_none(),
            &format!("{name}: wire reads no members out of the {}", unsupported.unwrap_or_default()),
        )?;
        let unsupported = locations(root(&operation.output)).pop();
        require(
            unsupported.is_none(),
            &format!("{name}: wire writes no members into the {}", unsupported.unwrap_or_default()),
        )?;
    }
    Ok(())
}

//! What `wire` needs to know of a service so that each of its protocols works; what it has no code for is refused here.

use crate::facts::{Metadata, ShapeFacts};
use crate::model::Model;
use crate::service;

/// Whether every protocol of a service has all that it needs, in the model and in `wire`.
///
/// # Errors
/// The first thing that is missing, in words.
pub fn check(model: &Model) -> Result<(), String> {
    let Metadata { protocols, target_prefix, xml_namespace, .. } = &model.facts.metadata;
    let speaks = |name: &str| protocols.iter().any(|protocol| protocol == name);
    let require = |held: bool, what: &str| if held { Ok(()) } else { Err(format!("{}: {what}", model.id)) };
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
        let odd = locations(root(&operation.input)).into_iter().find(|location| location != "querystring");
        require(odd.is_none(), &format!("{name}: wire reads no members out of the {}", odd.unwrap_or_default()))?;
        let odd = locations(root(&operation.output)).pop();
        require(odd.is_none(), &format!("{name}: wire writes no members into the {}", odd.unwrap_or_default()))?;
    }
    Ok(())
}

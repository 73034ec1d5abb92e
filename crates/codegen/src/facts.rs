//! The facts of one service: `fixtures/model/<service>.json` (imported) and `<service>.overlay.toml` (written by hand).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::service::ServiceOverlay;

/// A service, with its operations and shapes in alphabetical order.
#[derive(Deserialize)]
pub struct Facts {
    pub metadata: Metadata,
    pub operations: BTreeMap<String, OperationFacts>,
    pub shapes: BTreeMap<String, ShapeFacts>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    pub api_version: String,
    pub protocols: Vec<String>,
    /// The name in a signature's scope, unless it is the endpoint prefix.
    pub signing_name: Option<String>,
    #[serde(default)]
    pub target_prefix: String,
    #[serde(default)]
    pub xml_namespace: String,
}

#[derive(Deserialize)]
pub struct OperationFacts {
    pub http: Http,
    pub input: Option<String>,
    pub output: Option<String>,
    pub errors: Vec<String>,
    #[serde(default)]
    pub unsigned: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Http {
    pub method: String,
    pub request_uri: String,
}

#[derive(Default, Deserialize)]
pub struct ShapeFacts {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub required: Vec<String>,
    #[serde(default)]
    pub members: BTreeMap<String, MemberFacts>,
    pub member: Option<MemberFacts>,
    pub key: Option<MemberFacts>,
    pub value: Option<MemberFacts>,
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub pattern: Option<String>,
    #[serde(rename = "enum", default)]
    pub values: Vec<String>,
    #[serde(default)]
    pub sensitive: bool,
    #[serde(default)]
    pub exception: bool,
    pub error: Option<ErrorFacts>,
    #[serde(default)]
    pub fault: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorFacts {
    pub code: Option<String>,
    pub http_status_code: Option<u16>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberFacts {
    pub shape: String,
    pub location: Option<String>,
    pub location_name: Option<String>,
    /// Whether the member is a client token: a repeated request with the same token has no second effect.
    #[serde(default)]
    pub idempotency_token: bool,
}

/// Facts that the model does not have: a head, one block for each operation, and the shapes that have a hand-written
/// Rust type.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// The service as a whole.
    pub service: ServiceOverlay,
    /// Names of hand-written types in `model`, by shape name.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    pub operations: BTreeMap<String, OperationOverlay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationOverlay {
    /// The file of the handler, and so the trait.
    pub resource: String,
    /// `read` gives the handler a `View`, `write` a `Tx`.
    pub access: String,
    /// The accounts that may call the operation. See `model::Callers`.
    #[serde(default = "anyone")]
    pub callers: String,
    /// Whether the organization must have all features enabled.
    #[serde(default)]
    pub all_features: bool,
    /// The members of the output, if AWS writes them in another order than the alphabet's. Only XML shows it.
    #[serde(default)]
    pub output_order: Vec<String>,
    /// Whether the operation is planned, and so has no handler yet.
    #[serde(default)]
    pub planned: bool,
    /// The actions that a caller needs, if they are not just the one with the operation's name.
    pub actions: Option<Vec<String>>,
    /// The members that name resources, with the types that each may have. See `authorization::ResourceType`.
    #[serde(default)]
    pub named_resources: BTreeMap<String, OneOrMore>,
    /// The condition keys whose values a request has.
    #[serde(default)]
    pub condition_keys: BTreeMap<String, KeySource>,
    /// The source of `access` and `callers`.
    pub source: String,
}

/// A name, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::More(names) => names,
        }
    }
}

/// The source of a condition key's value.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum KeySource {
    /// Members of the input. The first one that is present counts.
    Members(OneOrMore),
    /// A constant.
    Value { value: String },
}

fn anyone() -> String {
    "anyone".to_owned()
}

impl Facts {
    /// Reads the imported facts of a service.
    pub fn read(folder: &Path, service: &str) -> Result<Self, String> {
        let path = folder.join(format!("{service}.json"));
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
    }

    pub fn shape(&self, name: &str) -> &ShapeFacts {
        self.shapes.get(name).unwrap_or_else(|| panic!("the model names a shape that it does not have: {name}"))
    }
}

impl Overlay {
    /// Reads the overlay of a service, and compares its operations with those of the model.
    pub fn read(folder: &Path, service: &str, facts: &Facts) -> Result<Self, String> {
        let path = folder.join(format!("{service}.overlay.toml"));
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let overlay: Self = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
        for name in facts.operations.keys() {
            if !overlay.operations.contains_key(name) {
                return Err(format!("{}: add a block [operations.{name}]", path.display()));
            }
        }
        for name in overlay.operations.keys() {
            if !facts.operations.contains_key(name) {
                return Err(format!("{}: the model has no operation {name}", path.display()));
            }
        }
        Ok(overlay)
    }
}

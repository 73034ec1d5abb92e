//! The head `[service]` of an overlay.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// Facts of a service as a whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceOverlay {
    /// The variant in `ServiceId`, `Request` and `Response`.
    pub name: String,
    /// The Rust module of the service's `Service`, such as `directory::data`.
    pub path: String,
    /// The Smithy namespace. CBOR errors carry it, and botocore leaves it out.
    pub namespace: String,
    /// The position in lists of services, from 1.
    pub order: u32,
    /// Whether messages of errors end with the request's id, and errors have it as a member too.
    #[serde(default)]
    pub errors_repeat_request_id: bool,
    /// The structures that lists have as rows, and whose JSON the world keeps; see `model::Row`.
    #[serde(default)]
    pub rows: Vec<String>,
}

impl ServiceOverlay {
    /// The file of the generated traits, below the root of the checkout.
    pub fn api(&self) -> String {
        let (package, modules) = self.path.split_once("::").unwrap_or((&self.path, ""));
        let folder = if modules.is_empty() { String::new() } else { format!("{}/", modules.replace("::", "/")) };
        format!("crates/{package}/src/{folder}generated/api.rs")
    }
}

/// The ids of all services that have an overlay in `folder`, in alphabetical order.
pub fn ids(folder: &Path) -> Result<Vec<String>, String> {
    let failed = |error| format!("{}: {error}", folder.display());
    let mut ids = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        ids.extend(name.to_string_lossy().strip_suffix(".overlay.toml").map(str::to_owned));
    }
    ids.sort();
    Ok(ids)
}

/// The variant of `model::Protocol` for botocore's name of a protocol.
pub fn protocol(name: &str) -> Option<&'static str> {
    match name {
        "json" => Some("AwsJson"),
        "smithy-rpc-v2-cbor" => Some("RpcCbor"),
        "rest-json" => Some("RestJson"),
        "query" => Some("AwsQuery"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_traits_are_beside_the_service() {
        let head = |path: &str| ServiceOverlay {
            name: "Name".to_owned(),
            path: path.to_owned(),
            namespace: String::new(),
            order: 1,
            errors_repeat_request_id: false,
            rows: Vec::new(),
        };
        assert_eq!(head("identity").api(), "crates/identity/src/generated/api.rs");
        assert_eq!(head("directory::data").api(), "crates/directory/src/data/generated/api.rs");
    }
}

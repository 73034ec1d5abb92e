//! The four protocols, each with the same three functions: `decode`, `encode`, `refuse`.

pub mod aws_json;
pub mod aws_query;
pub mod rest_json;
pub mod rpc_cbor;

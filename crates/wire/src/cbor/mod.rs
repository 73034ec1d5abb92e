//! CBOR as Smithy RPC v2 uses it. Reader and writer are serde formats of our own over minicbor, because no published
//! one reads all of the protocol.

mod read;
mod write;

pub use read::read;
pub use write::{object, write};

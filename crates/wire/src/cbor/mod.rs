//! CBOR, as far as Smithy RPC v2 uses it. No serde front end at hand reads all that the protocol demands, so these are
//! our own, over minicbor's decoder and encoder.

mod read;
mod write;

pub use read::read;
pub use write::{object, write};

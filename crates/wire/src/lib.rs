//! Bytes to typed requests and typed answers to bytes, in four protocols.

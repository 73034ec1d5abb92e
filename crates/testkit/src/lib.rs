//! The scenario language of the Rust tests.

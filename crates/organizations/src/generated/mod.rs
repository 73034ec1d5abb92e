//! Written by `codegen`.

pub mod api;

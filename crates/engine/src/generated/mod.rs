//! Written by `codegen`.

pub mod dispatch;

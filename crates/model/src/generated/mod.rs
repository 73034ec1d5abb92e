//! One module per service, written by `codegen`.

pub mod ds;
pub mod ds_data;
pub mod organizations;
pub mod sts;

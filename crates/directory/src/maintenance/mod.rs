//! What keeps a directory in shape: snapshots, updates of its setup, settings.

pub mod setting_table;
pub mod settings;
pub mod snapshots;
pub mod updates;

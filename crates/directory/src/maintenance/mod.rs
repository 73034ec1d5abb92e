//! Snapshots, updates of the setup, and settings of directories.

pub mod setting_table;
pub mod settings;
pub mod snapshots;
pub mod updates;

//! Directories: creation and deletion, names, passwords, computers, tags, Regions.

pub mod computers;
pub mod connection;
pub mod credentials;
pub mod data_access;
pub mod directories;
pub mod limits;
pub mod names;
pub mod passwords;
pub mod regions;
pub mod tags;
pub mod view;

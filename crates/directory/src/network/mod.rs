//! The network of a directory: subnets and addresses, domain controllers, routes.

pub mod aws_blocks;
pub mod domain_controllers;
pub mod ip_routes;
pub mod networks;

//! How clients and servers prove who they are: certificates, LDAPS, smart cards, RADIUS, enrollment.

pub mod ca_enrollment;
pub mod certificates;
pub mod client_authentication;
pub mod ldaps;
pub mod radius;
pub mod x509;

//! Certificates, LDAPS, smart cards, RADIUS and certificate enrollment.

pub mod ca_enrollment;
pub mod certificates;
pub mod client_authentication;
pub mod ldaps;
pub mod radius;
pub mod x509;

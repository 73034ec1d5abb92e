//! Delegation to AWS services, to delegated administrators, and by the resource policy.

pub mod delegated_administrators;
pub mod resource_policy;
pub mod service_principals;
pub mod trusted_access;

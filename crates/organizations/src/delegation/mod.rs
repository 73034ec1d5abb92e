//! Who else may act for the organization: AWS services, delegated administrators, the resource policy.

pub mod delegated_administrators;
pub mod resource_policy;
pub mod service_principals;
pub mod trusted_access;

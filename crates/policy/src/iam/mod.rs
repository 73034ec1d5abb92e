//! The language of IAM: service control, resource control, resource-based and session policies.

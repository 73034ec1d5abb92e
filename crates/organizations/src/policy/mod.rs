//! Policies: documents, types, attachments and effective policies.

pub mod attachments;
pub mod effective_policies;
pub mod policies;
pub mod policy_documents;
pub mod policy_types;

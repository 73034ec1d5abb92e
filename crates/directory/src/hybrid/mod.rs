//! A customer's own domain with domain controllers of AWS added to it, and the assessments of it.

pub mod assessment_reports;
pub mod assessments;
pub mod hybrid_directories;

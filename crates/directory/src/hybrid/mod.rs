//! Hybrid directories, and the assessments of customers' domains for them.

pub mod assessment_reports;
pub mod assessments;
pub mod hybrid_directories;

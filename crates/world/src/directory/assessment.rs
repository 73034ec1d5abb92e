//! Assessments: tests of a customer's own domain controllers, or of those that a hybrid directory adds to them.

use compact_str::CompactString;
use model::{AccountId, DirectoryId, Timestamp};

use crate::directory::hybrid::SelfManaged;
use crate::region::Region;

#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// `da-…`.
    pub id: CompactString,
    pub sequence: u64,
    pub owner: AccountId,
    pub region: Region,
    /// The hybrid directory that it belongs to. None while there is no directory yet.
    pub directory: Option<DirectoryId>,
    pub report: AssessmentReport,
    /// The fully qualified domain name.
    pub dns_name: CompactString,
    pub servers: SelfManaged,
    /// The addresses of the domain controllers that are tested.
    pub controllers: Vec<CompactString>,
    pub vpc: CompactString,
    /// Two of them.
    pub subnets: Vec<CompactString>,
    pub security_group: CompactString,
    pub status: AssessmentStatus,
    /// Why it failed. None also where it failed because a server was not found.
    pub reason: Option<String>,
    pub started_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Who starts an assessment. This decides what it tests.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AssessmentReport {
    /// The customer, to test its own domain controllers.
    Customer,
    /// AWS, from time to time, to test the domain controllers that it added.
    System,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AssessmentStatus {
    Pending,
    InProgress,
    /// Every test passed.
    Success,
    /// At least one test failed.
    Failed,
}

//! The kinds of work. The file of each resource says how its work is finished.

use model::Timestamp;
use strum::VariantArray;
use world::{
    AssessmentWork, CaEnrollmentWork, CertificateWork, DataAccessWork, DirectoryWork, DirectoryWorkKind,
    DomainControllerWork, EventTopicWork, Failure, IpRouteWork, LdapsWork, RadiusWork, RegionWork, RestoreWork,
    SchemaExtensionWork, SettingsWork, ShareWork, SnapshotWork, StageWork, TrustWork, UpdateWork, Work, World,
};

use crate::failures::{CanFail, Failures, Finish};

/// Finishes work that is due.
pub fn finish(world: &mut World, at: Timestamp, work: DirectoryWork) {
    match work {
        DirectoryWork::Directory(work) => work.finish(world, at),
        DirectoryWork::Region(work) => work.finish(world, at),
        DirectoryWork::Restore(work) => work.finish(world, at),
        DirectoryWork::Share(work) => work.finish(world, at),
        DirectoryWork::ForgetShare(work) => work.finish(world, at),
        DirectoryWork::DataAccess(work) => work.finish(world, at),
        DirectoryWork::Trust(work) => work.finish(world, at),
        DirectoryWork::IpRoute(work) => work.finish(world, at),
        DirectoryWork::DomainController(work) => work.finish(world, at),
        DirectoryWork::Certificate(work) => work.finish(world, at),
        DirectoryWork::Ldaps(work) => work.finish(world, at),
        DirectoryWork::Radius(work) => work.finish(world, at),
        DirectoryWork::CaEnrollment(work) => work.finish(world, at),
        DirectoryWork::Assessment(work) => work.finish(world, at),
        DirectoryWork::ForgetAssessment(work) => work.finish(world, at),
        DirectoryWork::SystemAssessment(work) => work.finish(world, at),
        DirectoryWork::HybridUpdate(work) => work.finish(world, at),
        DirectoryWork::Snapshot(work) => work.finish(world, at),
        DirectoryWork::DailySnapshot(work) => work.finish(world, at),
        DirectoryWork::SchemaExtension(work) => work.finish(world, at),
        DirectoryWork::Settings(work) => work.finish(world, at),
        DirectoryWork::Update(work) => work.finish(world, at),
        DirectoryWork::EventTopic(work) => work.finish(world, at),
    }
}

/// Orders a failure of the work that a call of an operation started. The timers of that work have sequences above
/// `sequence`. Other work of the call goes well.
pub fn fail_later(world: &mut World, sequence: u64, operation: &str, status: &str, reason: Option<&str>) {
    let order = Order { operation, status, reason };
    world.change_work_since(sequence, |work| match work {
        Work::Directory(work) => order.apply(work),
        Work::Organizations(_) => {}
    });
}

/// A failure that a fault orders.
struct Order<'a> {
    operation: &'a str,
    status: &'a str,
    reason: Option<&'a str>,
}

impl Order<'_> {
    /// Sets the failure of work, if the operation's work can fail this way.
    fn apply(&self, work: &mut DirectoryWork) {
        match work {
            DirectoryWork::Directory(work) => self.fail(work),
            DirectoryWork::Region(work) => self.fail(work),
            DirectoryWork::Restore(work) => self.fail(work),
            DirectoryWork::Share(work) => self.fail(work),
            DirectoryWork::DataAccess(work) => self.fail(work),
            DirectoryWork::Trust(work) => self.fail(work),
            DirectoryWork::IpRoute(work) => self.fail(work),
            DirectoryWork::DomainController(work) => self.fail(work),
            DirectoryWork::Certificate(work) => self.fail(work),
            DirectoryWork::Ldaps(work) => self.fail(work),
            DirectoryWork::Radius(work) => self.fail(work),
            DirectoryWork::CaEnrollment(work) => self.fail(work),
            DirectoryWork::Assessment(work) => self.fail(work),
            DirectoryWork::Snapshot(work) => self.fail(work),
            DirectoryWork::SchemaExtension(work) => self.fail(work),
            DirectoryWork::Settings(work) => self.fail(work),
            DirectoryWork::Update(work) => self.fail(work),
            DirectoryWork::EventTopic(work) => self.fail(work),
            // The update of a hybrid directory follows an assessment, whose work has the failure.
            DirectoryWork::HybridUpdate(_)
            | DirectoryWork::ForgetShare(_)
            | DirectoryWork::ForgetAssessment(_)
            | DirectoryWork::SystemAssessment(_)
            | DirectoryWork::DailySnapshot(_) => {}
        }
    }

    fn fail<W: CanFail>(&self, work: &mut W) {
        let statuses = failures_of_work::<W>(self.operation).map(|row| row.statuses).unwrap_or_default();
        if let Some(status) = statuses.iter().copied().find(|status| W::status_name(*status) == self.status) {
            *work.failure() = Some(Failure { status, reason: self.reason.map(str::to_owned) });
        }
    }
}

fn failures_of_work<W: CanFail>(operation: &str) -> Option<&'static Failures<W::Status>> {
    W::FAILURES.iter().find(|row| row.operations.contains(&operation))
}

/// How the work of one operation can fail.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OperationFailures {
    /// The statuses, as answers show them.
    pub statuses: Vec<&'static str>,
    /// Whether answers have a member for the reason.
    pub has_reason: bool,
}

/// How the work that an operation starts can fail.
pub fn failures(operation: &str) -> OperationFailures {
    let mut found = DirectoryWorkKind::VARIANTS.iter().filter_map(|kind| failures_of_kind(*kind, operation));
    let failures = found.next().unwrap_or_default();
    debug_assert!(found.next().is_none(), "{operation} starts two kinds of work that can fail");
    failures
}

/// How work of a kind can fail, if the operation starts such work.
fn failures_of_kind(kind: DirectoryWorkKind, operation: &str) -> Option<OperationFailures> {
    match kind {
        DirectoryWorkKind::Directory => operation_failures::<StageWork>(operation),
        DirectoryWorkKind::Region => operation_failures::<RegionWork>(operation),
        DirectoryWorkKind::Restore => operation_failures::<RestoreWork>(operation),
        DirectoryWorkKind::Share => operation_failures::<ShareWork>(operation),
        DirectoryWorkKind::DataAccess => operation_failures::<DataAccessWork>(operation),
        DirectoryWorkKind::Trust => operation_failures::<TrustWork>(operation),
        DirectoryWorkKind::IpRoute => operation_failures::<IpRouteWork>(operation),
        DirectoryWorkKind::DomainController => operation_failures::<DomainControllerWork>(operation),
        DirectoryWorkKind::Certificate => operation_failures::<CertificateWork>(operation),
        DirectoryWorkKind::Ldaps => operation_failures::<LdapsWork>(operation),
        DirectoryWorkKind::Radius => operation_failures::<RadiusWork>(operation),
        DirectoryWorkKind::CaEnrollment => operation_failures::<CaEnrollmentWork>(operation),
        DirectoryWorkKind::Assessment => operation_failures::<AssessmentWork>(operation),
        DirectoryWorkKind::Snapshot => operation_failures::<SnapshotWork>(operation),
        DirectoryWorkKind::SchemaExtension => operation_failures::<SchemaExtensionWork>(operation),
        DirectoryWorkKind::Settings => operation_failures::<SettingsWork>(operation),
        DirectoryWorkKind::Update => operation_failures::<UpdateWork>(operation),
        DirectoryWorkKind::EventTopic => operation_failures::<EventTopicWork>(operation),
        // The update of a hybrid directory follows an assessment, whose work has the failures.
        DirectoryWorkKind::HybridUpdate
        | DirectoryWorkKind::ForgetShare
        | DirectoryWorkKind::ForgetAssessment
        | DirectoryWorkKind::SystemAssessment
        | DirectoryWorkKind::DailySnapshot => None,
    }
}

fn operation_failures<W: CanFail>(operation: &str) -> Option<OperationFailures> {
    let row = failures_of_work::<W>(operation)?;
    let statuses = row.statuses.iter().map(|status| W::status_name(*status)).collect();
    Some(OperationFailures { statuses, has_reason: row.has_reason })
}

#[cfg(test)]
mod tests {
    use model::ds::OPERATIONS;

    use super::*;

    #[test]
    fn each_failure_of_an_operation_has_its_own_status() {
        let all: Vec<_> = OPERATIONS.iter().map(|operation| failures(operation.name)).collect();
        let can_fail: Vec<_> = all.iter().filter(|failures| !failures.statuses.is_empty()).collect();
        for failures in &can_fail {
            let mut statuses = failures.statuses.clone();
            statuses.sort_unstable();
            statuses.dedup();
            assert_eq!(statuses.len(), failures.statuses.len(), "{statuses:?}");
        }
        assert_eq!(can_fail.len(), 32);
    }
}

//! What is due happens: each kind of work goes to the file of its resource, which says how it ends.

use model::Timestamp;
use strum::VariantArray;
use world::{
    AssessmentWork, CaEnrollmentWork, CertificateWork, DataAccessWork, DirectoryWork, DirectoryWorkKind,
    DomainControllerWork, EventTopicWork, Failure, IpRouteWork, LdapsWork, RadiusWork, RegionWork, RestoreWork,
    SchemaExtensionWork, SettingsWork, ShareWork, SnapshotWork, StageWork, TrustWork, UpdateWork, Work, World,
};

use crate::endings::{CanFail, Endings, Finish};

/// Does what is due.
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

/// Has the work fail that a call of an operation started, whose timers were set after a number. Other work of the call
/// goes well.
pub fn fail_later(world: &mut World, sequence: u64, operation: &str, status: &str, reason: Option<&str>) {
    let order = Order { operation, status, reason };
    world.change_work_since(sequence, |work| match work {
        Work::Directory(work) => order.give(work),
        Work::Organizations(_) => {}
    });
}

/// A bad ending that a fault asks for.
struct Order<'a> {
    operation: &'a str,
    status: &'a str,
    reason: Option<&'a str>,
}

impl Order<'_> {
    /// Gives work its failure, where the operation's work can end so.
    fn give(&self, work: &mut DirectoryWork) {
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
            // The update of a hybrid directory follows an assessment, which carries its failure.
            DirectoryWork::HybridUpdate(_)
            | DirectoryWork::ForgetShare(_)
            | DirectoryWork::ForgetAssessment(_)
            | DirectoryWork::SystemAssessment(_)
            | DirectoryWork::DailySnapshot(_) => {}
        }
    }

    fn fail<W: CanFail>(&self, work: &mut W) {
        let statuses = endings_of::<W>(self.operation).map(|row| row.statuses).unwrap_or_default();
        if let Some(status) = statuses.iter().copied().find(|status| W::word(*status) == self.status) {
            *work.failure() = Some(Failure { status, reason: self.reason.map(str::to_owned) });
        }
    }
}

fn endings_of<W: CanFail>(operation: &str) -> Option<&'static Endings<W::Status>> {
    W::ENDINGS.iter().find(|row| row.operations.contains(&operation))
}

/// The statuses in which the work of one operation can end badly.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OperationEndings {
    /// The statuses, as answers show them.
    pub statuses: Vec<&'static str>,
    /// Whether answers say why.
    pub has_reason: bool,
}

/// How the work can end badly that an operation starts.
pub fn endings(operation: &str) -> OperationEndings {
    let mut found = DirectoryWorkKind::VARIANTS.iter().filter_map(|kind| endings_of_kind(*kind, operation));
    let endings = found.next().unwrap_or_default();
    debug_assert!(found.next().is_none(), "{operation} starts two kinds of work that can end badly");
    endings
}

/// How work of a kind can end badly, where an operation starts it.
fn endings_of_kind(kind: DirectoryWorkKind, operation: &str) -> Option<OperationEndings> {
    match kind {
        DirectoryWorkKind::Directory => shown::<StageWork>(operation),
        DirectoryWorkKind::Region => shown::<RegionWork>(operation),
        DirectoryWorkKind::Restore => shown::<RestoreWork>(operation),
        DirectoryWorkKind::Share => shown::<ShareWork>(operation),
        DirectoryWorkKind::DataAccess => shown::<DataAccessWork>(operation),
        DirectoryWorkKind::Trust => shown::<TrustWork>(operation),
        DirectoryWorkKind::IpRoute => shown::<IpRouteWork>(operation),
        DirectoryWorkKind::DomainController => shown::<DomainControllerWork>(operation),
        DirectoryWorkKind::Certificate => shown::<CertificateWork>(operation),
        DirectoryWorkKind::Ldaps => shown::<LdapsWork>(operation),
        DirectoryWorkKind::Radius => shown::<RadiusWork>(operation),
        DirectoryWorkKind::CaEnrollment => shown::<CaEnrollmentWork>(operation),
        DirectoryWorkKind::Assessment => shown::<AssessmentWork>(operation),
        DirectoryWorkKind::Snapshot => shown::<SnapshotWork>(operation),
        DirectoryWorkKind::SchemaExtension => shown::<SchemaExtensionWork>(operation),
        DirectoryWorkKind::Settings => shown::<SettingsWork>(operation),
        DirectoryWorkKind::Update => shown::<UpdateWork>(operation),
        DirectoryWorkKind::EventTopic => shown::<EventTopicWork>(operation),
        // The update of a hybrid directory follows an assessment, which has its endings.
        DirectoryWorkKind::HybridUpdate
        | DirectoryWorkKind::ForgetShare
        | DirectoryWorkKind::ForgetAssessment
        | DirectoryWorkKind::SystemAssessment
        | DirectoryWorkKind::DailySnapshot => None,
    }
}

fn shown<W: CanFail>(operation: &str) -> Option<OperationEndings> {
    let row = endings_of::<W>(operation)?;
    let statuses = row.statuses.iter().map(|status| W::word(*status)).collect();
    Some(OperationEndings { statuses, has_reason: row.has_reason })
}

#[cfg(test)]
mod tests {
    use model::ds::OPERATIONS;

    use super::*;

    #[test]
    fn the_work_of_an_operation_ends_badly_in_different_statuses() {
        let with_endings: Vec<_> = OPERATIONS.iter().map(|operation| endings(operation.name)).collect();
        let with_endings: Vec<_> = with_endings.iter().filter(|endings| !endings.statuses.is_empty()).collect();
        for endings in &with_endings {
            let mut statuses = endings.statuses.clone();
            statuses.sort_unstable();
            statuses.dedup();
            assert_eq!(statuses.len(), endings.statuses.len(), "{statuses:?}");
        }
        assert_eq!(with_endings.len(), 32);
    }
}

//! Assessments of a customer's domain, or of the controllers that a hybrid directory adds to it.

use std::sync::Arc;

use compact_str::CompactString;
use model::{AccountId, DirectoryId, Timestamp};

use crate::context::Region;
use crate::directory::hybrid::SelfManaged;
use crate::world::World;

#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// Its id, `da-…`.
    pub id: CompactString,
    pub sequence: u64,
    /// The account that it is for.
    pub owner: AccountId,
    pub region: Region,
    /// The hybrid directory that it is of; none where it comes before one.
    pub directory: Option<DirectoryId>,
    /// Who started it.
    pub report: AssessmentReport,
    /// The fully qualified name of the domain.
    pub dns_name: CompactString,
    /// The customer's servers.
    pub servers: SelfManaged,
    /// The addresses of the domain controllers that are tested.
    pub controllers: Vec<CompactString>,
    pub vpc: CompactString,
    /// The two subnets.
    pub subnets: Vec<CompactString>,
    pub security_group: CompactString,
    pub status: AssessmentStatus,
    /// Why it failed, where it is not for a server that was not found.
    pub reason: Option<String>,
    pub started_at: Timestamp,
    /// When its status last changed.
    pub updated_at: Timestamp,
}

/// Who starts an assessment, and so what it tests.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AssessmentReport {
    /// The customer, for the domain controllers of its own.
    Customer,
    /// AWS, from time to time, for those that it added.
    System,
}

/// Where an assessment is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AssessmentStatus {
    /// Not begun.
    Pending,
    /// At work.
    InProgress,
    /// All is well.
    Success,
    /// Something has to be put right first.
    Failed,
}

impl World {
    /// An assessment in any account and Region.
    pub fn assessment(&self, id: &str) -> Option<&Assessment> {
        self.assessments.get(id).map(Arc::as_ref)
    }

    pub fn assessment_mut(&mut self, id: &str) -> Option<&mut Assessment> {
        self.assessments.get_mut(id).map(Arc::make_mut)
    }

    /// Adds an assessment to its account's list.
    pub fn add_assessment(&mut self, assessment: Assessment) {
        let key = (assessment.owner, assessment.region.clone(), assessment.sequence);
        self.assessment_lists.insert(key, assessment.id.clone());
        self.assessments.insert(assessment.id.clone(), Arc::new(assessment));
    }

    /// Removes an assessment from the world.
    pub fn remove_assessment(&mut self, id: &str) {
        if let Some(assessment) = self.assessments.remove(id) {
            self.assessment_lists.remove(&(assessment.owner, assessment.region.clone(), assessment.sequence));
        }
    }

    /// An account's assessments in a Region after a place in the list, in the order of their start.
    pub fn listed_assessments(
        &self,
        account: AccountId,
        region: &Region,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &Assessment)> {
        let from = after.map_or(0, |last| last + 1);
        let range = (account, region.clone(), from)..=(account, region.clone(), u64::MAX);
        let ids = self.assessment_lists.range(range);
        ids.filter_map(|((_, _, sequence), id)| self.assessment(id).map(|found| (*sequence, found)))
    }

    /// Removes what AWS assessed of a directory that goes; nobody else could.
    // Inferred: what the customer started stays until the customer deletes it.
    pub(crate) fn remove_system_assessments(&mut self, account: AccountId, region: &Region, directory: &DirectoryId) {
        let of = |found: &Assessment| {
            found.directory.as_ref() == Some(directory) && found.report == AssessmentReport::System
        };
        let listed = self.listed_assessments(account, region, None).map(|(_, found)| found);
        let ids: Vec<CompactString> = listed.filter(|found| of(found)).map(|found| found.id.clone()).collect();
        for id in &ids {
            self.remove_assessment(id);
        }
    }

    /// Removes the assessments of an account in all Regions.
    pub fn remove_assessments_of(&mut self, account: AccountId) {
        let from = (account, Region::from(""), 0);
        let listed = self.assessment_lists.range(from..).take_while(|((of, ..), _)| *of == account);
        let ids: Vec<CompactString> = listed.map(|(_, id)| id.clone()).collect();
        for id in &ids {
            self.remove_assessment(id);
        }
    }

    pub(crate) fn assessment_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for assessment in self.assessments.values() {
            let key = (assessment.owner, assessment.region.clone(), assessment.sequence);
            let listed = self.assessment_lists.get(&key) == Some(&assessment.id);
            hold(listed, &|| format!("{} is not listed", assessment.id));
        }
        hold(self.assessment_lists.len() == self.assessments.len(), &|| "an unknown assessment is listed".into());
    }
}

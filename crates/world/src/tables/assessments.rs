//! The assessments of a world, and the list of each account and Region.

use std::sync::Arc;

use compact_str::CompactString;
use model::{AccountId, DirectoryId};

use crate::directory::assessment::{Assessment, AssessmentReport};
use crate::region::Region;
use crate::world::World;

impl World {
    /// An assessment, in any account and Region.
    pub fn assessment(&self, id: &str) -> Option<&Assessment> {
        self.assessments.get(id).map(Arc::as_ref)
    }

    pub fn assessment_mut(&mut self, id: &str) -> Option<&mut Assessment> {
        self.assessments.get_mut(id).map(Arc::make_mut)
    }

    pub fn add_assessment(&mut self, assessment: Assessment) {
        let key = (assessment.owner, assessment.region.clone(), assessment.sequence);
        self.assessment_lists.insert(key, assessment.id.clone());
        self.assessments.insert(assessment.id.clone(), Arc::new(assessment));
    }

    pub fn remove_assessment(&mut self, id: &str) {
        if let Some(assessment) = self.assessments.remove(id) {
            self.assessment_lists.remove(&(assessment.owner, assessment.region.clone(), assessment.sequence));
        }
    }

    /// An account's assessments in a Region in the order of their start, after a sequence.
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

    /// Removes the assessments that AWS started of a directory that is deleted. No caller could delete them.
    // Inferred: what the customer started stays until the customer deletes it.
    pub(crate) fn remove_system_assessments(&mut self, account: AccountId, region: &Region, directory: &DirectoryId) {
        let is_system = |found: &Assessment| {
            found.directory.as_ref() == Some(directory) && found.report == AssessmentReport::System
        };
        let listed = self.listed_assessments(account, region, None).map(|(_, found)| found);
        let ids: Vec<CompactString> = listed.filter(|found| is_system(found)).map(|found| found.id.clone()).collect();
        for id in &ids {
            self.remove_assessment(id);
        }
    }

    /// Removes the assessments of an account in all Regions.
    pub fn remove_assessments_of(&mut self, account: AccountId) {
        let from = (account, Region::from(""), 0);
        let listed = self.assessment_lists.range(from..).take_while(|((owner, ..), _)| *owner == account);
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

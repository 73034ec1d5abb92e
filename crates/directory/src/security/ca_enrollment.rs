//! The policy by which members of a domain get certificates from AWS Private CA on their own.

use model::ds::types::{
    CaEnrollmentPolicyStatus, DescribeCAEnrollmentPolicyInput, DescribeCAEnrollmentPolicyOutput,
    DisableCAEnrollmentPolicyInput, DisableCAEnrollmentPolicyOutput, EnableCAEnrollmentPolicyInput,
    EnableCAEnrollmentPolicyOutput,
};
use model::{DirectoryId, Timestamp};
use world::{CaEnrollment, Timer, Tx, View, Wait, World};

use crate::availability::Place;
use crate::error::{Result, require};
use crate::generated::api;
use crate::security::security_error::SecurityError;
use crate::{Service, availability};

impl api::CaEnrollment for Service {
    fn enable_ca_enrollment_policy(
        tx: &mut Tx<'_>,
        input: EnableCAEnrollmentPolicyInput,
    ) -> Result<EnableCAEnrollmentPolicyOutput> {
        let view = tx.view();
        let place = availability::directory(&view, "EnableCAEnrollmentPolicy", &input.directory_id)?;
        let arn = input.pca_connector_arn;
        require(is_near(&view, &arn), SecurityError::UnknownConnector(arn.clone()))?;
        match status(place) {
            CaEnrollmentPolicyStatus::InProgress => Err(SecurityError::Enabling),
            status @ CaEnrollmentPolicyStatus::Disabling => Err(SecurityError::InTransition(status)),
            CaEnrollmentPolicyStatus::Success | CaEnrollmentPolicyStatus::Impaired => {
                Err(SecurityError::EnrollmentExists(input.directory_id.clone()))
            }
            CaEnrollmentPolicyStatus::Disabled | CaEnrollmentPolicyStatus::Failed => Ok(()),
        }?;
        let connector = Some(arn.into());
        let status = CaEnrollmentPolicyStatus::InProgress;
        put(tx.world, &input.directory_id, CaEnrollment { connector, status, reason: None, updated_at: tx.now });
        let done = Timer::CaEnrollment(input.directory_id, CaEnrollmentPolicyStatus::Success);
        tx.after(Wait::CaEnrollment, done);
        Ok(EnableCAEnrollmentPolicyOutput {})
    }

    fn disable_ca_enrollment_policy(
        tx: &mut Tx<'_>,
        input: DisableCAEnrollmentPolicyInput,
    ) -> Result<DisableCAEnrollmentPolicyOutput> {
        let view = tx.view();
        let place = availability::directory(&view, "DisableCAEnrollmentPolicy", &input.directory_id)?;
        match status(place) {
            CaEnrollmentPolicyStatus::Disabled => Err(SecurityError::NoEnrollment(input.directory_id.clone())),
            CaEnrollmentPolicyStatus::Disabling => Err(SecurityError::Disabling),
            status @ CaEnrollmentPolicyStatus::InProgress => Err(SecurityError::InTransition(status)),
            CaEnrollmentPolicyStatus::Success
            | CaEnrollmentPolicyStatus::Impaired
            | CaEnrollmentPolicyStatus::Failed => Ok(()),
        }?;
        let connector = place.directory.global.ca_enrollment.as_ref().and_then(|policy| policy.connector.clone());
        let status = CaEnrollmentPolicyStatus::Disabling;
        put(tx.world, &input.directory_id, CaEnrollment { connector, status, reason: None, updated_at: tx.now });
        let done = Timer::CaEnrollment(input.directory_id, CaEnrollmentPolicyStatus::Disabled);
        tx.after(Wait::CaEnrollment, done);
        Ok(DisableCAEnrollmentPolicyOutput {})
    }

    // Inferred: a directory that never had a policy answers that it is disabled, and since no time.
    fn describe_ca_enrollment_policy(
        view: &View<'_>,
        input: DescribeCAEnrollmentPolicyInput,
    ) -> Result<DescribeCAEnrollmentPolicyOutput> {
        let place = availability::directory(view, "DescribeCAEnrollmentPolicy", &input.directory_id)?;
        let policy = place.directory.global.ca_enrollment.as_ref();
        Ok(DescribeCAEnrollmentPolicyOutput {
            directory_id: Some(input.directory_id),
            pca_connector_arn: policy.and_then(|policy| policy.connector.as_ref()).map(ToString::to_string),
            ca_enrollment_policy_status: Some(status(place)),
            last_updated_date_time: policy.map(|policy| policy.updated_at),
            ca_enrollment_policy_status_reason: policy.and_then(|policy| policy.reason.clone()),
        })
    }
}

/// Gives the policy the status that a timer brings, when it is on its way there. A disabled one has no connector.
pub fn settle(
    world: &mut World,
    at: Timestamp,
    id: &DirectoryId,
    status: CaEnrollmentPolicyStatus,
    reason: Option<String>,
) {
    let Some(policy) = world.directory(id).and_then(|directory| directory.global.ca_enrollment.clone()) else { return };
    let connector = match (policy.status, status) {
        (
            CaEnrollmentPolicyStatus::InProgress,
            CaEnrollmentPolicyStatus::Success | CaEnrollmentPolicyStatus::Failed | CaEnrollmentPolicyStatus::Impaired,
        )
        | (CaEnrollmentPolicyStatus::Disabling, CaEnrollmentPolicyStatus::Failed) => policy.connector,
        (CaEnrollmentPolicyStatus::Disabling, CaEnrollmentPolicyStatus::Disabled) => None,
        _ => return,
    };
    put(world, id, CaEnrollment { connector, status, reason, updated_at: at });
}

fn status(place: Place<'_>) -> CaEnrollmentPolicyStatus {
    let policy = place.directory.global.ca_enrollment.as_ref();
    policy.map_or(CaEnrollmentPolicyStatus::Disabled, |policy| policy.status)
}

fn put(world: &mut World, id: &DirectoryId, policy: CaEnrollment) {
    if let Some(directory) = world.directory_mut(id) {
        directory.global.ca_enrollment = Some(policy);
    }
}

/// Whether a connector is in the caller's account and Region.
// Inferred: connectors are another service's. Every well-formed one there exists; one elsewhere cannot be seen from the directory.
fn is_near(view: &View<'_>, arn: &str) -> bool {
    let mut parts = arn.split(':').skip(3);
    parts.next() == Some(view.caller.region.as_str()) && parts.next() == Some(view.caller.account.to_string().as_str())
}

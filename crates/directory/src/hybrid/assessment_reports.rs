//! Descriptions of assessments in answers, with a report for each domain controller.

use model::ds::types::{
    Assessment as AssessmentDescription, AssessmentReport as DomainControllerReport, AssessmentSummary,
    AssessmentValidation,
};
use world::{Assessment, AssessmentReport, AssessmentStatus};

use crate::directory::connection;

/// The version of the tests (recorded).
const VERSION: &str = "v1";

/// The category of the tests.
// Inferred: the category is recorded for the customer's tests. Which tests it has is not known.
const CATEGORY: &str = "preValidationTests";

/// The status reason of a failed assessment.
// Inferred: no text is public.
pub const TESTS_FAILED: &str = "One or more tests failed.";

/// Some of AWS's tests, by their names in its list of errors. The first one finds the domain controller.
const TESTS: [&str; 3] = ["testActiveDirectoryServices", "testPasswordPolicies", "testDCTimeSource"];

/// The full description of an assessment.
pub fn description(assessment: &Assessment) -> AssessmentDescription {
    let failed = assessment.status == AssessmentStatus::Failed;
    AssessmentDescription {
        assessment_id: Some(assessment.id.to_string()),
        customer_dns_ips: Some(texts(&assessment.servers.dns_addresses)),
        directory_id: assessment.directory.clone(),
        dns_name: Some(assessment.dns_name.to_string()),
        last_update_date_time: Some(assessment.updated_at),
        report_type: Some(report_type(assessment).to_owned()),
        security_group_ids: Some(vec![assessment.security_group.to_string()]),
        self_managed_instance_ids: Some(texts(&assessment.servers.instances)),
        start_time: Some(assessment.started_at),
        status: Some(status(assessment.status).to_owned()),
        status_code: None,
        status_reason: failed.then(|| assessment.reason.as_deref().unwrap_or(TESTS_FAILED).to_owned()),
        subnet_ids: Some(texts(&assessment.subnets)),
        version: Some(VERSION.to_owned()),
        vpc_id: Some(assessment.vpc.to_string()),
    }
}

/// The row of an assessment.
pub fn summary(assessment: &Assessment) -> AssessmentSummary {
    AssessmentSummary {
        assessment_id: Some(assessment.id.to_string()),
        customer_dns_ips: Some(texts(&assessment.servers.dns_addresses)),
        directory_id: assessment.directory.clone(),
        dns_name: Some(assessment.dns_name.to_string()),
        last_update_date_time: Some(assessment.updated_at),
        report_type: Some(report_type(assessment).to_owned()),
        start_time: Some(assessment.started_at),
        status: Some(status(assessment.status).to_owned()),
    }
}

/// The report on each domain controller. There is none before the tests begin.
pub fn reports(assessment: &Assessment) -> Vec<DomainControllerReport> {
    if assessment.status == AssessmentStatus::Pending {
        return Vec::new();
    }
    let report = |address: &str| DomainControllerReport {
        domain_controller_ip: Some(address.to_owned()),
        validations: Some(validations(assessment, address)),
    };
    assessment.controllers.iter().map(|address| report(address)).collect()
}

// Inferred: if a domain controller is not found, the other tests do not run.
fn validations(assessment: &Assessment, address: &str) -> Vec<AssessmentValidation> {
    let validation = |name: &str, status: &str| AssessmentValidation {
        category: Some(CATEGORY.to_owned()),
        last_update_date_time: Some(assessment.updated_at),
        name: Some(name.to_owned()),
        start_time: Some(assessment.started_at),
        status: Some(status.to_owned()),
        status_code: None,
        status_reason: None,
    };
    if assessment.status == AssessmentStatus::Failed && !connection::can_answer(address) {
        return vec![AssessmentValidation {
            status_code: Some("DOMAIN_CONTROLLER_NOT_FOUND".to_owned()),
            status_reason: Some(format!("No domain controllers found for {}.", TESTS[0])),
            ..validation(TESTS[0], status(AssessmentStatus::Failed))
        }];
    }
    if let Some(reason) = assessment.reason.as_ref().filter(|_| assessment.status == AssessmentStatus::Failed) {
        let failed = validation(TESTS[0], status(AssessmentStatus::Failed));
        return vec![AssessmentValidation { status_reason: Some(reason.clone()), ..failed }];
    }
    let result =
        if assessment.status == AssessmentStatus::Failed { AssessmentStatus::Success } else { assessment.status };
    TESTS.iter().map(|name| validation(name, status(result))).collect()
}

fn report_type(assessment: &Assessment) -> &'static str {
    match assessment.report {
        AssessmentReport::Customer => "CUSTOMER",
        AssessmentReport::System => "SYSTEM",
    }
}

fn status(status: AssessmentStatus) -> &'static str {
    match status {
        AssessmentStatus::Pending => "PENDING",
        AssessmentStatus::InProgress => "IN_PROGRESS",
        AssessmentStatus::Success => "SUCCESS",
        AssessmentStatus::Failed => "FAILED",
    }
}

fn texts(list: &[compact_str::CompactString]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

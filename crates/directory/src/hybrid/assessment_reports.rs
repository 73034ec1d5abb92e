//! Assessments as answers show them, with what was found at each domain controller.

use model::ds::types::{Assessment as Shown, AssessmentReport as Report, AssessmentSummary, AssessmentValidation};
use world::{Assessment, AssessmentReport, AssessmentStatus};

use crate::directory::connection;

/// The version of the tests (recorded).
const VERSION: &str = "v1";

/// The category of the tests.
// Inferred: recorded as a category of the customer's tests; which tests are in it is not.
const CATEGORY: &str = "preValidationTests";

/// Why an assessment failed.
// Inferred: no text is public.
pub const TESTS_FAILED: &str = "One or more tests failed.";

/// A few of AWS's tests, by the names that its list of errors has. The first finds the domain controller.
const TESTS: [&str; 3] = ["testActiveDirectoryServices", "testPasswordPolicies", "testDCTimeSource"];

/// An assessment in full.
pub fn assessment(of: &Assessment) -> Shown {
    let failed = of.status == AssessmentStatus::Failed;
    Shown {
        assessment_id: Some(of.id.to_string()),
        customer_dns_ips: Some(texts(&of.servers.dns_addresses)),
        directory_id: of.directory.clone(),
        dns_name: Some(of.dns_name.to_string()),
        last_update_date_time: Some(of.updated_at),
        report_type: Some(report_type(of).to_owned()),
        security_group_ids: Some(vec![of.security_group.to_string()]),
        self_managed_instance_ids: Some(texts(&of.servers.instances)),
        start_time: Some(of.started_at),
        status: Some(status(of.status).to_owned()),
        status_code: None,
        status_reason: failed.then(|| of.reason.as_deref().unwrap_or(TESTS_FAILED).to_owned()),
        subnet_ids: Some(texts(&of.subnets)),
        version: Some(VERSION.to_owned()),
        vpc_id: Some(of.vpc.to_string()),
    }
}

/// An assessment in a list.
pub fn summary(of: &Assessment) -> AssessmentSummary {
    AssessmentSummary {
        assessment_id: Some(of.id.to_string()),
        customer_dns_ips: Some(texts(&of.servers.dns_addresses)),
        directory_id: of.directory.clone(),
        dns_name: Some(of.dns_name.to_string()),
        last_update_date_time: Some(of.updated_at),
        report_type: Some(report_type(of).to_owned()),
        start_time: Some(of.started_at),
        status: Some(status(of.status).to_owned()),
    }
}

/// What was found at each domain controller; nothing before the tests begin.
pub fn reports(of: &Assessment) -> Vec<Report> {
    if of.status == AssessmentStatus::Pending {
        return Vec::new();
    }
    let report = |address: &str| Report {
        domain_controller_ip: Some(address.to_owned()),
        validations: Some(validations(of, address)),
    };
    of.controllers.iter().map(|address| report(address)).collect()
}

// Inferred: where a domain controller is not found, the other tests are not made.
fn validations(of: &Assessment, address: &str) -> Vec<AssessmentValidation> {
    let validation = |name: &str, status: &str| AssessmentValidation {
        category: Some(CATEGORY.to_owned()),
        last_update_date_time: Some(of.updated_at),
        name: Some(name.to_owned()),
        start_time: Some(of.started_at),
        status: Some(status.to_owned()),
        status_code: None,
        status_reason: None,
    };
    if of.status == AssessmentStatus::Failed && !connection::can_answer(address) {
        return vec![AssessmentValidation {
            status_code: Some("DOMAIN_CONTROLLER_NOT_FOUND".to_owned()),
            status_reason: Some(format!("No domain controllers found for {}.", TESTS[0])),
            ..validation(TESTS[0], status(AssessmentStatus::Failed))
        }];
    }
    if let Some(reason) = of.reason.as_ref().filter(|_| of.status == AssessmentStatus::Failed) {
        let failed = validation(TESTS[0], status(AssessmentStatus::Failed));
        return vec![AssessmentValidation { status_reason: Some(reason.clone()), ..failed }];
    }
    let found = if of.status == AssessmentStatus::Failed { AssessmentStatus::Success } else { of.status };
    TESTS.iter().map(|name| validation(name, status(found))).collect()
}

fn report_type(of: &Assessment) -> &'static str {
    match of.report {
        AssessmentReport::Customer => "CUSTOMER",
        AssessmentReport::System => "SYSTEM",
    }
}

fn status(of: AssessmentStatus) -> &'static str {
    match of {
        AssessmentStatus::Pending => "PENDING",
        AssessmentStatus::InProgress => "IN_PROGRESS",
        AssessmentStatus::Success => "SUCCESS",
        AssessmentStatus::Failed => "FAILED",
    }
}

fn texts(of: &[compact_str::CompactString]) -> Vec<String> {
    of.iter().map(ToString::to_string).collect()
}

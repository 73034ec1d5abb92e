//! The grammar of the IAM language, and the rules in which its dialects differ.

mod condition;
mod element;

use crate::finding::Finding;
use crate::iam::document::{Document, Effect, PrincipalEntry, Statement};
use crate::iam::version::Version;
use crate::json::{self, Value, quoted};
use crate::path::Path;

pub(super) use element::refuse_text;

/// The part of a document that a finding concerns. Only findings in the organization's resource policy show it.
// Inferred: AWS checks the parts in this order.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Part {
    /// The text as a whole: it is no JSON, or no policy.
    Document,
    /// A Principal that is no member.
    Principal,
    /// An action that cannot be delegated.
    Action,
    /// A resource of another organization.
    Resource,
    /// A policy type that does not exist.
    PolicyType,
}

/// The values that Principal may have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PrincipalRule {
    /// Neither Principal nor NotPrincipal.
    Forbidden,
    /// `"*"` and nothing else.
    Everyone,
    /// `"*"` or a map, but no NotPrincipal.
    Map,
}

/// The rules in which dialects differ.
pub(super) struct DialectRules {
    /// The name of the dialect in findings: `a service control policy`.
    pub name: &'static str,
    pub takes_old_versions: bool,
    /// The allowed effects, in words and as values.
    pub effects: (&'static str, &'static [Effect]),
    pub principal: PrincipalRule,
    /// The allowed elements among NotAction and NotResource.
    pub negated: &'static [&'static str],
    pub needs_resource: bool,
}

/// A dialect: its rules, and its own checks of values that the grammar accepts.
pub(super) trait Dialect {
    const RULES: DialectRules;

    fn check_action(&self, _path: &Path<'_>, _action: &str, _findings: &mut Findings) {}
    fn check_resource(&self, _path: &Path<'_>, _resource: &str, _findings: &mut Findings) {}
    fn check_everyone(&self, _path: &Path<'_>, _findings: &mut Findings) {}
    fn check_principal(&self, _path: &Path<'_>, _principal: &PrincipalEntry, _findings: &mut Findings) {}
    fn check_condition(&self, _path: &Path<'_>, _key: &str, _values: &[String], _findings: &mut Findings) {}
}

/// The findings so far.
#[derive(Default)]
pub(super) struct Findings {
    pub refused: Vec<(Part, Finding)>,
    pub warnings: Vec<Finding>,
}

impl Findings {
    pub fn refuse(&mut self, part: Part, finding: Finding) {
        self.refused.push((part, finding));
    }

    fn document(&mut self, path: &Path<'_>, found: impl Into<String>, expected: impl Into<String>) {
        self.refuse(Part::Document, Finding::new(path, found, expected));
    }

    /// Refuses a value of the wrong JSON type.
    fn unexpected(&mut self, value: &Value, path: &Path<'_>, expected: &str) {
        self.refuse(Part::Document, value.unexpected(path, expected));
    }

    pub fn warn(&mut self, finding: Finding) {
        self.warnings.push(finding);
    }
}

/// Reads a document of a dialect. The findings are in this order: duplicate keys, the statements, duplicate Sids.
pub(super) fn read<D: Dialect>(text: &str, dialect: &D) -> Result<Document, Vec<(Part, Finding)>> {
    let json = json::read(text).map_err(|finding| vec![(Part::Document, finding)])?;
    let mut findings = Findings::default();
    // Only the first value of a duplicate key is checked, so the duplicate is a finding itself.
    findings.refused.extend(json.duplicates.into_iter().map(|finding| (Part::Document, finding)));
    let document = document(&json.root, dialect, &mut findings);
    match document {
        Some(document) if findings.refused.is_empty() => Ok(Document { warnings: findings.warnings, ..document }),
        _ => Err(findings.refused),
    }
}

fn document<D: Dialect>(root: &Value, dialect: &D, findings: &mut Findings) -> Option<Document> {
    let path = Path::ROOT;
    let Value::Object(entries) = root else {
        findings.unexpected(root, &path, "an object with Version and Statement");
        return None;
    };
    for (key, _) in entries.iter().filter(|(key, _)| !["Version", "Id", "Statement"].contains(&key.as_str())) {
        findings.document(&path.key(key), format!("the key {}", quoted(key)), "only Version, Id and Statement");
    }
    let version = version::<D>(root.get("Version"), findings);
    // Inferred: IAM accepts an Id in every policy, although its pages mention it only for resource-based policies.
    let id = root.get("Id").and_then(|value| text(value, &path.key("Id"), findings));
    let statements = match root.get("Statement") {
        None => {
            findings.document(&path, "no Statement", "a statement or a list of statements");
            return None;
        }
        // A document without a valid version is refused, so any version is right for its statements.
        Some(value) => {
            let version = version.unwrap_or(Version::V2012);
            statements(value, &path.key("Statement"), version, dialect, findings)?
        }
    };
    Some(Document { version: version?, id, statements, warnings: Vec::new() })
}

fn version<D: Dialect>(value: Option<&Value>, findings: &mut Findings) -> Option<Version> {
    let takes_old = D::RULES.takes_old_versions;
    let expected =
        if takes_old { "\"2012-10-17\" or \"2008-10-17\"" } else { "the language's version, \"2012-10-17\"" };
    let Some(value) = value else {
        if takes_old {
            return Some(Version::V2008);
        }
        findings.document(&Path::ROOT, "no Version", expected);
        return None;
    };
    match value.as_str() {
        Some("2012-10-17") => Some(Version::V2012),
        Some("2008-10-17") if takes_old => Some(Version::V2008),
        _ => {
            findings.unexpected(value, &Path::ROOT.key("Version"), expected);
            None
        }
    }
}

fn statements<D: Dialect>(
    value: &Value,
    path: &Path<'_>,
    version: Version,
    dialect: &D,
    findings: &mut Findings,
) -> Option<Vec<Statement>> {
    let statements: Vec<_> = match value {
        Value::Object(_) => vec![element::statement(value, path, version, dialect, findings)],
        Value::Array(items) if !items.is_empty() => {
            let read = |(index, item)| element::statement(item, &path.index(index), version, dialect, findings);
            items.iter().enumerate().map(read).collect()
        }
        _ => {
            findings.unexpected(value, path, "a statement or a list of at least one");
            return None;
        }
    };
    // The index counts all items, so Sids are compared before items that are no statements are dropped.
    for (index, statement) in statements.iter().enumerate() {
        let Some(sid) = statement.as_ref().and_then(|statement| statement.sid.as_ref()) else {
            continue;
        };
        let is_same = |other: &&Option<Statement>| other.as_ref().is_some_and(|other| other.sid.as_ref() == Some(sid));
        if statements[..index].iter().any(|other| is_same(&other)) {
            let found = format!("the Sid {} a second time", quoted(sid));
            findings.document(&path.index(index).key("Sid"), found, "a Sid of its own for each statement");
        }
    }
    statements.into_iter().collect()
}

/// A string, or a finding.
fn text(value: &Value, path: &Path<'_>, findings: &mut Findings) -> Option<String> {
    if value.as_str().is_none() {
        findings.unexpected(value, path, "a string");
    }
    value.as_str().map(str::to_owned)
}

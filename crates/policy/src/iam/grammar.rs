//! The grammar that all policies of the IAM language share, and where its dialects differ.

mod condition;
mod element;

use crate::finding::Finding;
use crate::iam::document::{Document, Effect, Principal, Statement};
use crate::iam::version::Version;
use crate::json::{self, Value, quoted};
use crate::path::Path;

pub(super) use element::refuse_text;

/// What a finding is about. Only the organization's resource policy tells its callers.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Subject {
    Document,
    Principal,
    Action,
    Resource,
    PolicyType,
}

/// What may stand in Principal.
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
pub(super) struct Rules {
    /// What the dialect is called in a sentence: `a service control policy`.
    pub name: &'static str,
    pub takes_old_versions: bool,
    /// The effects in words, and which they are.
    pub effects: (&'static str, &'static [Effect]),
    pub principal: PrincipalRule,
    /// Which of NotAction and NotResource there are.
    pub negated: &'static [&'static str],
    pub needs_resource: bool,
}

/// A dialect: rules, and checks of its own on what the grammar lets through.
pub(super) trait Dialect {
    const RULES: Rules;

    fn check_action(&self, _path: &Path<'_>, _action: &str, _findings: &mut Findings) {}
    fn check_resource(&self, _path: &Path<'_>, _resource: &str, _findings: &mut Findings) {}
    fn check_everyone(&self, _path: &Path<'_>, _findings: &mut Findings) {}
    fn check_principal(&self, _path: &Path<'_>, _principal: &Principal, _findings: &mut Findings) {}
    fn check_condition(&self, _path: &Path<'_>, _key: &str, _values: &[String], _findings: &mut Findings) {}
}

/// What is found on the way through a document.
#[derive(Default)]
pub(super) struct Findings {
    pub refused: Vec<(Subject, Finding)>,
    pub warnings: Vec<Finding>,
}

impl Findings {
    pub fn refuse(&mut self, subject: Subject, finding: Finding) {
        self.refused.push((subject, finding));
    }

    fn document(&mut self, path: &Path<'_>, found: impl Into<String>, expected: impl Into<String>) {
        self.refuse(Subject::Document, Finding::new(path, found, expected));
    }

    /// Refuses a value of the wrong kind.
    fn unexpected(&mut self, value: &Value, path: &Path<'_>, expected: &str) {
        self.refuse(Subject::Document, value.unexpected(path, expected));
    }

    pub fn warn(&mut self, finding: Finding) {
        self.warnings.push(finding);
    }
}

/// The document of a dialect, or everything that keeps the text from being one: keys given twice, then the rest
/// statement by statement, then names of statements given twice.
pub(super) fn read<D: Dialect>(text: &str, dialect: &D) -> Result<Document, Vec<(Subject, Finding)>> {
    let json = json::read(text).map_err(|finding| vec![(Subject::Document, finding)])?;
    let mut findings = Findings::default();
    // Only the first value of a duplicate key is looked at, so the duplicate itself is named.
    findings.refused.extend(json.duplicates.into_iter().map(|finding| (Subject::Document, finding)));
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
    // Inferred: IAM takes an Id although its pages keep it to resource-based policies.
    let id = root.get("Id").and_then(|value| text(value, &path.key("Id"), findings));
    let statements = match root.get("Statement") {
        None => {
            findings.document(&path, "no Statement", "a statement or a list of statements");
            return None;
        }
        // A document without a version is refused, so it does not matter how its statements are read.
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
    // An item's place is its place in the list, so names are compared before those that are no statements drop out.
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

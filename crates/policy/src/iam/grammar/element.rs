//! A statement and its elements.

use crate::iam::arn;
use crate::iam::document::{Effect, Listed, PrincipalEntry, Principals, Statement};
use crate::iam::grammar::condition::conditions;
use crate::iam::grammar::{Dialect, Findings, Part, PrincipalRule, text};
use crate::iam::pattern::{PolicyPattern, Special};
use crate::iam::version::Version;
use crate::json::{Value, quoted};
use crate::path::Path;

const ELEMENTS: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/// Reads a statement. None if the value is no statement. A statement with a wrong part is returned without that part,
/// so that the checks can go on; the findings keep the document from being used.
pub(super) fn statement<D: Dialect>(
    value: &Value,
    path: &Path<'_>,
    version: Version,
    dialect: &D,
    findings: &mut Findings,
) -> Option<Statement> {
    let Value::Object(entries) = value else {
        findings.unexpected(value, path, "a statement, which is an object");
        return None;
    };
    for (key, _) in entries.iter().filter(|(key, _)| !ELEMENTS.contains(&key.as_str())) {
        let expected = format!("only the elements {}", ELEMENTS.join(", "));
        findings.document(&path.key(key), format!("the key {}", quoted(key)), expected);
    }
    let rules = D::RULES;
    let action =
        ListElement { name: "Action", negated: "NotAction", takes_negated: rules.negated.contains(&"NotAction") };
    let resource =
        ListElement { name: "Resource", negated: "NotResource", takes_negated: rules.negated.contains(&"NotResource") };
    let sid = value.get("Sid").and_then(|value| sid(value, &path.key("Sid"), findings));
    let effect = effect::<D>(value.get("Effect"), path, findings);
    let principal = principal(value, path, dialect, findings);
    if !action.stands_in(value) {
        findings.document(path, "no Action", action.forms());
    }
    let action = action.read::<D>(value, path, findings, |path, text, findings| {
        check_action(path, text, findings);
        dialect.check_action(path, text, findings);
    });
    if rules.needs_resource && !resource.stands_in(value) {
        findings.document(path, "no Resource", resource.forms());
    }
    let resource = resource.read::<D>(value, path, findings, |path, text, findings| {
        check_resource(path, text, findings);
        dialect.check_resource(path, text, findings);
    });
    let conditions = match value.get("Condition") {
        Some(value) => conditions(value, &path.key("Condition"), version, dialect, findings),
        None => Vec::new(),
    };
    let action = compile(action.unwrap_or_default(), PolicyPattern::of_action);
    let resource =
        resource.map(|listed| compile(listed, |text| PolicyPattern::read(text, version, Special::Wildcards)));
    let effect = effect.unwrap_or(Effect::Deny);
    Some(Statement { sid, effect, principal, action, resource, conditions })
}

fn compile(listed: Listed<Vec<String>>, read: impl Fn(&str) -> PolicyPattern) -> Listed<Vec<PolicyPattern>> {
    let items = listed.items.iter().map(|text| read(text)).collect();
    Listed { is_negated: listed.is_negated, items }
}

// Inferred: IAM's rule of letters and digits also holds for the policies of Organizations. An empty Sid counts as none,
// because IAM is on record for accepting two of them.
fn sid(value: &Value, path: &Path<'_>, findings: &mut Findings) -> Option<String> {
    let sid = text(value, path, findings)?;
    if !sid.chars().all(|char| char.is_ascii_alphanumeric()) {
        findings.unexpected(value, path, "a Sid of letters A-Z, a-z and digits only");
    }
    Some(sid).filter(|sid| !sid.is_empty())
}

fn effect<D: Dialect>(value: Option<&Value>, path: &Path<'_>, findings: &mut Findings) -> Option<Effect> {
    let (expected, effects) = D::RULES.effects;
    let Some(value) = value else {
        findings.document(path, "no Effect", expected);
        return None;
    };
    let effect = match value.as_str() {
        Some("Allow") => Some(Effect::Allow),
        Some("Deny") => Some(Effect::Deny),
        _ => None,
    };
    let effect = effect.filter(|effect| effects.contains(effect));
    if effect.is_none() {
        findings.unexpected(value, &path.key("Effect"), expected);
    }
    effect
}

/// An element with a string or a list of strings, and its `Not` form.
struct ListElement {
    name: &'static str,
    negated: &'static str,
    takes_negated: bool,
}

impl ListElement {
    fn stands_in(&self, statement: &Value) -> bool {
        statement.get(self.name).is_some() || statement.get(self.negated).is_some()
    }

    fn forms(&self) -> String {
        if self.takes_negated { format!("{} or {}", self.name, self.negated) } else { self.name.to_owned() }
    }

    /// Reads the element and checks each of its strings. None if the element is missing or has a forbidden form.
    fn read<D: Dialect>(
        &self,
        statement: &Value,
        path: &Path<'_>,
        findings: &mut Findings,
        check: impl FnMut(&Path<'_>, &str, &mut Findings),
    ) -> Option<Listed<Vec<String>>> {
        let (plain, negated) = (statement.get(self.name), statement.get(self.negated));
        if negated.is_some() && !self.takes_negated {
            let expected = format!("{}, which is all that {} has", self.name, D::RULES.name);
            findings.document(&path.key(self.negated), self.negated, expected);
            return None;
        }
        if plain.is_some() && negated.is_some() {
            findings.document(path, format!("both {} and {}", self.name, self.negated), "one of the two");
            return None;
        }
        let is_negated = plain.is_none();
        let path = path.key(if is_negated { self.negated } else { self.name });
        let items = strings(plain.or(negated)?, &path, findings, check);
        Some(Listed { is_negated, items })
    }
}

/// Reads a string, or a list of at least one string, and checks each.
fn strings(
    value: &Value,
    path: &Path<'_>,
    findings: &mut Findings,
    mut check: impl FnMut(&Path<'_>, &str, &mut Findings),
) -> Vec<String> {
    match value {
        Value::String(text) => {
            check(path, text, findings);
            vec![text.clone()]
        }
        Value::Array(items) if !items.is_empty() => {
            let mut texts = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                let path = path.index(index);
                if let Some(text) = text(item, &path, findings) {
                    check(&path, &text, findings);
                    texts.push(text);
                }
            }
            texts
        }
        _ => {
            findings.unexpected(value, path, "a string or a list of at least one");
            Vec::new()
        }
    }
}

// Inferred: Organizations has IAM's rules, which are on record: any name after the colon, no wildcard before it.
fn check_action(path: &Path<'_>, action: &str, findings: &mut Findings) {
    if action == "*" {
        return;
    }
    let expected = match action.split_once(':') {
        None => "\"*\" or an action with its service's prefix, such as \"s3:GetObject\"",
        Some((_, name)) if name.contains(':') => "an action with one colon, such as \"s3:GetObject\"",
        Some((prefix, _)) if !is_prefix(prefix) => "a service's prefix before the colon, without wildcards or spaces",
        Some(_) => return,
    };
    refuse_text(Part::Document, path, action, expected, findings);
}

fn is_prefix(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.'))
}

fn check_resource(path: &Path<'_>, resource: &str, findings: &mut Findings) {
    if resource != "*"
        && let Some(expected) = arn::expected_instead(resource)
    {
        refuse_text(Part::Document, path, resource, expected, findings);
    }
}

/// Adds a finding about a string.
pub(in crate::iam) fn refuse_text(
    part: Part,
    path: &Path<'_>,
    found: &str,
    expected: impl Into<String>,
    findings: &mut Findings,
) {
    findings.refuse(part, crate::Finding::new(path, format!("the string {}", quoted(found)), expected));
}

fn principal<D: Dialect>(
    statement: &Value,
    path: &Path<'_>,
    dialect: &D,
    findings: &mut Findings,
) -> Option<Principals> {
    let rules = D::RULES;
    if let Some(value) = statement.get("NotPrincipal") {
        let expected = match rules.principal {
            PrincipalRule::Forbidden => format!("no NotPrincipal in {}", rules.name),
            _ => format!("Principal, which is all that {} has", rules.name),
        };
        findings.refuse(Part::Document, value.unexpected(&path.key("NotPrincipal"), expected));
        return None;
    }
    let value = statement.get("Principal");
    let path_of_value = path.key("Principal");
    match (rules.principal, value) {
        (PrincipalRule::Forbidden, None) => None,
        (PrincipalRule::Forbidden, Some(value)) => {
            let expected = format!("no Principal in {}", rules.name);
            findings.refuse(Part::Document, value.unexpected(&path_of_value, expected));
            None
        }
        (_, None) => {
            findings.document(path, "no Principal", "a Principal in each statement");
            None
        }
        (_, Some(Value::String(text))) if text == "*" => {
            dialect.check_everyone(&path_of_value, findings);
            Some(Principals::Everyone)
        }
        (PrincipalRule::Map, Some(Value::Object(entries))) if !entries.is_empty() => {
            Some(Principals::Only(principals(entries, &path_of_value, dialect, findings)))
        }
        (PrincipalRule::Everyone, Some(value)) => {
            findings.unexpected(value, &path_of_value, "the string \"*\"");
            None
        }
        (_, Some(value)) => {
            findings.unexpected(value, &path_of_value, "\"*\" or an object such as {\"AWS\": \"111111111111\"}");
            None
        }
    }
}

fn principals<D: Dialect>(
    entries: &[(String, Value)],
    path: &Path<'_>,
    dialect: &D,
    findings: &mut Findings,
) -> Vec<PrincipalEntry> {
    let mut principals = Vec::new();
    for (key, value) in entries {
        let path = path.key(key);
        let kind = match key.as_str() {
            "AWS" => PrincipalEntry::Aws,
            "Service" => PrincipalEntry::Service,
            "Federated" => PrincipalEntry::Federated,
            "CanonicalUser" => PrincipalEntry::CanonicalUser,
            _ => {
                let expected = "only the keys AWS, Service, Federated and CanonicalUser";
                findings.document(&path, format!("the key {}", quoted(key)), expected);
                continue;
            }
        };
        strings(value, &path, findings, |path, text, findings| {
            let principal = kind(text.to_owned());
            dialect.check_principal(path, &principal, findings);
            principals.push(principal);
        });
    }
    principals
}

//! Running a case.

use std::sync::Arc;
use std::time::Duration;

use model::schema::{Kind, Shape};
use model::{Operation, Refusal, SERVICES};
use serde_json::{Map, Value};
use world::{Quotas, Settings, ShareTrustedAccess};

use crate::client::{Client, Credentials};
use crate::coverage::Reached;
use crate::expectation::check;
use crate::line::Case;
use crate::variables::Variables;

struct Run<'a> {
    service: &'a str,
    client: Client,
    caller: Credentials,
    variables: Variables,
    reached: &'a mut Reached,
}

impl Case {
    /// Runs the case.
    ///
    /// # Errors
    /// The first line that does not hold, and why.
    pub fn run(&self, reached: &mut Reached) -> Result<(), String> {
        let mut run = Run {
            service: &self.service,
            client: Client::new(Settings::default()),
            caller: Credentials::of(""),
            variables: Variables::default(),
            reached,
        };
        for line in &self.lines {
            run.line(&line.words).map_err(|wrong| format!("line {}: {wrong}", line.number))?;
        }
        Ok(())
    }
}

impl Run<'_> {
    fn line(&mut self, words: &[String]) -> Result<(), String> {
        let text: Vec<&str> = words.iter().map(String::as_str).collect();
        match text.as_slice() {
            ["as", who] => self.caller(who),
            ["as", who, "in", region] => {
                (*region).clone_into(&mut self.caller.region);
                self.caller(who)
            }
            ["advance", by] => {
                self.client.at = self.client.at.after(duration(by)?);
                Ok(())
            }
            ["pace", pace] => {
                let pace = pace.parse()?;
                self.set(|settings| settings.pace = pace)
            }
            ["share-trusted-access", "strict"] => {
                self.set(|settings| settings.share_trusted_access = ShareTrustedAccess::Strict)
            }
            ["quota", setting] => {
                let (name, value) = setting.split_once('=').ok_or("a quota is written name=value")?;
                let mut quotas = self.client.world.settled(self.client.at).settings.quotas.clone();
                quota(&mut quotas, name, value)?;
                self.set(|settings| settings.quotas = quotas)
            }
            [name, ..] => self.call(name, &words[1..]),
            [] => Ok(()),
        }
    }

    fn set(&self, change: impl FnOnce(&mut Settings)) -> Result<(), String> {
        self.client.world.change(self.client.at, |world, _| {
            change(Arc::make_mut(&mut world.settings));
            Ok(())
        })
    }

    fn caller(&mut self, who: &str) -> Result<(), String> {
        let named = who.strip_prefix('@').map(|name| self.variables.get(name)).transpose()?;
        let member = |name| named.and_then(|value| value.get(name)).and_then(Value::as_str).map(str::to_owned);
        self.caller.session_token = member("SessionToken");
        self.caller.access_key_id = match member("AccessKeyId") {
            Some(key) => key,
            None => self.variables.expand(who)?,
        };
        Ok(())
    }

    fn call(&mut self, name: &str, words: &[String]) -> Result<(), String> {
        let operation = operation(self.service, name)?;
        let verdict = words.iter().position(|word| word == "->" || word == "!!");
        let (members, verdict) = words.split_at(verdict.unwrap_or(words.len()));
        let body = self.input(operation, members)?;
        let before = self.client.world.settled(self.client.at);
        let result = self.client.call(&self.caller, operation, body.as_bytes());
        let after = self.client.world.settled(self.client.at);
        if let [first, ..] = after.broken_invariants().as_slice() {
            return Err(format!("the world is broken: {first}"));
        }
        match (result, verdict) {
            (Ok(answer), [arrow, expected @ ..]) if arrow == "->" => check(&answer, expected, &mut self.variables),
            (Ok(_), []) => Ok(()),
            (Ok(answer), _) => Err(format!("answered {answer}")),
            (Err(refusal), [mark, expected @ ..]) if mark == "!!" => {
                if before != after {
                    return Err("the refused call changed the world".to_owned());
                }
                self.reach(operation, &refusal);
                let expected: Result<Vec<String>, String> =
                    expected.iter().map(|word| self.variables.expand(word)).collect();
                refused(&refusal, &expected?)
            }
            (Err(refusal), _) => Err(format!("refused: {refusal:?}")),
        }
    }

    fn input(&self, operation: &Operation, members: &[String]) -> Result<String, String> {
        let mut input = Map::new();
        for member in members {
            let (name, text) = member.split_once('=').ok_or_else(|| format!("{member} is no Member=value"))?;
            let text = self.variables.expand(text)?;
            let shape = shape(operation, name);
            input.insert(name.to_owned(), value(shape, &text)?);
        }
        Ok(Value::Object(input).to_string())
    }

    fn reach(&mut self, operation: &Operation, refusal: &Refusal) {
        // Some models list an error that is the front end's.
        let error = match refusal {
            Refusal::Service(error) => error.name,
            Refusal::FrontEnd(kind, _) => kind.code(),
            Refusal::Planned(_) => return,
        };
        let name = format!("{}:{}", operation.service.id, operation.name);
        self.reached.0.insert((name, error.to_owned()));
    }
}

/// The operation of that name: of the file's own service, or else of the only one that has it.
fn operation(service: &str, name: &str) -> Result<&'static Operation, String> {
    let (wanted, name) = name.split_once(':').map_or((None, name), |(service, name)| (Some(service), name));
    let found = |id: &str| SERVICES.iter().find(|service| service.id == id)?.operation(name);
    if let Some(id) = wanted {
        return found(id).ok_or_else(|| format!("{id} has no operation {name}"));
    }
    let all: Vec<&Operation> = SERVICES.iter().filter_map(|service| service.operation(name)).collect();
    match (found(service), all.as_slice()) {
        (Some(own), _) => Ok(own),
        (None, [only]) => Ok(only),
        (None, []) => Err(format!("there is no operation {name}")),
        (None, _) => Err(format!("several services have an operation {name}: name one, as in ds:{name}")),
    }
}

fn shape(operation: &Operation, member: &str) -> Option<&'static Shape> {
    match &operation.input.kind {
        Kind::Structure(members) => members.iter().find(|found| found.name == member).map(|found| found.shape),
        _ => None,
    }
}

/// A value as JSON: what is written as JSON, or else what the member's shape makes of it.
fn value(shape: Option<&Shape>, text: &str) -> Result<Value, String> {
    if text.starts_with(['{', '[', '"']) {
        return serde_json::from_str(text).map_err(|wrong| format!("{text}: {wrong}"));
    }
    let bare = || serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    Ok(match shape.map(|shape| &shape.kind) {
        Some(Kind::Integer(_) | Kind::Long(_) | Kind::Boolean | Kind::Timestamp) => bare(),
        _ => Value::from(text),
    })
}

fn refused(refusal: &Refusal, expected: &[String]) -> Result<(), String> {
    let wrong = || format!("refused with {refusal:?}, expected {}", expected.join(" "));
    let (names, reason, message): (Vec<&str>, _, &str) = match refusal {
        Refusal::Service(error) => (vec![error.name, error.code], error.reason, &error.message),
        Refusal::FrontEnd(kind, text) => (vec![kind.code(), kind.query_code()], None, text),
        Refusal::Planned(_) => (vec![Refusal::PLANNED], None, ""),
    };
    let (code, rest) = expected.split_first().ok_or_else(|| format!("refused with {refusal:?}: name the code"))?;
    let (text, rest) = match rest {
        [rest @ .., text] if text.starts_with('"') => (serde_json::from_str::<String>(text).ok(), rest),
        rest => (None, rest),
    };
    let reason_holds = match rest {
        [] => reason.is_none(),
        [wanted] => reason == Some(wanted.as_str()),
        _ => false,
    };
    let text_holds = text.is_none_or(|text| message.starts_with(&text));
    if names.contains(&code.as_str()) && reason_holds && text_holds { Ok(()) } else { Err(wrong()) }
}

fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u64 = text[..digits].parse().map_err(|_| format!("{text} is no duration"))?;
    let unit_ms = match &text[digits..] {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        other => return Err(format!("'{other}' is no unit of time")),
    };
    Ok(Duration::from_millis(number * unit_ms))
}

fn quota(quotas: &mut Quotas, name: &str, value: &str) -> Result<(), String> {
    if name == "minimum_age" {
        quotas.minimum_age = duration(value)?;
        return Ok(());
    }
    if let Some((kind, name)) = name.split_once('.') {
        return policy_quota(quotas, kind, name, value);
    }
    let field = match name {
        "accounts" => &mut quotas.accounts,
        "units" => &mut quotas.units,
        "unit_depth" => &mut quotas.unit_depth,
        "creations_at_once" => &mut quotas.creations_at_once,
        "closures_at_once" => &mut quotas.closures_at_once,
        "closures" => &mut quotas.closures,
        "closures_max" => &mut quotas.closures_max,
        "migration_accounts" => &mut quotas.migration_accounts,
        "invitations" => &mut quotas.invitations,
        "tags" => &mut quotas.tags,
        "simple_directories" => &mut quotas.simple_directories,
        "microsoft_directories" => &mut quotas.microsoft_directories,
        "hybrid_directories" => &mut quotas.hybrid_directories,
        "assessments" => &mut quotas.assessments,
        "connected_directories" => &mut quotas.connected_directories,
        "shares_standard" => &mut quotas.shares_standard,
        "shares_enterprise" => &mut quotas.shares_enterprise,
        "shares_hybrid" => &mut quotas.shares_hybrid,
        other => return Err(format!("there is no quota {other}")),
    };
    *field = value.parse().map_err(|_| format!("{value} is no number"))?;
    Ok(())
}

/// A quota of a policy type: `TAG_POLICY.attached`.
fn policy_quota(quotas: &mut Quotas, kind: &str, name: &str, value: &str) -> Result<(), String> {
    let kind = serde_json::from_value(Value::from(kind)).map_err(|_| format!("there is no policy type {kind}"))?;
    let mut changed = quotas.policy_type(kind);
    let field = match name {
        "size" => &mut changed.size,
        "attached" => &mut changed.attached,
        "policies" => &mut changed.policies,
        other => return Err(format!("a policy type has no quota {other}")),
    };
    *field = value.parse().map_err(|_| format!("{value} is no number"))?;
    quotas.policy_types.insert(kind, changed);
    Ok(())
}

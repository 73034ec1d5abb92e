//! Runs a case.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use engine::{Fault, FaultOrder};
use model::schema::{Kind, Shape};
use model::{Operation, Refusal, operation_named, organizations};
use serde_json::{Map, Value};
use wire::Protocol;
use world::{Region, Settings, ShareTrustedAccess, parse_duration};

use crate::client::{Client, Credentials};
use crate::coverage::Reached;
use crate::expectation::{check, check_refusal, check_whole, refusal_text};
use crate::line::{Case, Word};
use crate::surroundings::declare;
use crate::update::Edits;
use crate::variables::Variables;

struct Run<'a> {
    service: &'a str,
    client: Client,
    caller: Credentials,
    variables: Variables,
    reached: &'a mut Reached,
    answers: Vec<Value>,
    /// Notes wrong expectations, if they are to be rewritten.
    edits: Option<&'a mut Edits>,
}

impl Case {
    /// Runs the case, with Directory Service in a protocol, and returns every answer.
    ///
    /// # Errors
    /// The first line that does not hold, its operation, and why. A panic counts.
    pub fn run(&self, protocol: Protocol, reached: &mut Reached) -> Result<Vec<Value>, String> {
        self.run_or_update(protocol, reached, None)
    }

    /// Runs the case. With `edits`, wrong values in expectations are noted there and do not fail the case.
    pub(crate) fn run_or_update(
        &self,
        protocol: Protocol,
        reached: &mut Reached,
        edits: Option<&mut Edits>,
    ) -> Result<Vec<Value>, String> {
        let mut run = Run {
            service: &self.service,
            client: Client { protocol, ..Client::new(Settings::default()) },
            caller: Credentials::of(""),
            variables: Variables::default(),
            reached,
            answers: Vec::new(),
            edits,
        };
        for line in &self.lines {
            // After a panic the run ends, so nothing sees a broken state.
            let held = catch_unwind(AssertUnwindSafe(|| run.line(&line.words)));
            let held = held.unwrap_or_else(|panic| Err(format!("panicked: {}", text_of(panic.as_ref()))));
            let operation = line.words.first().map_or("", |word| &word.text);
            held.map_err(|wrong| format!("{}: {operation}: {wrong}", line.number))?;
        }
        Ok(run.answers)
    }
}

/// The message of a panic.
fn text_of(panic: &(dyn Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a text")
}

impl Run<'_> {
    fn line(&mut self, words: &[Word]) -> Result<(), String> {
        let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        match text.as_slice() {
            ["as", who] => self.caller(who),
            ["as", who, "in", region] => {
                (*region).clone_into(&mut self.caller.region);
                self.caller(who)
            }
            ["advance", by] => {
                self.client.at = self.client.at.after(parse_duration(by)?);
                Ok(())
            }
            ["pace", pace] => {
                let pace = pace.parse()?;
                self.set(|settings| settings.pace = pace)
            }
            ["share-trusted-access", "strict"] => {
                self.set(|settings| settings.share_trusted_access = ShareTrustedAccess::Strict)
            }
            ["gov-cloud", switch @ ("on" | "off")] => {
                let on = *switch == "on";
                self.set(|settings| settings.gov_cloud = on)
            }
            ["quota", setting] => {
                let (name, value) = setting.split_once('=').ok_or("a quota is written name=value")?;
                let mut quotas = self.client.world.settled(self.client.at).settings.quotas.clone();
                quotas.set(name, value)?;
                self.set(|settings| settings.quotas = quotas)
            }
            ["declare", what @ ..] => {
                let account = self.caller.access_key_id.parse().map_err(|_| "only an account has surroundings")?;
                let owner = (account, Region::from(self.caller.region.as_str()));
                let mut surroundings = self.client.world.settled(self.client.at).settings.surroundings.clone();
                declare(&mut surroundings, &owner, what)?;
                self.set(|settings| settings.surroundings = surroundings)
            }
            ["fault", operation, rest @ ..] => self.fault(operation, rest),
            ["let", _] => {
                let (name, value) = self.assignment(&words[1], |_, text| Value::from(text))?;
                self.variables.set(&name, value);
                Ok(())
            }
            ["rates", "on"] => {
                self.client.world.enforce_rates(true);
                Ok(())
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

    fn fault(&self, operation: &str, words: &[&str]) -> Result<(), String> {
        let operation = if operation.ends_with('*') {
            operation.to_owned()
        } else {
            operation_named(Some(self.service), operation)?.to_string()
        };
        let mut order = FaultOrder { operation, ..FaultOrder::default() };
        for word in words {
            let Some((name, value)) = word.split_once('=') else {
                let field = if order.error.is_none() { &mut order.error } else { &mut order.reason };
                if field.replace((*word).to_owned()).is_some() {
                    return Err(format!("{word}: a fault has one error and one reason"));
                }
                continue;
            };
            let value = self.variables.expand(value)?;
            match name {
                "account" => order.account = Some(value),
                "email" | "target" => order.target = Some(value),
                "failure" => order.failure_reason = Some(value),
                "status" => order.status = Some(serde_json::from_str(&value).unwrap_or(value)),
                "message" => order.message = Some(serde_json::from_str(&value).unwrap_or(value)),
                "times" => order.times = Some(value.parse().map_err(|_| format!("{word}: times is a number"))?),
                other => return Err(format!("a fault has no {other}")),
            }
        }
        self.client.world.order(Fault::new(order)?);
        Ok(())
    }

    fn call(&mut self, name: &str, words: &[Word]) -> Result<(), String> {
        let operation = operation_named(Some(self.service), name)?;
        let verdict = words.iter().position(|word| ["->", "=>", "!!"].contains(&word.text.as_str()));
        let (members, verdict) = words.split_at(verdict.unwrap_or(words.len()));
        let body = self.input(operation, members)?;
        let before = self.client.world.settled(self.client.at);
        let faults = self.client.world.faults();
        let result = self.client.call(&self.caller, operation, body.as_bytes());
        let after = self.client.world.settled(self.client.at);
        if let [first, ..] = after.broken_invariants().as_slice() {
            return Err(format!("the world is broken: {first}"));
        }
        self.answers.push(match &result {
            Ok(answer) => answer.clone(),
            Err(refusal) => self.client.refusal(operation, refusal),
        });
        let edits = self.edits.as_deref_mut();
        match (result, verdict) {
            (Ok(answer), [arrow, expected @ ..]) if arrow.text == "->" => {
                check(&answer, expected, &mut self.variables, edits)
            }
            (Ok(answer), [arrow, expected @ ..]) if arrow.text == "=>" => {
                check_whole(&answer, expected, &self.variables, edits)
            }
            (Ok(_), []) => Ok(()),
            (Ok(answer), _) => Err(format!("answered {answer}")),
            (Err(refusal), [mark, ..]) if mark.text == "!!" => {
                if before != after {
                    return Err("the refused call changed the world".to_owned());
                }
                // An error that a fault ordered does not count as reached by a rule.
                let ordered = self.client.world.faults() != faults;
                let held = check_refusal(&refusal, verdict, &self.variables, edits);
                self.reach(operation, &refusal, ordered);
                held
            }
            (Err(refusal), _) => Err(format!("refused with {}", refusal_text(&refusal))),
        }
    }

    fn input(&self, operation: &Operation, members: &[Word]) -> Result<String, String> {
        let mut input = Map::new();
        for member in members {
            let (name, value) = self.assignment(member, |name, text| bare(shape(operation, name), text))?;
            input.insert(name, value);
        }
        Ok(Value::Object(input).to_string())
    }

    /// The two sides of `name=value`. `bare` makes a value of a text that is neither JSON nor a document.
    fn assignment(&self, word: &Word, bare: impl FnOnce(&str, &str) -> Value) -> Result<(String, Value), String> {
        let (name, text) = word.text.split_once('=').ok_or_else(|| format!("{} is no name=value", word.text))?;
        let named = text.strip_prefix('@').and_then(|name| self.variables.get(name).ok());
        let expanded = word.expand(name.len() + 1, &self.variables)?;
        let value = match named {
            _ if word.document.is_some() => Value::from(expanded),
            // A policy document is a text that looks like a structure.
            Some(Value::String(text)) => bare(name, text),
            _ if expanded.starts_with(['{', '[', '"']) => {
                serde_json::from_str(&expanded).map_err(|wrong| format!("{expanded}: {wrong}"))?
            }
            _ => bare(name, &expanded),
        };
        Ok((name.to_owned(), value))
    }

    fn reach(&mut self, operation: &Operation, refusal: &Refusal, ordered: bool) {
        // Some models list an error of the front end.
        let (error, reason) = match refusal {
            Refusal::Service(error) => (error.name, error.reason),
            Refusal::FrontEnd(kind, _) => (kind.code(), None),
            Refusal::Planned(_) | Refusal::Unreachable(_) => return,
        };
        if let Some(reason) = reason.filter(|_| operation.service.id == organizations::SERVICE.id) {
            let reasons = if ordered { &mut self.reached.ordered } else { &mut self.reached.reasons };
            reasons.insert((error.to_owned(), reason.to_owned()));
        }
        if !ordered {
            self.reached.errors.insert((operation.to_string(), error.to_owned()));
        }
    }
}

fn shape(operation: &Operation, member: &str) -> Option<&'static Shape> {
    match &operation.input.kind {
        Kind::Structure(members) => members.iter().find(|found| found.name == member).map(|found| found.shape),
        _ => None,
    }
}

/// Reads a text without quotes. The member's shape decides its JSON.
fn bare(shape: Option<&Shape>, text: &str) -> Value {
    match shape.map(|shape| &shape.kind) {
        Some(Kind::Integer(_) | Kind::Long(_) | Kind::Boolean | Kind::Timestamp) => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
        }
        _ => Value::from(text),
    }
}

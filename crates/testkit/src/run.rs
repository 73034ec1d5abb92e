//! Running a case.

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
use crate::expectation::{check, check_whole};
use crate::line::Case;
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
    /// What the line is to say; none where expectations are held and not rewritten.
    edits: Option<Edits>,
}

/// What became of a case.
#[derive(Debug, Default)]
pub struct Played {
    /// Every answer, in the order of the calls.
    pub answers: Vec<Value>,
    /// What lines of the file are to say, by number.
    pub edits: Vec<(usize, Edits)>,
}

impl Case {
    /// Runs the case, speaking that protocol to Directory Service, and gives every answer in it.
    ///
    /// # Errors
    /// The first line that does not hold, and why.
    pub fn run(&self, protocol: Protocol, reached: &mut Reached) -> Result<Vec<Value>, String> {
        self.play(protocol, reached, false).map(|played| played.answers)
    }

    /// Runs the case. Where expectations are rewritten, those that do not hold become edits.
    ///
    /// # Errors
    /// The first line that does not hold, and why; a panic is one.
    pub fn play(&self, protocol: Protocol, reached: &mut Reached, rewrite: bool) -> Result<Played, String> {
        let mut run = Run {
            service: &self.service,
            client: Client { protocol, ..Client::new(Settings::default()) },
            caller: Credentials::of(""),
            variables: Variables::default(),
            reached,
            answers: Vec::new(),
            edits: rewrite.then(Edits::default),
        };
        let mut edits = Vec::new();
        for line in &self.lines {
            let held = catch_unwind(AssertUnwindSafe(|| run.line(&line.words)));
            let held = held.unwrap_or_else(|panic| Err(panicked(&line.words, panic.as_ref())));
            held.map_err(|wrong| format!("{}: {wrong}", line.number))?;
            if let Some(edited) = run.edits.as_mut().map(std::mem::take).filter(|edited| !edited.is_empty()) {
                edits.push((line.number, edited));
            }
        }
        Ok(Played { answers: run.answers, edits })
    }
}

/// What a panic says, and the operation at which it came.
fn panicked(words: &[String], panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("{}: panicked: {}", words.first().map_or("", String::as_str), text.unwrap_or("without a text"))
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
                let place = (account, Region::from(self.caller.region.as_str()));
                let mut surroundings = self.client.world.settled(self.client.at).settings.surroundings.clone();
                declare(&mut surroundings, &place, what)?;
                self.set(|settings| settings.surroundings = surroundings)
            }
            ["fault", operation, rest @ ..] => self.fault(operation, rest),
            ["let", definition] => {
                let (name, value) = definition.split_once('=').ok_or("a definition is written name=value")?;
                let value = self.variables.expand(value)?;
                let value = serde_json::from_str(&value).ok().filter(|json: &Value| !json.is_number());
                let text = || definition.split_once('=').map_or("", |(_, text)| text);
                self.variables.set(name, value.unwrap_or_else(|| Value::from(text())));
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
                let place = if order.error.is_none() { &mut order.error } else { &mut order.reason };
                if place.replace((*word).to_owned()).is_some() {
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

    fn call(&mut self, name: &str, words: &[String]) -> Result<(), String> {
        let operation = operation_named(Some(self.service), name)?;
        let verdict = words.iter().position(|word| ["->", "=>", "!!"].contains(&word.as_str()));
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
        match (result, verdict) {
            (Ok(answer), [arrow, expected @ ..]) if arrow == "->" => {
                check(&answer, expected, &mut self.variables, self.edits.as_mut())
            }
            (Ok(answer), [arrow, expected @ ..]) if arrow == "=>" => {
                check_whole(&answer, expected, &self.variables, self.edits.as_mut())
            }
            (Ok(_), []) => Ok(()),
            (Ok(answer), _) => Err(format!("answered {answer}")),
            (Err(refusal), [mark, expected @ ..]) if mark == "!!" => {
                if before != after {
                    return Err("the refused call changed the world".to_owned());
                }
                // What only an order can give, no rule reaches.
                self.reach(operation, &refusal, self.client.world.faults() != faults);
                let expected: Result<Vec<String>, String> =
                    expected.iter().map(|word| self.variables.expand(word)).collect();
                let held = refused(&refusal, &expected?);
                match &mut self.edits {
                    Some(edits) if held.is_err() => {
                        edits.replace(&verdict.join(" "), &written(&refusal));
                        Ok(())
                    }
                    _ => held,
                }
            }
            (Err(refusal), _) => Err(format!("refused: {refusal:?}")),
        }
    }

    fn input(&self, operation: &Operation, members: &[String]) -> Result<String, String> {
        let mut input = Map::new();
        for member in members {
            let (name, text) = member.split_once('=').ok_or_else(|| format!("{member} is no Member=value"))?;
            let value = match text.strip_prefix('@').and_then(|name| self.variables.get(name).ok()) {
                // A document is a text that looks like a structure.
                Some(Value::String(document)) => Value::from(document.as_str()),
                _ => value(shape(operation, name), &self.variables.expand(text)?)?,
            };
            input.insert(name.to_owned(), value);
        }
        Ok(Value::Object(input).to_string())
    }

    fn reach(&mut self, operation: &Operation, refusal: &Refusal, ordered: bool) {
        // Some models list an error that is the front end's.
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

/// A refusal as a scenario writes it.
fn written(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Service(error) => match error.reason {
            Some(reason) => format!("!! {} {reason} {:?}", error.name, error.message),
            None => format!("!! {} {:?}", error.name, error.message),
        },
        Refusal::FrontEnd(kind, text) => format!("!! {} {text:?}", kind.code()),
        Refusal::Planned(_) => format!("!! {}", Refusal::PLANNED),
        Refusal::Unreachable(text) => format!("!! {} {text:?}", Refusal::UNREACHABLE),
    }
}

fn refused(refusal: &Refusal, expected: &[String]) -> Result<(), String> {
    let wrong = || format!("refused with {refusal:?}, expected {}", expected.join(" "));
    let (names, reason, message): (Vec<&str>, _, &str) = match refusal {
        Refusal::Service(error) => (vec![error.name, error.code], error.reason, &error.message),
        Refusal::FrontEnd(kind, text) => (vec![kind.code(), kind.query_code()], None, text),
        Refusal::Planned(_) => (vec![Refusal::PLANNED], None, ""),
        Refusal::Unreachable(text) => (vec![Refusal::UNREACHABLE], None, text),
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

//! Every scenario of `tests/scenarios`, and whether they reach every error that they can.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use model::{SERVICES, State, ds};
use serde_json::Value;
use testkit::{Case, Protocol, Reached, cases, gaps, reason_gaps};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let mut reached = Reached::default();
    let mut trials = Vec::new();
    for file in files(&folder) {
        let name = file.strip_prefix(&folder).unwrap_or(&file).with_extension("").display().to_string();
        let service = name.split_once('/').map_or("", |(service, _)| service);
        let text = fs::read_to_string(&file).expect("a listed file can be read");
        match cases(service, &text) {
            Ok(cases) => trials.extend(cases.into_iter().flat_map(|case| {
                let result = case.run(Protocol::AwsJson, &mut reached);
                let other = calls_directories(service).then(|| over_cbor(&case, result.as_deref(), &mut reached));
                let named = |suffix, result: Result<(), String>| {
                    let result = result.map_err(|wrong| format!("{}: {wrong}", file.display()));
                    trial(&format!("{name}: {}{suffix}", case.title), result)
                };
                let other = other.map(|result| named(" [cbor]", result));
                std::iter::once(named("", result.map(drop))).chain(other)
            })),
            Err(wrong) => trials.push(trial(&name, Err(format!("{}: {wrong}", file.display())))),
        }
    }
    let coverage = fs::read_to_string(folder.join("coverage.txt")).unwrap_or_default();
    trials.push(trial("every error is reached, or cannot be", lines(gaps(&reached, &coverage))));
    let reasons = fs::read_to_string(folder.join("reasons.txt")).unwrap_or_default();
    trials.push(trial("every reason is given, or cannot be", lines(reason_gaps(&reached, &reasons))));
    trials.push(trial("every failure of directories' work is ordered", lines(without_failure(&folder))));
    trials.push(trial("every implemented operation has a file", lines(without_file(&folder))));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The statuses in which work of Directory Service can end badly, and does in no scenario.
fn without_failure(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("failures.txt")).unwrap_or_default();
    let endings = ds::OPERATIONS.iter().flat_map(|operation| {
        directory::endings(operation.name).iter().map(|ending| (operation.name, ending.status()))
    });
    let orders = endings.map(|(operation, status)| {
        let status = if status.contains(' ') { format!("\"{status}\"") } else { status.to_owned() };
        format!("fault {operation} status={status}")
    });
    let is_missing = |order: &String| {
        let mut places = text.match_indices(order.as_str());
        places.all(|(at, _)| !text[at + order.len()..].starts_with([' ', '\n']))
    };
    orders.filter(is_missing).map(|order| format!("no scenario has '{order}'")).collect()
}

/// Whether a file is about Directory Service, or about several services.
fn calls_directories(service: &str) -> bool {
    service.is_empty() || service == ds::SERVICE.id
}

/// Runs a case that ran over JSON over CBOR. Every answer and every refusal has to be the same.
fn over_cbor(case: &Case, json: Result<&[Value], &String>, reached: &mut Reached) -> Result<(), String> {
    let answers = case.run(Protocol::RpcCbor, reached)?;
    let mut pairs = json.map_err(String::clone)?.iter().zip(&answers);
    match pairs.find(|(json, cbor)| json != cbor) {
        Some((json, cbor)) => Err(format!("over JSON the answer is {json}, over CBOR {cbor}")),
        None => Ok(()),
    }
}

fn trial(name: &str, result: Result<(), String>) -> Trial {
    Trial::test(name, move || result.map_err(Failed::from))
}

fn lines(found: Vec<String>) -> Result<(), String> {
    if found.is_empty() { Ok(()) } else { Err(found.join("\n")) }
}

fn without_file(folder: &Path) -> Vec<String> {
    let operations = SERVICES.iter().flat_map(|service| service.operations);
    let implemented = operations.filter(|operation| operation.state == State::Implemented);
    let wanted = implemented.map(|operation| folder.join(operation.service.id).join(format!("{}.txt", operation.name)));
    wanted.filter(|file| !file.exists()).map(|file| format!("{} is missing", file.display())).collect()
}

/// All `.txt` files that hold scenarios, in alphabetical order.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the folder of the scenarios can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "txt") && !is_list(&path) {
            found.insert(path);
        }
    }
    found
}

/// Whether a file lists what no scenario reaches, and holds none.
fn is_list(path: &Path) -> bool {
    path.ends_with("coverage.txt") || path.ends_with("reasons.txt")
}

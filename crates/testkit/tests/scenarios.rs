//! Runs every scenario of `tests/scenarios`, and checks that they reach every error that can occur.
//!
//! Each case is a trial, so a filter runs only what it names. Checks over all cases run at the end, unless a filter
//! left some out. With `UPDATE_SCENARIOS=1`, expectations that do not hold are rewritten in place.

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use model::{SERVICES, State, ds};
use testkit::{Reached, gaps, reason_gaps, run_folder};

/// The folder of the scenarios, from the root of the repository.
const FOLDER: &str = "tests/scenarios";

fn main() -> ExitCode {
    // Failures name files from the root.
    env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).expect("the root of the repository is there");
    let arguments = Arguments::from_args();
    let finished = run_folder(Path::new(FOLDER), &arguments, env::var_os("UPDATE_SCENARIOS").is_some());
    let mut failed = finished.conclusion.has_failed();
    for rewritten in &finished.rewritten {
        match rewritten {
            Ok(file) => eprintln!("{}: rewritten; read the difference", file.display()),
            Err(wrong) => eprintln!("{wrong}"),
        }
        failed |= rewritten.is_err();
    }
    let is_whole = arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.list && !arguments.ignored;
    if is_whole {
        failed |= libtest_mimic::run(&arguments, closing_trials(&finished.reached)).has_failed();
    }
    if failed { ExitCode::from(101) } else { ExitCode::SUCCESS }
}

/// The checks over all cases.
fn closing_trials(reached: &Reached) -> Vec<Trial> {
    let folder = Path::new(FOLDER);
    let list = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    [
        ("every error is reached, or cannot be", gaps(reached, &list("coverage.txt"))),
        ("every reason is given, or cannot be", reason_gaps(reached, &list("reasons.txt"))),
        ("every failure of directories' work is ordered", without_failure(folder)),
        ("every implemented operation has a file", without_file(folder)),
    ]
    .into_iter()
    .map(|(name, found)| {
        Trial::test(name, move || if found.is_empty() { Ok(()) } else { Err(found.join("\n").into()) })
    })
    .collect()
}

/// The bad endings of Directory Service's work that no scenario orders.
fn without_failure(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("failures.txt")).unwrap_or_default();
    let endings = ds::OPERATIONS.iter().flat_map(|operation| {
        directory::failures(operation.name).statuses.into_iter().map(|status| (operation.name, status))
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

fn without_file(folder: &Path) -> Vec<String> {
    let operations = SERVICES.iter().flat_map(|service| service.operations);
    let implemented = operations.filter(|operation| operation.state == State::Implemented);
    let required =
        implemented.map(|operation| folder.join(operation.service.id.as_str()).join(format!("{}.txt", operation.name)));
    required.filter(|file| !file.exists()).map(|file| format!("{} is missing", file.display())).collect()
}

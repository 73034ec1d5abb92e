//! Every scenario of `tests/scenarios`, and whether they reach every error that they can.
//!
//! A case runs when the harness asks for it, so a filter runs only what it names. What holds for all cases together is
//! held at the end, where none was left out. With `UPDATE_SCENARIOS=1` expectations that do not hold are rewritten in
//! place.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use libtest_mimic::{Arguments, Failed, Trial};
use model::{SERVICES, State, ds};
use parking_lot::Mutex;
use serde_json::Value;
use testkit::{Case, Edits, Protocol, Reached, cases, gaps, reason_gaps, rewritten};

/// What the cases leave behind for the end.
#[derive(Default)]
struct Gathered {
    reached: Mutex<Reached>,
    /// What is to be rewritten, by file.
    edits: Mutex<BTreeMap<PathBuf, Vec<(usize, Edits)>>>,
}

/// The answers of a case over JSON, by whichever of its trials runs first.
type Answers = OnceLock<Result<Vec<Value>, String>>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let folder = folder.canonicalize().expect("the folder of the scenarios is there");
    let (gathered, rewrites) = (Arc::new(Gathered::default()), env::var_os("UPDATE_SCENARIOS").is_some());
    let trials = files(&folder).into_iter().flat_map(|file| trials(&folder, file, &gathered, rewrites)).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    rewrite(&gathered.edits.lock());
    let is_whole = arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.list && !arguments.ignored;
    if !is_whole {
        return conclusion.exit_code();
    }
    let closing = libtest_mimic::run(&arguments, closing_trials(&folder, &gathered));
    if conclusion.has_failed() { conclusion.exit_code() } else { closing.exit_code() }
}

/// The trials of a file: each case over JSON and, where it is about directories, over CBOR.
fn trials(folder: &Path, file: PathBuf, gathered: &Arc<Gathered>, rewrites: bool) -> Vec<Trial> {
    let name = file.strip_prefix(folder).unwrap_or(&file).with_extension("").display().to_string();
    let service = name.split_once('/').map_or("", |(service, _)| service);
    let text = fs::read_to_string(&file).expect("a listed file can be read");
    let cases = match cases(service, &text) {
        Ok(cases) => cases,
        Err(wrong) => return vec![trial(&name, move || Err(format!("{}: {wrong}", file.display())))],
    };
    let mut trials = Vec::new();
    for case in cases {
        let (title, case) = (format!("{name}: {}", case.title), Arc::new(case));
        let json = Arc::new(Answers::new());
        let run = Run { case, file: file.clone(), gathered: Arc::clone(gathered), json, rewrites };
        if calls_directories(service) {
            let run = run.clone();
            trials.push(trial(&format!("{title} [cbor]"), move || run.over_cbor()));
        }
        trials.push(trial(&title, move || run.over_json().clone().map(drop)));
    }
    trials
}

/// A case of a file, and where it leaves what it finds.
#[derive(Clone)]
struct Run {
    case: Arc<Case>,
    file: PathBuf,
    gathered: Arc<Gathered>,
    json: Arc<Answers>,
    rewrites: bool,
}

impl Run {
    fn over_json(&self) -> &Result<Vec<Value>, String> {
        self.json.get_or_init(|| self.play(Protocol::AwsJson))
    }

    /// Every answer and every refusal has to be the same as over JSON.
    fn over_cbor(&self) -> Result<(), String> {
        let answers = self.play(Protocol::RpcCbor)?;
        let json = self.over_json().as_ref().map_err(String::clone)?;
        match json.iter().zip(&answers).find(|(json, cbor)| json != cbor) {
            Some((json, cbor)) => Err(format!("over JSON the answer is {json}, over CBOR {cbor}")),
            None => Ok(()),
        }
    }

    fn play(&self, protocol: Protocol) -> Result<Vec<Value>, String> {
        let mut reached = Reached::default();
        let played = self.case.play(protocol, &mut reached, self.rewrites);
        self.gathered.reached.lock().extend(reached);
        let played = played.map_err(|wrong| format!("{}:{wrong}", self.file.display()))?;
        if !played.edits.is_empty() {
            self.gathered.edits.lock().entry(self.file.clone()).or_default().extend(played.edits);
        }
        Ok(played.answers)
    }
}

/// Writes each file once, after all cases have run.
fn rewrite(edits: &BTreeMap<PathBuf, Vec<(usize, Edits)>>) {
    for (file, edits) in edits {
        let text = fs::read_to_string(file).expect("a listed file can be read");
        fs::write(file, rewritten(&text, edits)).expect("a listed file can be written");
        println!("{} is rewritten: read the difference", file.display());
    }
}

/// What holds for all cases together.
fn closing_trials(folder: &Path, gathered: &Gathered) -> Vec<Trial> {
    let reached = gathered.reached.lock();
    let list = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    [
        ("every error is reached, or cannot be", gaps(&reached, &list("coverage.txt"))),
        ("every reason is given, or cannot be", reason_gaps(&reached, &list("reasons.txt"))),
        ("every failure of directories' work is ordered", without_failure(folder)),
        ("every implemented operation has a file", without_file(folder)),
    ]
    .into_iter()
    .map(|(name, found)| trial(name, move || if found.is_empty() { Ok(()) } else { Err(found.join("\n")) }))
    .collect()
}

/// The statuses in which work of Directory Service can end badly, and does in no scenario.
fn without_failure(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("failures.txt")).unwrap_or_default();
    let endings = ds::OPERATIONS.iter().flat_map(|operation| {
        directory::endings(operation.name).statuses.into_iter().map(|status| (operation.name, status))
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
    service.is_empty() || service == ds::SERVICE.id.as_str()
}

fn trial(name: &str, run: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    Trial::test(name, move || run().map_err(Failed::from))
}

fn without_file(folder: &Path) -> Vec<String> {
    let operations = SERVICES.iter().flat_map(|service| service.operations);
    let implemented = operations.filter(|operation| operation.state == State::Implemented);
    let wanted =
        implemented.map(|operation| folder.join(operation.service.id.as_str()).join(format!("{}.txt", operation.name)));
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

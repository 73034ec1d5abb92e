//! Runs all scenarios of a folder. Each case is a trial of its own, so a filter runs only what it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use libtest_mimic::{Arguments, Conclusion, Trial};
use model::ds;
use parking_lot::Mutex;
use serde_json::Value;
use wire::Protocol;

use crate::coverage::Reached;
use crate::line::{Case, cases};
use crate::update::Edits;

/// The files of the folder that list errors and reasons, not scenarios.
const LISTS: [&str; 2] = ["coverage.txt", "reasons.txt"];

/// The result of a folder.
pub struct Finished {
    /// The numbers of passed and failed cases.
    pub conclusion: Conclusion,
    /// The errors that the cases reached.
    pub reached: Reached,
    /// The rewritten files, and the errors of those that could not be rewritten.
    pub rewritten: Vec<Result<PathBuf, String>>,
}

/// Runs the cases of a folder that the arguments select. With `update`, wrong values in expectations do not fail a
/// case. The files are rewritten when all cases have run.
pub fn run_folder(folder: &Path, arguments: &Arguments, update: bool) -> Finished {
    let gathered = Arc::new(Gathered::default());
    let trials = files(folder).into_iter().flat_map(|file| trials(folder, &file, &gathered, update)).collect();
    let conclusion = libtest_mimic::run(arguments, trials);
    let reached = std::mem::take(&mut *gathered.reached.lock());
    let edits = std::mem::take(&mut *gathered.edits.lock());
    Finished { conclusion, reached, rewritten: edits.into_iter().map(|(file, edits)| rewrite(file, &edits)).collect() }
}

/// The results of all cases so far.
#[derive(Default)]
struct Gathered {
    reached: Mutex<Reached>,
    /// The edits by file.
    edits: Mutex<BTreeMap<PathBuf, Edits>>,
}

/// The trials of a file: each case over JSON and, if it calls Directory Service, over CBOR.
fn trials(folder: &Path, file: &Path, gathered: &Arc<Gathered>, update: bool) -> Vec<Trial> {
    let name = file.strip_prefix(folder).unwrap_or(file).with_extension("");
    let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let service = name.split_once('/').map_or("", |(service, _)| service);
    let read = fs::read_to_string(file).map_err(|wrong| format!("1: {wrong}")).and_then(|text| cases(service, &text));
    let cases = match read {
        Ok(cases) => cases,
        Err(wrong) => {
            let wrong = format!("{}:{wrong}", file.display());
            return vec![Trial::test(name, || Err(wrong.into()))];
        }
    };
    let mut trials = Vec::new();
    for case in cases {
        let title = format!("{name}: {}", case.title);
        let gathered = Arc::clone(gathered);
        let both = Arc::new(BothProtocols { case, file: file.to_owned(), gathered, update, json: OnceLock::new() });
        if calls_directories(service) {
            let both = Arc::clone(&both);
            trials.push(Trial::test(format!("{title} [cbor]"), move || Ok(both.over_cbor()?)));
        }
        trials.push(Trial::test(title, move || Ok(both.over_json().clone().map(drop)?)));
    }
    trials
}

/// A case that runs over JSON and over CBOR.
struct BothProtocols {
    case: Case,
    file: PathBuf,
    gathered: Arc<Gathered>,
    update: bool,
    /// The answers over JSON. The first of the two trials computes them.
    json: OnceLock<Result<Vec<Value>, String>>,
}

impl BothProtocols {
    fn over_json(&self) -> &Result<Vec<Value>, String> {
        self.json.get_or_init(|| self.run(Protocol::AwsJson))
    }

    /// Compares every answer and every refusal with those over JSON.
    fn over_cbor(&self) -> Result<(), String> {
        let answers = self.run(Protocol::RpcCbor)?;
        let json = self.over_json().as_ref().map_err(String::clone)?;
        match json.iter().zip(&answers).find(|(json, cbor)| json != cbor) {
            Some((json, cbor)) => Err(format!("over JSON the answer is {json}, over CBOR {cbor}")),
            None => Ok(()),
        }
    }

    fn run(&self, protocol: Protocol) -> Result<Vec<Value>, String> {
        let (mut reached, mut edits) = (Reached::default(), Edits::default());
        let answers = self.case.run_or_update(protocol, &mut reached, self.update.then_some(&mut edits));
        self.gathered.reached.lock().extend(reached);
        if !edits.is_empty() {
            self.gathered.edits.lock().entry(self.file.clone()).or_default().extend(edits);
        }
        answers.map_err(|wrong| format!("{}:{wrong}", self.file.display()))
    }
}

fn rewrite(file: PathBuf, edits: &Edits) -> Result<PathBuf, String> {
    let failed = |wrong: String| format!("{}:{wrong}", file.display());
    let text = fs::read_to_string(&file).map_err(|wrong| failed(wrong.to_string()))?;
    let text = edits.apply_to(&text).map_err(failed)?;
    fs::write(&file, text).map_err(|wrong| failed(wrong.to_string()))?;
    Ok(file)
}

/// Whether a file has calls of Directory Service.
fn calls_directories(service: &str) -> bool {
    service.is_empty() || service == ds::SERVICE.id.as_str()
}

/// All files with scenarios, in alphabetical order.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the folder of the scenarios can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "txt")
            && !LISTS.iter().any(|list| path.ends_with(list))
        {
            found.insert(path);
        }
    }
    found
}

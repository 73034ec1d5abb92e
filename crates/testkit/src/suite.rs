//! All scenarios of a folder. A case runs when its turn comes, so a filter runs only what it names.

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

/// The files of a folder of scenarios that hold none: they list what no scenario reaches.
const LISTS: [&str; 2] = ["coverage.txt", "reasons.txt"];

/// What became of the cases of a folder.
pub struct Finished {
    /// How many cases held.
    pub conclusion: Conclusion,
    /// What they led to.
    pub reached: Reached,
    /// The files that were rewritten, and why others could not be.
    pub rewritten: Vec<Result<PathBuf, String>>,
}

/// Runs the cases of a folder that the arguments name. With `update`, wrong values in expectations do not fail a case:
/// the files are rewritten when all cases have run.
pub fn run_folder(folder: &Path, arguments: &Arguments, update: bool) -> Finished {
    let gathered = Arc::new(Gathered::default());
    let trials = files(folder).into_iter().flat_map(|file| trials(folder, &file, &gathered, update)).collect();
    let conclusion = libtest_mimic::run(arguments, trials);
    let reached = std::mem::take(&mut *gathered.reached.lock());
    let edits = std::mem::take(&mut *gathered.edits.lock());
    Finished { conclusion, reached, rewritten: edits.into_iter().map(|(file, edits)| rewrite(file, &edits)).collect() }
}

/// What the cases leave behind.
#[derive(Default)]
struct Gathered {
    reached: Mutex<Reached>,
    /// What is to be rewritten, by file.
    edits: Mutex<BTreeMap<PathBuf, Edits>>,
}

/// The trials of a file: each case over JSON and, where it is about directories, over CBOR.
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
    /// The answers over JSON, by whichever of the two trials needs them first.
    json: OnceLock<Result<Vec<Value>, String>>,
}

impl BothProtocols {
    fn over_json(&self) -> &Result<Vec<Value>, String> {
        self.json.get_or_init(|| self.run(Protocol::AwsJson))
    }

    /// Every answer and every refusal has to be the same as over JSON.
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

/// Whether a file is about Directory Service, or about several services.
fn calls_directories(service: &str) -> bool {
    service.is_empty() || service == ds::SERVICE.id.as_str()
}

/// All files that hold scenarios, in alphabetical order.
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

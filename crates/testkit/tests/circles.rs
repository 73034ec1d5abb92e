//! Finds files of a crate that import each other in a circle. Only the circles listed here may exist. Foundations of
//! all resources import none of them.

mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use imports::{Imports, Library};

/// A circle of files that may stay, since each needs the others.
struct Circle {
    package: &'static str,
    /// Why each needs the others.
    reason: &'static str,
    n_files: usize,
    /// The files. Of a circle of more than [`FILES_MAX`], the file in its middle.
    files: &'static [&'static str],
}

/// The most files in a circle, unless one file is in the middle of it.
const FILES_MAX: usize = 4;

const CIRCLES: &[Circle] = &[
    Circle {
        package: "directory",
        reason: "Credentials include joining a computer, and a computer is refused with the errors of credentials.",
        n_files: 2,
        files: &["directory/computers.rs", "directory/credentials.rs"],
    },
    Circle {
        package: "directory",
        reason: "A hybrid directory is a directory, made after an assessment, and assessed as long as it is there.",
        n_files: 3,
        files: &["directory/directories.rs", "hybrid/assessments.rs", "hybrid/hybrid_directories.rs"],
    },
    Circle {
        package: "directory",
        reason: "A schema extension takes a snapshot, and no snapshot is restored while one runs.",
        n_files: 2,
        files: &["maintenance/snapshots.rs", "schema/schema_extensions.rs"],
    },
    Circle {
        package: "directory",
        reason: "LDIF is read line by line and record by record, with one error.",
        n_files: 3,
        files: &["schema/ldif/lines.rs", "schema/ldif/mod.rs", "schema/ldif/record.rs"],
    },
    Circle {
        package: "engine",
        reason: "A call goes to a world that is in use, which keeps a journal of calls.",
        n_files: 3,
        files: &["call.rs", "journal.rs", "live.rs"],
    },
    Circle {
        package: "model",
        reason: "Ids are values, and values are tested as ids are shown.",
        n_files: 2,
        files: &["id.rs", "values.rs"],
    },
    Circle {
        package: "organizations",
        reason: "An invitation that is accepted makes a member, and a member that leaves ends handshakes.",
        n_files: 4,
        files: &[
            "account/membership.rs",
            "handshake/all_features.rs",
            "handshake/handshakes.rs",
            "handshake/invitations.rs",
        ],
    },
    Circle {
        package: "policy",
        reason: "A grammar of policies has elements, and conditions in them, which refer to it.",
        n_files: 3,
        files: &["iam/grammar.rs", "iam/grammar/condition.rs", "iam/grammar/element.rs"],
    },
    Circle {
        package: "policy",
        reason: "JSON is a value, and what reads it.",
        n_files: 2,
        files: &["json.rs", "json/read.rs"],
    },
    Circle {
        package: "policy",
        reason: "A rule about several settings gives a finding, and findings are gathered by all rules.",
        n_files: 2,
        files: &["management/cross.rs", "management/findings.rs"],
    },
    Circle {
        package: "world",
        reason: "A directory has domain controllers in each Region, and the first two follow from the directory.",
        n_files: 2,
        files: &["directory/domain_controller.rs", "directory/mod.rs"],
    },
    Circle {
        package: "world",
        reason: "A domain has groups, and which members a group may have depends on the domain.",
        n_files: 2,
        files: &["domain/group.rs", "domain/mod.rs"],
    },
    Circle {
        package: "world",
        reason: "Attachments note at which targets the validity of effective policies may have changed.",
        n_files: 2,
        files: &["organization/invalid_policies.rs", "organization/policy.rs"],
    },
];

/// The foundations of resources, by crate.
const FOUNDATIONS: [(&str, &[&str]); 3] = [
    (
        "directory",
        &[
            "availability.rs",
            "data/error.rs",
            "data/pages.rs",
            "directory/names.rs",
            "directory/view.rs",
            "error.rs",
            "failures.rs",
            "ids.rs",
            "lookup.rs",
        ],
    ),
    ("identity", &["error.rs", "identify.rs"]),
    ("organizations", &["error.rs", "ids.rs", "lookup.rs", "messages.rs", "view.rs"]),
];

fn crates() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let entries = fs::read_dir(folder).expect("the crates can be listed").flatten().map(|entry| entry.path());
    let libraries = entries.filter(|path| path.join("src/lib.rs").exists());
    let named = libraries.map(|path| (path.file_name().expect("it has a name").to_string_lossy().into_owned(), path));
    named.collect()
}

/// The files that a file imports, directly or through others.
fn reach<'a>(imports: &'a Imports, file: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = imports[file].iter().map(String::as_str).collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(imports[next].iter().map(String::as_str));
        }
    }
    reached
}

/// The largest sets of files in which each reaches the others.
fn circles(imports: &Imports) -> BTreeSet<BTreeSet<&str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|file| (file.as_str(), reach(imports, file))).collect();
    let circular = reached.iter().filter(|(file, reached)| reached.contains(*file));
    circular.map(|(file, all)| all.iter().filter(|other| reached[**other].contains(file)).copied().collect()).collect()
}

impl Circle {
    fn is(&self, package: &str, files: &BTreeSet<&str>) -> bool {
        let is_whole = self.n_files <= FILES_MAX;
        let has_all = self.files.iter().all(|file| files.contains(file));
        self.package == package
            && has_all
            && files.len() == self.n_files
            && (!is_whole || self.files.len() == files.len())
    }
}

#[test]
fn files_are_in_the_circles_that_are_known() {
    let mut wrong = Vec::new();
    let mut is_met = vec![false; CIRCLES.len()];
    for (package, path) in crates() {
        let imports = Library::read(&path).imports();
        for files in circles(&imports) {
            match CIRCLES.iter().position(|circle| circle.is(&package, &files)) {
                Some(found) => is_met[found] = true,
                None => wrong.push(format!("{package} has a new circle of {} files: {files:?}", files.len())),
            }
        }
    }
    let gone = CIRCLES.iter().zip(is_met).filter(|(_, is_met)| !is_met).map(|(circle, _)| circle);
    wrong.extend(gone.map(|gone| {
        let Circle { package, n_files, files, reason } = gone;
        format!("{package} has no circle of {n_files} files with {files:?} any more ({reason})")
    }));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn foundations_import_no_resource() {
    let crates: BTreeMap<_, _> = crates().into_iter().collect();
    let mut wrong = Vec::new();
    for (package, foundations) in FOUNDATIONS {
        let library = Library::read(&crates[package]);
        let (imports, resources) = (library.imports(), library.resources());
        assert!(!resources.is_empty(), "{package} has no resources");
        for foundation in foundations {
            assert!(imports.contains_key(*foundation), "{package} has no {foundation}");
            let reached = reach(&imports, foundation);
            let reached = reached.iter().filter(|file| resources.contains(**file));
            wrong.extend(reached.map(|file| format!("{package}: {foundation} imports {file}, if through others")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn circles_are_found() {
    let imports: Imports = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")]
        .map(|(from, to)| (from.to_owned(), BTreeSet::from([to.to_owned()])))
        .into();
    assert_eq!(circles(&imports), BTreeSet::from([BTreeSet::from(["b", "c"])]));
    assert_eq!(reach(&imports, "d"), BTreeSet::from(["a", "b", "c"]));
}

//! Finds unused dependencies: a crate must use its own in its code, and some crate must use each one of the workspace.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

/// The lists of dependencies in a manifest, and the folders whose code may use them.
const LISTS: [(&str, &[&str]); 3] = [
    ("dependencies", &["src", "targets"]),
    ("dev-dependencies", &["src", "tests", "examples", "benches"]),
    ("build-dependencies", &["build.rs"]),
];
/// The packages with a workspace of their own.
const OWN_WORKSPACES: [&str; 2] = ["fuzz", "tests/sdk/rust"];

/// A package and its manifest.
struct Package {
    folder: PathBuf,
    manifest: Table,
}

impl Package {
    fn read(folder: PathBuf) -> Self {
        let text = fs::read_to_string(folder.join("Cargo.toml")).expect("a package has a manifest");
        Self { folder, manifest: text.parse().expect("a manifest is TOML") }
    }

    fn name(&self) -> &str {
        self.manifest["package"]["name"].as_str().expect("a package has a name")
    }

    fn listed(&self, list: &str) -> BTreeSet<&str> {
        let names = self.manifest.get(list).and_then(|list| list.as_table());
        names.into_iter().flat_map(Table::keys).map(String::as_str).collect()
    }

    /// The names of a list that no code in the folders uses.
    fn unused<'a>(&'a self, list: &str, folders: &[&str]) -> impl Iterator<Item = &'a str> {
        let code: String = folders.iter().flat_map(|folder| files(&self.folder.join(folder))).collect();
        self.listed(list).into_iter().filter(move |name| !uses(&code, &name.replace('-', "_")))
    }
}

/// Whether code names a crate, in a path or in a declaration.
fn uses(code: &str, name: &str) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(index, _)| {
        let after = &code[index + name.len()..];
        !code[..index].ends_with(is_inside) && (after.starts_with("::") || after.starts_with(';'))
    })
}

/// The texts of a Rust file, or of all files below a folder, without comments.
fn files(path: &Path) -> Vec<String> {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("the folder can be read").flatten();
        entries.flat_map(|entry| files(&entry.path())).collect()
    } else if path.extension().is_some_and(|extension| extension == "rs") && path.exists() {
        let text = fs::read_to_string(path).expect("the file is text");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        vec![code.collect::<Vec<_>>().join("\n")]
    } else {
        Vec::new()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn members() -> Vec<Package> {
    let entries = fs::read_dir(root().join("crates")).expect("the crates can be listed").flatten();
    entries.map(|entry| Package::read(entry.path())).collect()
}

#[test]
fn every_dependency_is_used() {
    let (members, own_workspaces) = (members(), OWN_WORKSPACES.map(|folder| Package::read(root().join(folder))));
    assert!(members.len() >= 11, "only {} crates were found", members.len());
    let mut unused = Vec::new();
    for package in members.iter().chain(&own_workspaces) {
        for (list, folders) in LISTS {
            let names = package.unused(list, folders);
            unused.extend(names.map(|name| format!("{}: nothing uses {name} of its {list}", package.name())));
        }
    }
    assert!(unused.is_empty(), "\n{}", unused.join("\n"));
}

#[test]
fn every_dependency_of_the_workspace_is_a_crates() {
    let text = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    let workspace: Table = text.parse().expect("a manifest is TOML");
    let members = members();
    let used: BTreeSet<&str> =
        members.iter().flat_map(|package| LISTS.iter().flat_map(|(list, _)| package.listed(list))).collect();
    let listed = workspace["workspace"]["dependencies"].as_table().expect("the workspace lists dependencies");
    let unused: Vec<_> = listed.keys().filter(|name| !used.contains(name.as_str())).collect();
    assert!(unused.is_empty(), "no crate depends on {unused:?}");
}

#[test]
fn uses_are_not_mere_words() {
    assert!(uses("use bytes::Bytes;", "bytes") && uses("use bytes;", "bytes") && uses("a(http::Uri)", "http"));
    assert!(!uses("let bytes = 1;", "bytes") && !uses("my_http::Uri", "http") && !uses("https::Uri", "http"));
}

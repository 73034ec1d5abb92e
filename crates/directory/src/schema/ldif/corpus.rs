//! The files of `fixtures/ldif`, and the outcome of importing each into a new schema of `corp.example.com`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use compact_str::CompactString;
use world::Schema;

use crate::schema::import::{self, OutsideSchema};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/ldif");

/// The outcome of an import, in the form of `outcomes.txt`.
fn outcome(text: &str) -> String {
    match import::import(&Schema::default(), "corp.example.com", text) {
        Ok(Ok(schema)) => {
            let names = |names: Vec<&str>| if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
            let added = names(schema.added.keys().map(CompactString::as_str).collect());
            let changed = names(schema.changed.keys().map(CompactString::as_str).collect());
            format!("adds {added}, changes {changed}")
        }
        Ok(Err(reason)) => reason,
        Err(OutsideSchema(name)) => format!("is refused for {name}"),
    }
}

#[test]
fn every_file_has_its_outcome() {
    let read = |name: &str| fs::read_to_string(Path::new(FOLDER).join(name)).unwrap();
    let written = read("outcomes.txt");
    let lines = written.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let expected: BTreeMap<&str, &str> = lines.map(|line| line.split_once(": ").unwrap()).collect();
    let files: BTreeSet<String> = fs::read_dir(FOLDER)
        .unwrap()
        .filter_map(|entry| {
            entry.unwrap().file_name().to_str().and_then(|name| name.strip_suffix(".ldif")).map(str::to_owned)
        })
        .collect();
    let listed: BTreeSet<String> = expected.keys().map(ToString::to_string).collect();
    assert_eq!(files, listed, "each file has a line in outcomes.txt");
    let found: BTreeMap<&str, String> =
        expected.keys().map(|name| (*name, outcome(&read(&format!("{name}.ldif"))))).collect();
    let found: BTreeMap<&str, &str> = found.iter().map(|(name, outcome)| (*name, outcome.as_str())).collect();
    assert_eq!(found, expected);
}

//! Checks rules of the code that no compiler knows: lengths, names, and what each crate may use.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

const FILE_LINES: usize = 500;
const LIB_LINES: usize = 120;
const FUNCTION_LINES: usize = 70;
const HANDLER_LINES: usize = 25;
const LINE_LENGTH: usize = 120;
/// The endings of the files with a maximal line length. Scripts have no ending.
const MEASURED: [&str; 7] = ["rs", "md", "sh", "py", "toml", "yml", ""];
/// Files that are generated, or data: sources of facts, recorded bytes.
const NOT_MEASURED: [&str; 7] =
    ["target", "generated", "node_modules", "corpus", "grown", "protocol", "organizations.overlay.toml"];
const BANNED_NAMES: [&str; 6] = ["utils", "util", "helpers", "common", "manager", "misc"];
/// The dependencies that know sockets, and the crates that may have them.
const SOCKETS: [&str; 6] = ["axum", "hyper", "hyper-util", "tokio", "tower", "tower-http"];
const MAY_KNOW_SOCKETS: [&str; 2] = ["orgdir", "console"];
/// The crates that are functions of the World, and words that would make them depend on anything else.
const PURE: [&str; 7] = ["authorization", "world", "organizations", "directory", "identity", "policy", "engine"];
const IMPURE: [&str; 5] = ["async", "SystemTime::now", "Instant::now", "Uuid::new_v4", "HashMap"];
/// The crates that may use untyped trees. The tests of the others may, too.
const MAY_SEE_TREES: [&str; 4] = ["wire", "orgdir", "console", "testkit"];

/// A hand-written file.
struct Source {
    /// The path below the root of the repository.
    path: PathBuf,
    text: String,
}

impl Source {
    /// The crate of the file. Empty outside of `crates/`.
    fn package(&self) -> &str {
        let mut parts = self.path.iter().filter_map(|part| part.to_str());
        if parts.next() == Some("crates") { parts.next().unwrap_or("") } else { "" }
    }

    fn is_library(&self) -> bool {
        self.path.components().any(|part| part.as_os_str() == "src")
    }

    /// The lines without comments, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Words an error in a line of the file.
    fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path.display())
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All hand-written Rust files.
fn sources() -> Vec<Source> {
    let (root, mut found) = (root(), Vec::new());
    let mut open: Vec<PathBuf> = ["crates", "fuzz", "tests"].map(|folder| root.join(folder)).into();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && !name.starts_with('.') && !["target", "generated", "node_modules"].contains(&&*name) {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("the file is text");
                found.push(Source { path: path.strip_prefix(&root).expect("it is below the root").to_owned(), text });
            }
        }
    }
    assert!(found.len() > 100, "only {} files were found", found.len());
    found
}

/// All files with a maximal line length.
fn texts() -> Vec<Source> {
    let (root, mut found) = (root(), Vec::new());
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read").flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let is_ours = name == ".github" || name == ".ci" || !name.starts_with('.');
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            if !is_ours || NOT_MEASURED.contains(&&*name) {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if MEASURED.contains(&&*ending)
                && let Ok(text) = fs::read_to_string(&path)
            {
                found.push(Source { path: path.strip_prefix(&root).expect("it is below the root").to_owned(), text });
            }
        }
    }
    found
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// A function's first line, its name and how many lines it has, as rustfmt lays it out.
struct Function<'a> {
    line: usize,
    name: &'a str,
    n_lines: usize,
}

fn functions(text: &str) -> Vec<Function<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (first, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        let Some(name) = function_name(code) else { continue };
        // A body ends with a brace at the indent of its function. A declaration without a body ends there with a
        // semicolon.
        let ends = |line: &&str| {
            let rest = line.strip_prefix(indent).filter(|rest| !rest.starts_with(' ')).unwrap_or("");
            rest.starts_with('}') || rest.ends_with(';') || rest.ends_with('}')
        };
        let n_lines = lines[first..].iter().position(ends).expect("a function ends") + 1;
        found.push(Function { line: first + 1, name, n_lines });
    }
    found
}

fn function_name(code: &str) -> Option<&str> {
    let mut words = code.split(' ');
    let modifier = |word: &&str| word.starts_with("pub") || ["const", "async", "unsafe", "extern"].contains(word);
    let first = words.by_ref().find(|word| !modifier(word) && !word.ends_with(')'))?;
    let name = words.next().filter(|_| first == "fn")?;
    name.split(['(', '<']).next()
}

#[test]
fn files_and_functions_are_short() {
    let mut found = Vec::new();
    for source in sources() {
        let n_lines = source.text.lines().count();
        if n_lines >= FILE_LINES {
            found.push(source.at(n_lines, "the file is too long: divide it by what it is about"));
        }
        if source.path.ends_with("src/lib.rs") && n_lines >= LIB_LINES {
            found.push(source.at(n_lines, "a lib.rs is a table of contents"));
        }
        for function in functions(&source.text).iter().filter(|function| function.n_lines >= FUNCTION_LINES) {
            found.push(source.at(function.line, &format!("{} has {} lines", function.name, function.n_lines)));
        }
    }
    none(found);
}

/// The numbers of the lines that are too long. Tables of Markdown, what programs print (`console`), and imports do
/// not count.
fn long_lines(source: &Source) -> Vec<usize> {
    let has_ending = |ending| source.path.extension().is_some_and(|extension| extension == ending);
    let (is_markdown, is_rust) = (has_ending("md"), has_ending("rs"));
    let (mut found, mut is_printed) = (Vec::new(), false);
    for (index, line) in source.text.lines().enumerate() {
        if is_markdown && line.trim_start().starts_with("```") {
            is_printed = line.ends_with("console");
        }
        let is_import = is_rust && line.trim_start().starts_with("use ");
        let is_free = is_markdown && (is_printed || line.starts_with('|')) || is_import;
        if line.chars().count() > LINE_LENGTH && !is_free {
            found.push(index + 1);
        }
    }
    found
}

#[test]
fn lines_are_short() {
    let texts = texts();
    assert!(texts.len() > 300, "only {} files were found", texts.len());
    let long =
        texts.iter().flat_map(|source| long_lines(source).into_iter().map(|line| source.at(line, "is too long")));
    none(long.collect());
}

#[test]
fn long_lines_are_found() {
    let long = "x".repeat(LINE_LENGTH + 1);
    let text = format!("{long}\n| {long} |\n```console\n{long}\n```\n// \"{long}\"\nf(\"{long}\");\nuse {long};\n");
    let source = |path: &str| Source { path: path.into(), text: text.clone() };
    let found = ["a.md", "a.rs", "a.sh"].map(|path| long_lines(&source(path)));
    assert_eq!(found, [vec![1, 6, 7, 8], vec![1, 2, 4, 6, 7], vec![1, 2, 4, 6, 7, 8]]);
}

#[test]
fn handlers_are_short() {
    let (mut found, mut n_handlers) = (Vec::new(), 0);
    for source in sources() {
        let mut rest = source.text.as_str();
        while let Some((before, after)) = rest.split_once("\nimpl api::") {
            let opened = source.text.len() - rest.len() + before.len();
            let (block, after) = after.split_once("\n}").expect("an impl ends");
            let offset = source.text[..opened].lines().count();
            for function in functions(block) {
                n_handlers += 1;
                if function.n_lines >= HANDLER_LINES {
                    let what = format!("the handler {} has {} lines", function.name, function.n_lines);
                    found.push(source.at(offset + function.line, &what));
                }
            }
            rest = after;
        }
    }
    assert!(n_handlers >= 50, "only {n_handlers} handlers were found");
    none(found);
}

#[test]
fn names_say_what_is_inside() {
    let is_banned = |source: &&Source| {
        let stem = source.path.with_extension("");
        stem.iter().any(|part| BANNED_NAMES.iter().any(|banned| part == *banned))
    };
    none(sources().iter().filter(is_banned).map(|source| source.at(1, "this name says nothing")).collect());
}

#[test]
fn only_the_server_knows_sockets() {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("crates")).expect("the crates can be listed").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let manifest = fs::read_to_string(entry.path().join("Cargo.toml")).expect("a crate has a manifest");
        let named = |line: &&str| SOCKETS.contains(&line.split(['.', ' ', '=']).next().unwrap_or(""));
        if !MAY_KNOW_SOCKETS.contains(&&*name) {
            found.extend(manifest.lines().filter(named).map(|line| format!("{name} depends on {line}")));
        }
    }
    none(found);
}

/// Whether a line of code has a word, not as a part of another one.
fn has_word(line: &str, word: &str) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || c == '_';
    let mut matches = line.match_indices(word);
    matches.any(|(index, _)| !line[..index].ends_with(is_inside) && !line[index + word.len()..].starts_with(is_inside))
}

#[test]
fn the_world_depends_on_nothing_but_its_requests() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| PURE.contains(&source.package()) && source.is_library()) {
        for (line, code) in source.code() {
            let impure = IMPURE.into_iter().filter(|word| has_word(code, word));
            found.extend(impure.map(|word| source.at(line, &format!("a pure crate may not use {word}"))));
        }
    }
    none(found);
}

#[test]
fn untyped_trees_stay_at_the_edge() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.package() != "" && source.is_library()) {
        let sees_trees = |code: &str| code.contains("serde_json") && has_word(code, "Value");
        if !MAY_SEE_TREES.contains(&source.package()) {
            let lines = source.code().filter(|(_, code)| sees_trees(code));
            found.extend(lines.map(|(line, _)| source.at(line, "only wire and the edge see serde_json::Value")));
        }
    }
    none(found);
}

#[test]
fn partitions_follow_from_regions() {
    let mut found = Vec::new();
    // Policy documents contain partitions as their authors write them.
    let of_crates = |source: &&Source| !["", "policy"].contains(&source.package()) && source.is_library();
    for source in sources().iter().filter(of_crates) {
        // Unit tests are at the end of a file, and may spell ARNs out.
        let code = source.code().take_while(|(_, code)| !code.starts_with("#[cfg(test)]"));
        let literal = ["\"arn:", "aws:"].concat();
        found.extend(
            code.filter(|(_, code)| code.contains(&literal))
                .map(|(line, _)| source.at(line, "model::arn makes ARNs, with the partition of the Region")),
        );
    }
    none(found);
}

#[test]
fn every_crate_says_what_it_is() {
    let sources = sources();
    let libraries = sources.iter().filter(|source| source.path.ends_with("src/lib.rs") && source.package() != "");
    assert!(libraries.clone().count() >= 10);
    let undocumented = libraries.filter(|source| !source.text.starts_with("//! "));
    none(undocumented.map(|source| source.at(1, "a crate opens with what it is")).collect());
}

#[test]
fn guesses_are_counted() {
    let mark = ["// ", "Inferred:"].concat();
    let count = |source: &Source| source.text.matches(&mark).count();
    let n_marks: usize = sources().iter().map(count).sum();
    // Written past the capture of the test harness, so that it is seen.
    writeln!(io::stdout(), "{n_marks} guesses about AWS are marked with `{mark}`").expect("stdout can be written");
    assert!(n_marks > 0);
}

#[test]
fn functions_are_measured() {
    let text = "pub(crate) fn one(a: u8) -> u8 {\n    a\n}\nfn two<T>() {}\nimpl X {\n    const fn three(\
        \n        a: u8,\n    ) -> u8 {\n        \
                if a {\n        }\n    }\n}\ntrait Y {\n    fn four();\n}\nlet fn_five = 1;\n";
    let measured: Vec<_> = functions(text).iter().map(|found| (found.line, found.name, found.n_lines)).collect();
    assert_eq!(measured, [(1, "one", 3), (4, "two", 1), (6, "three", 6), (14, "four", 1)]);
    assert!(has_word("use std::collections::{BTreeMap, HashMap};", "HashMap") && !has_word("is_async()", "async"));
}

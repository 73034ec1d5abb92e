//! A new service consists of facts, overlay, one crate with one `impl` of `Rules`, and the lines that name the crate.
//! As a proof, a copy of the workspace gets the made-up service of `fixtures/new_service`. The service then answers
//! through the real server.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The name of the copy's server. It differs from the workspace's own, because both lie in one folder.
const SERVER: &str = "orgdir-with-a-new-service";

/// The files and folders of the copy. The toolchain's file may be absent.
const COPIED: [&str; 6] = ["Cargo.toml", "Cargo.lock", "README.md", "rust-toolchain.toml", "crates", "fixtures/model"];

/// The lines that a new service adds to existing files: file, the line before, the line.
const ADDED: [(&str, &str, &str); 2] = [
    ("Cargo.toml", "[workspace.dependencies]\n", "parrot = { path = \"crates/parrot\" }\n"),
    ("crates/engine/Cargo.toml", "[dependencies]\n", "parrot.workspace = true\n"),
];

/// The changes that give the copy's build products other names than the workspace's. Both share a target folder.
const RENAMED: [(&str, &str, &str); 3] = [
    ("crates/orgdir/Cargo.toml", "default-run = \"orgdir\"\n", ""),
    ("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"", "[workspace.package]\nversion = \"0.1.0-new-service\""),
    (
        "crates/orgdir/Cargo.toml",
        "\n[dependencies]",
        "\nautobins = false\n\n[[bin]]\nname = \"SERVER\"\npath = \"src/main.rs\"\n\n[dependencies]",
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The content of a file in the copy. None where the copy has no such file.
type Edit<'a> = dyn Fn(&Path, Vec<u8>) -> Option<Vec<u8>> + 'a;

/// A copy of the workspace, with the list of its files. Unchanged files are not written again, so that cargo does not
/// build them again.
struct Workspace {
    root: PathBuf,
    files: BTreeSet<PathBuf>,
}

impl Workspace {
    fn write(&mut self, path: &Path, content: &[u8]) {
        let target = self.root.join(path);
        if !fs::read(&target).is_ok_and(|old| old == content) {
            fs::create_dir_all(target.parent().expect("a file lies in a folder")).expect("the folder can be made");
            fs::write(&target, content).expect("the file can be written");
        }
        self.files.insert(path.to_owned());
    }

    /// Copies a file or a folder. `edit` may change the content of a file.
    fn copy(&mut self, from: &Path, to: &Path, edit: &Edit<'_>) {
        if from.is_dir() {
            for entry in fs::read_dir(from).expect("the folder can be listed").flatten() {
                self.copy(&entry.path(), &to.join(entry.file_name()), edit);
            }
        } else if let Some(content) = fs::read(from).ok().and_then(|content| edit(to, content)) {
            self.write(to, &content);
        }
    }

    /// Removes files of an earlier run.
    fn clean(&self, folder: &Path) {
        for entry in fs::read_dir(self.root.join(folder)).expect("the folder can be listed").flatten() {
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                self.clean(&path);
            } else if !self.files.contains(&path) && path != Path::new("Cargo.lock") {
                fs::remove_file(entry.path()).expect("the file can be removed");
            }
        }
    }
}

/// The text of a manifest in the copy.
fn edited(path: &Path, content: Vec<u8>) -> Vec<u8> {
    let mut text = match String::from_utf8(content) {
        Ok(text) => text,
        Err(other) => return other.into_bytes(),
    };
    for (_, before, line) in ADDED.iter().filter(|(file, ..)| path == Path::new(file)) {
        assert!(text.contains(before), "{} has no {before}", path.display());
        text = text.replacen(before, &format!("{before}{line}"), 1);
    }
    for (_, old, new) in RENAMED.iter().filter(|(file, ..)| path == Path::new(file)) {
        assert!(text.contains(old), "{} has no {old}", path.display());
        text = text.replacen(old, &new.replace("SERVER", SERVER), 1);
    }
    text.into_bytes()
}

/// Makes the copy with the new service in `folder`, and writes the generated files.
fn workspace(folder: &Path) {
    let mut copy = Workspace { root: folder.to_owned(), files: BTreeSet::new() };
    let generated: BTreeSet<PathBuf> =
        codegen::render(&root()).expect("the facts can be read").into_iter().map(|(path, _)| path).collect();
    // Generated files are written below, with the new service in them.
    let edit = |path: &Path, content| {
        let is_made = generated.contains(path) && folder.join(path).exists();
        let is_kept = path == Path::new("Cargo.lock") && folder.join(path).exists();
        (!is_made && !is_kept).then(|| edited(path, content))
    };
    for path in COPIED {
        copy.copy(&root().join(path), Path::new(path), &edit);
    }
    let fixture = root().join("fixtures/new_service");
    for file in ["parrot.json", "parrot.overlay.toml"] {
        copy.copy(&fixture.join(file), &Path::new("fixtures/model").join(file), &edit);
    }
    copy.copy(&fixture.join("parrot"), Path::new("crates/parrot"), &edit);
    for (path, text) in codegen::render(folder).expect("the facts of the new service can be read") {
        copy.write(&path, text.as_bytes());
    }
    copy.clean(Path::new(""));
}

/// A server that ends with the test.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(program: &Path) -> Self {
        let mut process = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server can be started");
        let mut ready = String::new();
        BufReader::new(process.stdout.take().expect("stdout is a pipe")).read_line(&mut ready).expect("it is text");
        let address = ready.split("http://").nth(1).and_then(|rest| rest.split(' ').next());
        Self { address: address.unwrap_or_else(|| panic!("it is not ready: {ready}")).to_owned(), process }
    }

    /// Sends a request, and returns the answer's head and body.
    fn ask(&self, line: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        let signed = "AWS4-HMAC-SHA256 Credential=111111111111/20261123/us-east-1/parrot/aws4_request, \
                      SignedHeaders=host;x-amz-date, Signature=00";
        write!(
            stream,
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nX-Amz-Date: 20261123T105517Z\r\
             \nAuthorization: {signed}\r\n\
             Content-Length: {}\r\n{headers}\r\n{body}",
            self.address,
            body.len()
        )
        .expect("the request can be sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the answer is text");
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Builds the server of the copy.
fn build(folder: &Path, target: &Path) -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--offline", "--package", "orgdir", "--bin", SERVER])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .status()
        .expect("cargo can be started");
    assert!(built.success(), "the workspace with a new service does not build");
    target.join("debug").join(SERVER).with_extension(std::env::consts::EXE_EXTENSION)
}

fn assert_contains(answer: &str, parts: &[&str]) {
    for part in parts {
        assert!(answer.contains(part), "there is no {part} in {answer}");
    }
}

#[test]
fn a_new_service_is_its_facts_its_crate_and_two_lines() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new_service");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it lies in the target folder");
    workspace(&folder);
    let server = Server::start(&build(&folder, target));

    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let repeat = |word: &str| server.ask("POST /", form, &format!("Action=RepeatWord&Version=2026-01-01&Word={word}"));
    let namespace = "xmlns=\"https://parrot.example.com/doc/2026-01-01/\"";
    assert_contains(&repeat("hello"), &["200 OK", "<RepeatWordResponse ", namespace, "<Word>hello</Word>"]);
    assert_contains(&repeat("cracker"), &["409 Conflict", namespace, "<Code>TabooWordException</Code>"]);
    assert_contains(&repeat("hippopotamus"), &["400 Bad Request", "length less than or equal to 10"]);

    let spell = |word: &str| server.ask(&format!("GET /w/blue/words/spelling?word={word}"), "", "");
    assert_contains(&spell("owl"), &["200 OK", "application/json", r#"{"Letters":["o","w","l"]}"#]);
    assert_contains(
        &spell("cracker"),
        &["409 Conflict", "x-amzn-errortype: TabooWordException", "No parrot says that."],
    );

    let operations = server.ask("GET /_orgdir/operations", "", "");
    assert_contains(&operations, &[r#"{"id":"parrot","implemented":2,"planned":0"#]);
}

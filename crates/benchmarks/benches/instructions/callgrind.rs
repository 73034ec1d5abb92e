//! Runs this program under valgrind and reads the counts.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, process};

use crate::counts::Counts;
use crate::{ROUNDS, UNDER_VALGRIND};

/// The function that valgrind counts in.
const COUNTED: &str = "instructions::counted_by_valgrind";
/// The C library has several ways to copy bytes, by processor. All are off but the plainest, so that counts agree.
const ONE_PROCESSOR: &str =
    "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX2,-AVX2_Usable,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM";

/// A folder that is removed on drop.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that cannot be removed stays in the system's temporary folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The instructions of each benchmark.
pub fn counts() -> Result<Counts, Box<dyn Error>> {
    let folder = Folder(env::temp_dir().join(format!("orgdir-instructions-{}", process::id())));
    fs::create_dir_all(&folder.0)?;
    let names = run(&folder.0)?;
    let mut counts = BTreeMap::new();
    // Valgrind numbers its files from 1.
    for (number, name) in (1..).zip(names.lines()) {
        let file = fs::read_to_string(folder.0.join(format!("out.{number}")))
            .map_err(|error| format!("valgrind found no function {COUNTED} to count in ({error})"))?;
        counts.insert(name.to_owned(), total(&file).ok_or("valgrind wrote no total")? / ROUNDS);
    }
    Ok(Counts { platform: platform()?, counts })
}

/// Has valgrind write a file for each benchmark, and returns their names.
fn run(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut out = std::ffi::OsString::from("--callgrind-out-file=");
    out.push(folder.join("out"));
    let toggle = format!("--toggle-collect={COUNTED}");
    let dump = format!("--dump-after={COUNTED}");
    let valgrind = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--collect-atstart=no", &toggle, &dump])
        .arg(out)
        .arg(env::current_exe()?)
        .arg(UNDER_VALGRIND)
        .env("GLIBC_TUNABLES", ONE_PROCESSOR)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("valgrind cannot be run ({error}): install the package valgrind"))?;
    if !valgrind.status.success() {
        return Err(format!("valgrind ended with {}", valgrind.status).into());
    }
    Ok(String::from_utf8(valgrind.stdout)?)
}

/// The number after `totals:`.
fn total(file: &str) -> Option<u64> {
    file.lines().find_map(|line| line.strip_prefix("totals:"))?.trim().parse().ok()
}

/// The platform that counts depend on: architecture and compiler.
fn platform() -> Result<String, Box<dyn Error>> {
    let version = Command::new("rustc").arg("--version").output()?;
    let version = String::from_utf8(version.stdout)?;
    let version = version.split(' ').nth(1).unwrap_or("unknown").trim();
    Ok(format!("{}-{}, Rust {version}", env::consts::ARCH, env::consts::OS))
}

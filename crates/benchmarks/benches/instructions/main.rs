//! Counts the instructions of what is called most, and says which counts moved since `instructions.txt` was written.
//!
//! `cargo bench --profile counted -p benchmarks` runs this program a second time under valgrind, which counts. A count
//! is the same on a busy machine and on an idle one, and nearly the same on any of one architecture; time is not.
//! `UPDATE_INSTRUCTIONS=1 cargo bench --profile counted -p benchmarks` writes the file anew.

mod callgrind;
mod calls;
mod kept;
mod policies;
mod server;

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;

use mimalloc::MiMalloc;

use crate::kept::{Counts, Move};

/// The server's own allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The argument with which the program runs itself under valgrind.
const UNDER_VALGRIND: &str = "under-valgrind";
/// What is made at the first call is not counted.
const ROUNDS_BEFORE: u64 = 3;
/// How often a benchmark runs while instructions are counted.
const ROUNDS: u64 = 10;

/// What is counted: its name, and the code.
type Benchmark = (String, Box<dyn Fn()>);

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some(UNDER_VALGRIND) {
        run();
        return ExitCode::SUCCESS;
    }
    match report() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every benchmark. Its name goes to the standard output, in the order in which valgrind writes its files.
fn run() {
    for (name, work) in calls::benchmarks().into_iter().chain(policies::benchmarks()) {
        for _ in 0..ROUNDS_BEFORE {
            work();
        }
        counted_by_valgrind(&*work);
        println!("{name}");
    }
}

/// Valgrind counts from the beginning of this function, which it knows by name, to its end.
#[inline(never)]
fn counted_by_valgrind(work: &dyn Fn()) {
    for _ in 0..ROUNDS {
        work();
    }
    // Without this the last round could become a jump, which valgrind takes for the end.
    black_box(());
}

/// Counts, and holds the counts against those of the file.
fn report() -> Result<ExitCode, Box<dyn Error>> {
    let now = callgrind::counts()?;
    if env::var_os("UPDATE_INSTRUCTIONS").is_some() {
        now.write()?;
        println!("{now}");
        return Ok(ExitCode::SUCCESS);
    }
    let before = Counts::read()?;
    let comparable = before.platform == now.platform;
    if !comparable {
        println!("The file was written on {}, and this is {}: nothing fails.", before.platform, now.platform);
    }
    let (mut passed, mut failed) = (0, 0);
    for (name, count) in &now.counts {
        let moved = Move::of(before.counts.get(name).copied(), *count);
        println!("{name:40} {count:>9}  {moved}");
        if moved.is_worse() && comparable { failed += 1 } else { passed += 1 }
    }
    for gone in before.counts.keys().filter(|name| !now.counts.contains_key(*name)) {
        println!("{gone:40} {:>9}  no longer counted", "");
    }
    if failed == 0 {
        println!("test result: ok. {passed} passed; 0 failed; 0 ignored");
        return Ok(ExitCode::SUCCESS);
    }
    println!("Where that is meant: UPDATE_INSTRUCTIONS=1 cargo bench --profile counted -p benchmarks");
    println!("test result: FAILED. {passed} passed; {failed} failed; 0 ignored");
    Ok(ExitCode::FAILURE)
}

//! Counts the instructions of the most frequent calls, and prints which counts changed since `instructions.txt` was
//! written.
//!
//! `cargo bench --profile counted -p benchmarks` runs this program a second time under valgrind, which counts. A count
//! is the same on a busy machine and on an idle one, and nearly the same on all machines of one architecture. Time is
//! not. `UPDATE_INSTRUCTIONS=1 cargo bench --profile counted -p benchmarks` writes the file anew.

mod callgrind;
mod calls;
mod counts;
mod policies;
mod server;

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;

use mimalloc::MiMalloc;

use crate::counts::{Counts, Move};

/// The allocator of the server.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The argument with which the program runs itself under valgrind.
const UNDER_VALGRIND: &str = "under-valgrind";
/// The rounds before counting. They build what the first call builds.
const ROUNDS_BEFORE: u64 = 3;
/// The rounds that are counted.
const ROUNDS: u64 = 10;

/// A benchmark: its name and its code.
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

/// Runs every benchmark, and prints the names in the order in which valgrind writes its files.
fn run() {
    for (name, work) in calls::benchmarks().into_iter().chain(policies::benchmarks()) {
        for _ in 0..ROUNDS_BEFORE {
            work();
        }
        counted_by_valgrind(&*work);
        println!("{name}");
    }
}

/// Runs the rounds that valgrind counts. Valgrind finds this function by its name.
#[inline(never)]
fn counted_by_valgrind(work: &dyn Fn()) {
    for _ in 0..ROUNDS {
        work();
    }
    // Without this the compiler could make the last round a jump. Valgrind would take it for the end.
    black_box(());
}

/// Counts, and compares the counts with those of the file.
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
    println!("To accept the counts: UPDATE_INSTRUCTIONS=1 cargo bench --profile counted -p benchmarks");
    println!("test result: FAILED. {passed} passed; {failed} failed; 0 ignored");
    Ok(ExitCode::FAILURE)
}

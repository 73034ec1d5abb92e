//! Reads and writes the counts in `instructions.txt`, and compares counts with them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The change of a count that needs no decision, in percent.
const TOLERANCE: f64 = 5.0;
const HEADER: &str = "# Instructions of one run of each benchmark. UPDATE_INSTRUCTIONS=1 cargo bench --profile counted \
    -p benchmarks writes this file.";

/// The instructions of each benchmark.
#[derive(Debug)]
pub struct Counts {
    /// The architecture and compiler that the counts depend on.
    pub platform: String,
    /// The counts by the benchmark's name.
    pub counts: BTreeMap<String, u64>,
}

impl Counts {
    /// Reads the file.
    pub fn read() -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path())?;
        let platform = text.lines().find_map(|line| line.strip_prefix("platform: ")).unwrap_or("unknown").to_owned();
        let row = |line: &str| {
            let (name, count) = line.rsplit_once(' ')?;
            Some((name.trim_end().to_owned(), count.parse().ok()?))
        };
        Ok(Self { platform, counts: text.lines().filter_map(row).collect() })
    }

    /// Writes the file.
    pub fn write(&self) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(path(), self.to_string())?)
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{HEADER}\nplatform: {}", self.platform)?;
        self.counts.iter().try_for_each(|(name, count)| writeln!(f, "{name:40} {count:>9}"))
    }
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt")
}

/// The change of a count since the file was written.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    /// The file has no such benchmark.
    New,
    /// The change in percent of the count in the file.
    By(f64),
}

impl Move {
    /// The change from the count in the file.
    #[allow(clippy::cast_precision_loss)] // No benchmark takes 2^53 instructions.
    pub fn of(before: Option<u64>, now: u64) -> Self {
        before.map_or(Self::New, |before| Self::By((now as f64 / before as f64 - 1.0) * 100.0))
    }

    /// Whether the benchmark takes so many more instructions that somebody has to decide.
    pub fn is_worse(self) -> bool {
        match self {
            Self::New => true,
            Self::By(percent) => percent > TOLERANCE,
        }
    }
}

impl std::fmt::Display for Move {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::New => f.write_str("not in the file"),
            Self::By(percent) if *percent > TOLERANCE => write!(f, "{percent:+.1} %  MORE"),
            Self::By(percent) if *percent < -TOLERANCE => write!(f, "{percent:+.1} %  less"),
            Self::By(percent) => write!(f, "{percent:+.1} %"),
        }
    }
}

//! The binary, running.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::{env, thread};

use rustix::process::{Pid, Signal, kill_process};

use crate::world::World;

static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());

/// A running orgdir, on a port that the system picks. Dropping it expects a clean end.
pub struct Server {
    process: Child,
    url: String,
    // Kept open: the server could not print into a closed pipe.
    _output: BufReader<ChildStdout>,
}

impl Server {
    /// Starts the binary, and waits for the line that names its URL.
    pub fn start(options: &[&str]) -> Arc<Self> {
        let binary = env::var_os("ORGDIR_BIN").expect("ORGDIR_BIN names the binary");
        let mut process = Command::new(binary)
            .args(["--listen", "127.0.0.1:0", "--log", "error"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut output = BufReader::new(process.stdout.take().expect("stdout is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("the first line is text");
        let url = line.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:"));
        let url = url.expect("the first line names the URL").to_owned();
        Arc::new(Self { process, url, _output: output })
    }

    /// The server that tests share. The last test ends it.
    pub fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let server = Self::start(&[]);
            *shared = Arc::downgrade(&server);
            server
        })
    }

    /// The world of that name. Its first request makes it.
    pub fn world(self: &Arc<Self>, name: &str) -> World {
        World::new(Arc::clone(self), format!("{}/w/{name}", self.url))
    }

    /// The world at the bare URL.
    pub fn bare_world(self: &Arc<Self>) -> World {
        World::new(Arc::clone(self), self.url.clone())
    }

    /// Sends SIGTERM, unless the server has ended already, and answers how it ended.
    pub fn terminate(&mut self) -> ExitStatus {
        if let Some(ended) = self.process.try_wait().expect("the server is a child of the test") {
            return ended;
        }
        kill_process(Pid::from_child(&self.process), Signal::TERM).expect("a running child can be signalled");
        self.process.wait().expect("the server is a child of the test")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let status = self.terminate();
        if !thread::panicking() {
            assert!(status.success(), "the server ended with {status}");
        }
    }
}

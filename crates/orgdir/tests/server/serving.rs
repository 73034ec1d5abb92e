//! Starts the server as its users do, and speaks HTTP over sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use engine::Engine;
use model::SERVICES;
use orgdir::Limits;
use serde_json::Value;
use world::{Settings, World};

/// Longer than anything takes on a busy machine, unless it hangs.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The binary, without the variables of the environment, except one that Windows needs for sockets.
pub fn orgdir(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orgdir"));
    let of_windows = std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root));
    command.env_clear().envs(of_windows).args(arguments).envs(variables.iter().copied()).stdin(Stdio::null());
    command
}

/// The output and the exit status of the binary. For runs that end by themselves.
pub fn output(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    orgdir(arguments, variables).output().expect("the binary starts")
}

/// A running server. It ends with its test.
pub struct Process {
    child: Child,
    stdout: BufReader<ChildStdout>,
    stderr: Option<JoinHandle<String>>,
    /// The line on stdout that says that the server is ready.
    pub ready: String,
    /// The address.
    pub address: SocketAddr,
}

/// The end of a server.
pub struct Ended {
    /// The exit code. None where a signal ended it.
    pub code: Option<i32>,
    /// The text on stdout after the first line.
    pub stdout: String,
    /// The log.
    pub stderr: String,
}

impl Process {
    /// Starts the binary on a free port and waits for its line.
    pub fn start() -> Self {
        Self::with(&["--listen", "127.0.0.1:0"], &[])
    }

    /// Starts the binary with these arguments and variables.
    pub fn with(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = orgdir(arguments, variables);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut stderr = child.stderr.take().expect("stderr is piped");
        let stderr = thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).expect("logs are text");
            text
        });
        let mut ready = String::new();
        stdout.read_line(&mut ready).expect("the line is text");
        let url = ready.split(' ').find_map(|word| word.strip_prefix("http://"));
        let address = url.and_then(|address| address.parse().ok());
        let address = address.unwrap_or_else(|| panic!("the line names no address: {ready:?}"));
        Self { child, stdout, stderr: Some(stderr), ready, address }
    }

    /// Sends a signal, by its short name. Windows has none; there the server ends at once.
    pub fn signal(&self, name: &str) {
        let id = self.child.id();
        let line = if cfg!(windows) { format!("taskkill //F //PID {id}") } else { format!("kill -{name} {id}") };
        assert!(Command::new("sh").args(["-c", &line]).status().expect("there is a shell").success());
    }

    /// Waits for the end.
    pub fn ended(mut self) -> Ended {
        let begun = Instant::now();
        let code = loop {
            if let Some(status) = self.child.try_wait().expect("the child is ours") {
                break status.code();
            }
            assert!(begun.elapsed() < PATIENCE, "the server does not end");
            thread::sleep(Duration::from_millis(5));
        };
        let mut stdout = String::new();
        self.stdout.read_to_string(&mut stdout).expect("stdout is text");
        let stderr = self.stderr.take().map(|thread| thread.join().expect("logs are read")).unwrap_or_default();
        Ended { code, stdout, stderr }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The results do not matter where the server has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server in a thread of the test, with limits that the command line cannot set.
pub fn within(limits: Limits) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let engine = Arc::new(Engine::new(World::new(Settings::default())));
            let any = "127.0.0.1:0".parse().expect("an address");
            let server = orgdir::bind(any, engine, limits).await.expect("a free port");
            sender.send(server.address().expect("an address")).expect("the test waits");
            server.run(std::future::pending()).await;
        });
    });
    receiver.recv().expect("the server starts")
}

pub struct Connection(BufReader<TcpStream>);

impl Connection {
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        stream.set_nodelay(true).expect("no delay");
        Self(BufReader::new(stream))
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.0.get_mut().write_all(bytes.as_ref()).expect("the server reads");
        self
    }

    /// Closes the sending side.
    pub fn finish(&mut self) -> &mut Self {
        self.0.get_mut().shutdown(Shutdown::Write).expect("the connection is open");
        self
    }

    /// Reads an answer.
    pub fn answer(&mut self) -> Answer {
        let head = self.head();
        let length = head.header("content-length").map_or(0, |text| text.parse().expect("a length"));
        assert_eq!(head.header("transfer-encoding"), None);
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("the whole body comes");
        Answer { body, ..head }
    }

    /// Reads an answer's head.
    pub fn head(&mut self) -> Answer {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("an answer comes");
            assert!(line.ends_with("\r\n"), "the answer breaks off: {lines:?} {line:?}");
            line.truncate(line.len() - 2);
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let status = lines[0].split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let header = |line: &String| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let headers = lines[1..].iter().map(|line| header(line).expect("a header")).collect();
        Answer { status, headers, body: Vec::new() }
    }

    /// Reads `length` bytes.
    pub fn read(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes).expect("the bytes come");
        bytes
    }

    /// Reads until the server closes.
    pub fn rest(&mut self) -> String {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).expect("the server closes in time");
        String::from_utf8_lossy(&rest).into_owned()
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// With names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?} {}", self.text()))
    }

    /// The body as JSON of a call that succeeded.
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }
}

#[derive(Clone, Debug)]
pub struct Request {
    pub method: &'static str,
    /// The path, with the query string.
    pub path: String,
    /// The headers, without the length of the body.
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// The date of all signatures here.
const DATE: &str = "20261123T105517Z";
/// The caller, unless the test names another.
pub const ACCOUNT: &str = "111111111111";

impl Request {
    /// A request without headers.
    pub fn new(method: &'static str, path: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { method, path: path.to_owned(), headers: Vec::new(), body: body.into() }
    }

    /// A call in JSON 1.1, such as `organizations:CreateOrganization`.
    pub fn json(operation: &str, body: impl Into<Vec<u8>>) -> Self {
        let (service, name) = operation.split_once(':').expect("service:operation");
        let prefix = SERVICES.iter().find(|found| found.id.as_str() == service).expect("a service").target_prefix;
        Self::new("POST", "/", body)
            .with("X-Amz-Target", &format!("{prefix}.{name}"))
            .with("Content-Type", "application/x-amz-json-1.1")
            .signed(ACCOUNT, service)
    }

    /// A call of ds in CBOR.
    pub fn cbor(name: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new("POST", &format!("/service/DirectoryService_20150416/operation/{name}"), body)
            .with("smithy-protocol", "rpc-v2-cbor")
            .with("Accept", "application/cbor")
            .with("Content-Type", "application/cbor")
            .signed(ACCOUNT, "ds")
    }

    /// A call of ds-data.
    pub fn rest(path: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new("POST", path, body).with("Content-Type", "application/json").signed(ACCOUNT, "ds-data")
    }

    /// A call of STS.
    pub fn query(form: impl Into<Vec<u8>>) -> Self {
        Self::new("POST", "/", form)
            .with("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .signed(ACCOUNT, "sts")
    }

    /// The request with a header, in place of one with the same name.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(found, _)| *found != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The request without a header.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(found, _)| *found != name);
        self
    }

    /// The request at another path.
    pub fn at(self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    /// The request signed with another access key id, for a service.
    pub fn signed(self, key: &str, service: &str) -> Self {
        let scope = format!("{key}/{}/us-east-1/{service}/aws4_request", &DATE[..8]);
        let header = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host;x-amz-date, Signature=00");
        self.with("X-Amz-Date", DATE).with("Authorization", &header)
    }

    /// The head, without the line that says how long the body is and the empty line after it.
    pub fn head(&self, version: &str) -> String {
        let mut head = format!("{} {} HTTP/{version}\r\nHost: localhost\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head.extend([*name, ": ", value, "\r\n"]);
        }
        head
    }

    /// The request as it goes over the socket.
    pub fn bytes(&self) -> Vec<u8> {
        let head = format!("{}Content-Length: {}\r\n\r\n", self.head("1.1"), self.body.len());
        [head.as_bytes(), &self.body].concat()
    }

    /// Sends it over a connection of its own.
    pub fn to(&self, address: SocketAddr) -> Answer {
        Connection::to(address).send(self.bytes()).answer()
    }
}

//! An upstream with the answers of a test. It keeps the requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::serving::PATIENCE;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The request line: method, path and version.
    pub line: String,
    /// Names are in lower case.
    pub headers: Vec<(String, String)>,
    /// Empty where the head has no length.
    pub body: Vec<u8>,
}

impl Heard {
    /// A header that comes at most once.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A server that runs as long as its test.
pub struct Fake {
    /// The address.
    pub address: SocketAddr,
    heard: Receiver<Heard>,
}

impl Fake {
    /// A server that answers each request with `answer`: lines of status and headers, an empty line, the body.
    pub fn answering(answer: impl Fn(&Heard) -> Vec<u8> + Send + 'static) -> Self {
        Self::talking(move |heard, stream| {
            // The client may be gone.
            let _ = stream.write_all(&[b"HTTP/1.1 ", &*answer(heard)].concat());
        })
    }

    /// A server that calls `talk` for each connection, after it has read the head and a body of known length.
    pub fn talking(talk: impl Fn(&Heard, &mut TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it has an address");
        let (tell, heard) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("somebody connects");
                stream.set_read_timeout(Some(PATIENCE)).expect("it can wait");
                // A client that only connects sends nothing.
                let Some(request) = hear(&stream) else { continue };
                if tell.send(request.clone()).is_err() {
                    return;
                }
                talk(&request, &mut stream);
            }
        });
        Self { address, heard }
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next request that it gets.
    pub fn next(&self) -> Heard {
        self.heard.recv_timeout(PATIENCE).expect("a request arrives")
    }

    /// The requests that the test has not read yet.
    pub fn rest(&self) -> Vec<Heard> {
        self.heard.try_iter().collect()
    }
}

fn hear(stream: &TcpStream) -> Option<Heard> {
    // The head is read byte by byte, so that nothing after it is lost.
    let mut reader = BufReader::with_capacity(1, stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let mut heard = Heard { line: line.trim_end().to_owned(), headers, body: Vec::new() };
    let length = heard.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    heard.body = vec![0; length];
    reader.read_exact(&mut heard.body).ok()?;
    Some(heard)
}

/// An address at which nobody listens.
pub fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port")
}

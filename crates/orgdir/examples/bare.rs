//! The comparison of the benchmark: an axum handler that parses each request into a struct and writes given bytes. It
//! has no world, no protocol and no rule. So no server that answers these calls through axum can be much faster.
//!
//! `bare FOLDER` answers the operation `Op` with the bytes of `FOLDER/Op.json`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::{env, fs, io};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use serde::Deserialize;
use tokio::net::TcpListener;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DescribeAccount {
    #[allow(dead_code)] // Parsed like the real one, and then not used.
    account_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct ListAccounts {
    max_results: Option<i32>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct DescribeDirectories {
    directory_ids: Option<Vec<String>>,
    limit: Option<i32>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct ShareTarget {
    id: String,
    r#type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct ShareDirectory {
    directory_id: String,
    share_method: Option<String>,
    share_target: Option<ShareTarget>,
    unshare_target: Option<ShareTarget>,
}

type Answers = Arc<BTreeMap<String, Bytes>>;

async fn answer(State(answers): State<Answers>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let operation = target.split_once('.').map_or(target, |(_, operation)| operation);
    let parsed = match operation {
        "DescribeAccount" => serde_json::from_slice::<DescribeAccount>(&body).is_ok(),
        "ListAccounts" => serde_json::from_slice::<ListAccounts>(&body).is_ok(),
        "DescribeDirectories" => serde_json::from_slice::<DescribeDirectories>(&body).is_ok(),
        _ => serde_json::from_slice::<ShareDirectory>(&body).is_ok(),
    };
    match answers.get(operation) {
        Some(bytes) if parsed => {
            let headers = [
                ("content-type", "application/x-amz-json-1.1"),
                ("x-amzn-requestid", "00000000-0000-0000-0000-000000000000"),
            ];
            (headers, bytes.clone()).into_response()
        }
        _ => StatusCode::BAD_REQUEST.into_response(),
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let folder = env::args().nth(1).ok_or_else(|| io::Error::other("usage: bare FOLDER"))?;
    let mut answers = BTreeMap::new();
    for file in fs::read_dir(folder)?.flatten() {
        let name = file.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        answers.insert(name, Bytes::from(fs::read(file.path())?));
    }
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("bare is ready at http://{}", listener.local_addr()?);
    let app = Router::new().fallback(answer).with_state(Arc::new(answers));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let service = TowerToHyperService::new(app.clone());
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

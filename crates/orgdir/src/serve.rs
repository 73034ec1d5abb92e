//! Sockets: listening, one connection after another, and a clean end.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use engine::Engine;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tracing::{debug, warn};

use crate::app::{App, Limits};
use crate::upstream::Upstream;
use crate::{body, control, pipeline, real_time, world_prefix};

/// A server that holds its port, and waits for nothing yet.
pub struct Server {
    listener: TcpListener,
    app: App,
}

/// Takes a port.
///
/// # Errors
/// When the address cannot be had.
pub async fn bind(address: SocketAddr, engine: Arc<Engine>, limits: Limits) -> io::Result<Server> {
    let listener = TcpListener::bind(address).await?;
    Ok(Server { listener, app: App { engine, limits, upstream: None } })
}

impl Server {
    /// Passes calls of the services that are not served here on to another server.
    #[must_use]
    pub fn with_upstream(mut self, upstream: Option<Upstream>) -> Self {
        self.app.upstream = upstream.map(Arc::new);
        self
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `end` is there; then finishes the calls in flight.
    pub async fn run(self, end: impl Future<Output = ()>) {
        let limits = self.app.limits;
        let app = control::routes().fallback(aws).with_state(self.app);
        let graceful = GracefulShutdown::new();
        let (ending, _) = watch::channel(());
        let mut end = pin!(end);
        loop {
            tokio::select! {
                () = &mut end => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        tokio::spawn(connection(stream, app.clone(), limits, graceful.watcher(), ending.subscribe()));
                    }
                    // Out of file descriptors, most likely: connections that end make room.
                    Err(error) => {
                        warn!(%error, "cannot accept a connection");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                }
            }
        }
        drop(self.listener);
        ending.send_replace(());
        if tokio::time::timeout(limits.end_wait, graceful.shutdown()).await.is_err() {
            warn!("some calls did not finish in time");
        }
    }
}

/// Serves one connection, to its end or to the server's.
async fn connection(stream: TcpStream, app: Router, limits: Limits, watcher: Watcher, mut ending: watch::Receiver<()>) {
    let called = AtomicBool::new(false);
    let app = TowerToHyperService::new(app);
    let service = service_fn(|request| {
        called.store(true, Ordering::Relaxed);
        app.call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_wait);
    let mut serving = pin!(watcher.watch(http.serve_connection(TokioIo::new(prompt(stream)), service)));
    let served = tokio::select! {
        served = &mut serving => served,
        // hyper closes connections that are idle after a call, but waits for those that never asked anything.
        _ = ending.changed() => if called.load(Ordering::Relaxed) { serving.await } else { Ok(()) },
    };
    if let Err(error) = served {
        debug!(%error, "a connection ended early");
    }
}

/// Sends each answer at once: they are small, and somebody waits for them.
fn prompt(stream: TcpStream) -> TcpStream {
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "cannot send answers at once");
    }
    stream
}

/// Everything that is not the control API is an AWS request.
async fn aws(State(app): State<App>, request: Request) -> Result<Response, Infallible> {
    let request = match &app.upstream {
        Some(upstream) => match upstream.pass(request, app.limits).await {
            Ok(answer) => return Ok(answer),
            Err(request) => request,
        },
        None => request,
    };
    let (parts, body) = request.into_parts();
    let Ok(target) = world_prefix::split(parts.uri.path()) else {
        return Ok(match pipeline::refuse_world_name(&parts, body::read(body, app.limits).await.ok()) {
            Some(answer) => answer.map(Body::from),
            None => control::invalid_world_name(),
        });
    };
    let world = app.engine.world(target.world);
    let answer = match body::read(body, app.limits).await {
        Ok(body) => {
            let told = match &app.upstream {
                Some(upstream) => upstream.told(&world, &parts, target.path, &body, real_time::now()).await,
                None => None,
            };
            pipeline::answer(&world, &parts, target.path, &body, told.as_ref(), real_time::now())
        }
        Err(unread) => pipeline::refuse_unread(&world, &parts, target.path, unread, real_time::now()),
    };
    Ok(answer.map(Body::from))
}

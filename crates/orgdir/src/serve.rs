//! Sockets: listening, one connection after another, and a clean end.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use engine::Engine;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tracing::{debug, warn};

use crate::app::{App, Limits};
use crate::{body, control, pipeline, real_time, world_prefix};

/// A server that holds its port, and waits for nothing yet.
pub struct Server {
    listener: TcpListener,
    app: Router,
    limits: Limits,
}

/// Takes a port.
///
/// # Errors
/// When the address cannot be had.
pub async fn bind(address: SocketAddr, engine: Arc<Engine>, limits: Limits) -> io::Result<Server> {
    let listener = TcpListener::bind(address).await?;
    let app = App { engine, limits };
    let app = control::routes().fallback(aws).with_state(app);
    Ok(Server { listener, app, limits })
}

impl Server {
    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `end` is there; then finishes the calls in flight.
    pub async fn run(self, end: impl Future<Output = ()>) {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.limits.head_wait);
        let graceful = GracefulShutdown::new();
        let mut end = pin!(end);
        loop {
            tokio::select! {
                () = &mut end => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        let service = TowerToHyperService::new(self.app.clone());
                        let connection = http.serve_connection(TokioIo::new(prompt(stream)), service);
                        let connection = graceful.watch(connection);
                        tokio::spawn(async move {
                            if let Err(error) = connection.await {
                                debug!(%error, "a connection ended early");
                            }
                        });
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
        if tokio::time::timeout(self.limits.end_wait, graceful.shutdown()).await.is_err() {
            warn!("some calls did not finish in time");
        }
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
    let (parts, body) = request.into_parts();
    let Ok(target) = world_prefix::split(parts.uri.path()) else {
        return Ok(control::invalid_world_name());
    };
    let world = app.engine.world(target.world);
    let answer = match body::read(body, app.limits).await {
        Ok(body) => pipeline::answer(&world, &parts, target.path, &body, real_time::now()),
        Err(unread) => pipeline::refuse_unread(&world, &parts, target.path, unread, real_time::now()),
    };
    Ok(answer.map(Body::from))
}

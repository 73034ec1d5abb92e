//! Sockets: listens, serves connections, and ends cleanly.

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
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tracing::{debug, warn};

use crate::app::{App, Limits};
use crate::pipeline::Prepared;
use crate::upstream::Upstream;
use crate::{body, control, pipeline, real_time, world_prefix};

/// A server that has its port, and serves nothing yet.
pub struct Server {
    listener: TcpListener,
    app: App,
}

/// Binds an address.
///
/// # Errors
/// When the address cannot be bound.
pub async fn bind(address: SocketAddr, engine: Arc<Engine>, limits: Limits) -> io::Result<Server> {
    let listener = TcpListener::bind(address).await?;
    Ok(Server { listener, app: App { engine, limits, upstream: None } })
}

impl Server {
    /// Passes calls of services that orgdir does not serve on to an upstream.
    #[must_use]
    pub fn with_upstream(mut self, upstream: Option<Upstream>) -> Self {
        self.app.upstream = upstream.map(Arc::new);
        self
    }

    /// The address with the actual port.
    ///
    /// # Errors
    /// When the system does not give it.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `end` completes, then finishes the calls in flight.
    pub async fn run(self, end: impl Future<Output = ()>) {
        let limits = self.app.limits;
        let service = Service::of(self.app);
        let (ending, _) = watch::channel(());
        let mut end = pin!(end);
        loop {
            tokio::select! {
                () = &mut end => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        tokio::spawn(connection(stream, service.clone(), ending.subscribe()));
                    }
                    // Most likely there are no more file descriptors. Connections that end make room.
                    Err(error) => {
                        warn!(%error, "cannot accept a connection");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                }
            }
        }
        drop(self.listener);
        ending.send_replace(());
        // Each connection holds a receiver for as long as it lasts.
        if tokio::time::timeout(limits.end_wait, ending.closed()).await.is_err() {
            warn!("some calls did not finish in time");
        }
    }
}

/// Serves one connection, until it ends or the server does.
async fn connection(stream: TcpStream, service: Service, mut ending: watch::Receiver<()>) {
    let called = AtomicBool::new(false);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(service.app.limits.head_wait);
    let service = service_fn(|request| {
        called.store(true, Ordering::Relaxed);
        service.answer(request)
    });
    let mut serving = pin!(http.serve_connection(TokioIo::new(without_delay(stream)), service));
    let served = tokio::select! {
        biased;
        served = &mut serving => served,
        // hyper closes connections that are idle after a call, but waits for those without any call.
        _ = ending.changed() => if called.load(Ordering::Relaxed) {
            serving.as_mut().graceful_shutdown();
            serving.await
        } else {
            Ok(())
        },
    };
    if let Err(error) = served {
        debug!(%error, "a connection ended early");
    }
}

/// Sends each answer at once: answers are small, and clients wait for them.
fn without_delay(stream: TcpStream) -> TcpStream {
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "cannot send answers at once");
    }
    stream
}

/// Answers requests. The router finds routes of the control API. AWS requests may have any path, and skip it.
#[derive(Clone)]
struct Service {
    router: TowerToHyperService<Router>,
    app: App,
}

impl Service {
    fn of(app: App) -> Self {
        let aws = async |State(app): State<App>, request: Request| aws(&app, request).await;
        let router = control::routes().fallback(aws).with_state(app.clone());
        Self { router: TowerToHyperService::new(router), app }
    }

    async fn answer(&self, request: http::Request<Incoming>) -> Result<Response, Infallible> {
        let answer = if control::may_serve(request.uri().path()) {
            self.router.call(request).await?
        } else {
            aws(&self.app, request.map(Body::new)).await
        };
        // Each answer wakes a waiting client. So the answers to all requests at hand go out together: this thread
        // computes all of them, and then writes one after another.
        tokio::task::yield_now().await;
        Ok(answer)
    }
}

/// Answers any request that is not for the control API as an AWS request.
async fn aws(app: &App, request: Request) -> Response {
    let request = match &app.upstream {
        Some(upstream) => match upstream.pass(request, app.limits).await {
            Ok(answer) => return answer,
            Err(request) => request,
        },
        None => request,
    };
    let (parts, body) = request.into_parts();
    let Ok(target) = world_prefix::split(parts.uri.path()) else {
        return match pipeline::refuse_world_name(&parts, body::read(body, app.limits).await.ok()) {
            Some(answer) => answer.map(Body::from),
            None => control::invalid_world_name(),
        };
    };
    let world = app.engine.world(target.world);
    let answer = match body::read(body, app.limits).await {
        Ok(body) => {
            let at = real_time::now();
            let prepared = Prepared::of(&parts, target.path, &body, at);
            let (surroundings, at) = match &app.upstream {
                Some(upstream) => (upstream.look_up_needs(&world, &prepared, at).await, real_time::now()),
                None => (None, at),
            };
            pipeline::answer(&world, prepared, surroundings.as_ref(), at)
        }
        Err(unread) => pipeline::refuse_unread(&world, &parts, target.path, unread, real_time::now()),
    };
    answer.map(Body::from)
}

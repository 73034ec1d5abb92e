//! The binary: reads the command line, and serves.

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use engine::Engine;
use mimalloc::MiMalloc;
use orgdir::cli::{Cli, Command, Serve};
use orgdir::{Limits, bind, lines};
use tracing::info;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

/// An answer allocates some hundred small texts. The system's allocator is slow at that, most of all in a static
/// binary.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Some(Command::Env(env)) => env.url(cli.serve.listen).and_then(|url| {
            let text = lines(env.shell, &url, env.account);
            io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string())
        }),
        Some(Command::Serve) | None => serve(&cli.serve),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("orgdir: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(options: &Serve) -> Result<(), String> {
    let targets: Targets = options.log.parse().map_err(|error| format!("--log {}: {error}", options.log))?;
    let lines = tracing_subscriber::fmt::layer().with_ansi(io::stderr().is_terminal()).with_writer(io::stderr);
    tracing_subscriber::registry().with(lines).with(targets).init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start threads: {error}"))?;
    runtime.block_on(run(options))
}

async fn run(options: &Serve) -> Result<(), String> {
    let engine = Arc::new(Engine::new(options.seed_world()?));
    let server =
        bind(options.listen, engine, Limits::default()).await.map_err(|error| bind_error(options.listen, &error))?;
    let server = server.with_upstream(options.upstream.clone());
    let address = server.address().map_err(|error| error.to_string())?;
    let end = end_signal().map_err(|error| format!("cannot listen for signals: {error}"))?;
    ready(address).map_err(|error| format!("cannot write to stdout: {error}"))?;
    let end = async {
        end.await;
        info!("finishing the calls in flight");
    };
    server.run(end).await;
    Ok(())
}

/// A future that completes at SIGINT (Ctrl-C) or SIGTERM. The signals are caught from the call on.
#[cfg(unix)]
fn end_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// A future that completes at Ctrl-C, at Ctrl-Break, or when the console closes. The events are caught from the call
/// on.
#[cfg(windows)]
fn end_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close};
    let (mut interrupted, mut broken, mut closed) = (ctrl_c()?, ctrl_break()?, ctrl_close()?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = broken.recv() => {}
            _ = closed.recv() => {}
        }
    })
}

/// Prints the line that scripts wait for.
fn ready(address: SocketAddr) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "orgdir is ready at http://{address} -- point a shell at it: eval \"$(orgdir env --listen {address})\""
    )?;
    out.flush()
}

fn bind_error(address: SocketAddr, error: &io::Error) -> String {
    let advice = "choose another with --listen ADDRESS:PORT or ORGDIR_LISTEN (port 0 picks a free one)";
    match error.kind() {
        io::ErrorKind::AddrInUse => format!("{address} is taken by another program: {advice}"),
        _ => format!("cannot listen at {address}: {error}; {advice}"),
    }
}

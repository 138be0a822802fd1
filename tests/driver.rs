//! Driver processes: one per engine, and a display for WebKit.

use std::{io, path::Path, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    time::{Instant, sleep},
};

use crate::engine::Engine;

/// How long a driver may take to listen.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running driver. Dropping it kills what it started, as far as it leads its group.
#[derive(Debug)]
pub struct Driver {
    address: String,
    driver: Group,
    display: Option<Group>,
}

impl Driver {
    /// Starts the engine's driver on a free port and waits until it listens.
    ///
    /// # Errors
    ///
    /// If the program cannot be started or does not listen in time.
    pub async fn start(engine: Engine, program: &Path) -> io::Result<Self> {
        let port = free_port().await?;
        let mut command = Command::new(program);
        let mut display = None;
        match engine {
            Engine::Chromium => command.arg(format!("--port={port}")),
            Engine::Firefox => command
                .args(["--host", "127.0.0.1", "--port", &port.to_string()])
                // Its default is fixed, so that two runs would be in each other's way.
                .args(["--websocket-port", &free_port().await?.to_string()])
                .args(["--log", "fatal"]),
            Engine::WebKit => {
                let (server, name) = start_display().await?;
                display = Some(server);
                command
                    .arg("--host=127.0.0.1")
                    .arg(format!("--port={port}"))
                    .env("DISPLAY", name)
                    // A container has no user namespaces. Compositing stays on: without it the
                    // driver waits for ever when it is asked for a picture (WebKitGTK 2.50).
                    .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
                    .env("NO_AT_BRIDGE", "1")
            }
        };
        let driver = Group::spawn(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
        let running = Self { address: format!("http://127.0.0.1:{port}"), driver, display };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if start.elapsed() > PATIENCE {
                return Err(io::Error::other(format!("{} does not listen", program.display())));
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(running)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Ends driver and display, and waits for them.
    pub async fn stop(mut self) {
        self.driver.stop().await;
        if let Some(display) = &mut self.display {
            display.stop().await;
        }
    }
}

/// A process that leads a process group, so that its children can be ended with it.
#[derive(Debug)]
struct Group(Child);

impl Group {
    fn spawn(command: &mut Command) -> io::Result<Self> {
        command.process_group(0).kill_on_drop(true).stdin(Stdio::null()).spawn().map(Self)
    }

    /// `kill` is a program because the call would need unsafe code.
    fn signal(&self) {
        if let Some(id) = self.0.id() {
            let _ = std::process::Command::new("kill")
                .args(["-KILL", "--", &format!("-{id}")])
                .stderr(Stdio::null())
                .status();
        }
    }

    async fn stop(&mut self) {
        self.signal();
        let _ = self.0.wait().await;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal();
    }
}

/// Xvfb on a display that it finds itself, and that display's name.
async fn start_display() -> io::Result<(Group, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]);
    let mut server = Group::spawn(command.stdout(Stdio::piped()).stderr(Stdio::null()))
        .map_err(|error| io::Error::new(error.kind(), format!("Xvfb: {error}")))?;
    let output = server.0.stdout.take().ok_or_else(|| io::Error::other("Xvfb has no output"))?;
    let mut number = String::new();
    BufReader::new(output).read_line(&mut number).await?;
    if number.trim().is_empty() {
        return Err(io::Error::other("Xvfb found no display"));
    }
    Ok((server, format!(":{}", number.trim())))
}

async fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port())
}

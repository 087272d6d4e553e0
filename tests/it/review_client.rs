//! A server of our own program and a client that can say what no browser would.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running `saual review`.
pub struct Server {
    child: Child,
    /// Its port.
    pub port: u16,
    /// The one-time address's token; empty where there is none.
    pub ticket: String,
}

impl Server {
    /// Starts it on the project in `folder`.
    pub fn start(folder: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_saual"))
            .env("SAUAL_ENCODER", "static")
            .arg("review")
            .arg(folder)
            .args(["--lang", "en", "--quiet", "--keep-going"])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        while !line.contains("http://") {
            line.clear();
            assert!(output.read_line(&mut line).expect("a line") > 0, "the server ended before it served");
        }
        let address = line.split("http://").nth(1).expect("an address").trim().to_owned();
        let port = address.split('/').next().and_then(|host| host.rsplit(':').next()).expect("a port");
        let ticket = address.split("token=").nth(1).unwrap_or_default().to_owned();
        Self { child, port: port.parse().expect("a number"), ticket }
    }

    /// A request with these headers and no others but `Host`, `Connection` and `Content-Length`.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let own = format!("127.0.0.1:{}", self.port);
        let mut all = vec![("host", own.as_str())];
        all.retain(|_| !headers.iter().any(|(name, _)| *name == "host"));
        all.extend(headers.iter().filter(|(name, value)| *name != "host" || !value.is_empty()));
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        let mut head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in all {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).expect("sent");
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::parse(&bytes)
    }

    /// A browser's session by the one-time address.
    pub fn session(&self) -> Session<'_> {
        let entered = self.ask("GET", &format!("/login?token={}", self.ticket), &[], b"");
        assert_eq!(entered.status, 303, "the one-time address opens");
        Session::new(self, entered.cookie().expect("a cookie"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status; 0 where the server closed the connection without a word.
    pub status: u16,
    /// Headers by lower-case name; of several the last.
    pub headers: BTreeMap<String, String>,
    /// The body as text.
    pub body: String,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status =
            lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok()).unwrap_or(0);
        let headers =
            lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Self { status, headers: headers.collect(), body: body.to_owned() }
    }

    /// The session's cookie that it sets.
    pub fn cookie(&self) -> Option<String> {
        let cookie = self.headers.get("set-cookie")?.split(';').next()?;
        cookie.starts_with("saual_session=").then(|| cookie.to_owned())
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// A session as a browser holds it.
pub struct Session<'a> {
    server: &'a Server,
    /// The `Cookie` header.
    pub cookie: String,
    /// The forms' secret.
    pub csrf: String,
}

impl<'a> Session<'a> {
    /// The session of a cookie.
    pub fn new(server: &'a Server, cookie: String) -> Self {
        let page = server.ask("GET", "/keys", &[("cookie", &cookie)], b"");
        let csrf = page.body.split("name=\"csrf\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
        let csrf = csrf.expect("a secret on the page").to_owned();
        Self { server, cookie, csrf }
    }

    /// A page.
    pub fn get(&self, path: &str) -> Answer {
        self.server.ask("GET", path, &[("cookie", &self.cookie)], b"")
    }

    /// JSON as our script sends it.
    pub fn post(&self, path: &str, body: &serde_json::Value) -> Answer {
        let origin = format!("http://127.0.0.1:{}", self.server.port);
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("x-csrf", &self.csrf),
            ("origin", &origin),
            ("content-type", "application/json"),
        ];
        self.server.ask("POST", path, &headers, body.to_string().as_bytes())
    }

    /// A form as a browser without scripts sends it.
    pub fn submit(&self, path: &str, fields: &str) -> Answer {
        let origin = format!("http://127.0.0.1:{}", self.server.port);
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("origin", &origin),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.server.ask("POST", path, &headers, format!("csrf={}&{fields}", self.csrf).as_bytes())
    }
}

//! A Chromium of our own, driven by WebDriver (W3C) over http.

use crate::repository;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A WebDriver session (W3C WebDriver over http) with a Chromium of its own.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

fn http(port: u16, method: &str, path: &str, body: &Value) -> Option<Value> {
    let body = if method == "GET" { String::new() } else { body.to_string() };
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).ok()?;
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok())?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    serde_json::from_slice::<Value>(&body).ok().map(|mut answer| answer["value"].take())
}

impl Browser {
    /// Starts it, and waits until it answers.
    pub fn start() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|taken| taken.local_addr())
            .expect("a free port")
            .port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver: apt-get install chromium chromium-driver");
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"] },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" }
        } } });
        let begun = Instant::now();
        let session = loop {
            let answer = http(port, "POST", "/session", &wanted);
            if let Some(session) = answer.as_ref().and_then(|answer| answer["sessionId"].as_str()) {
                break session.to_owned();
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "no browser: {answer:?}");
            std::thread::sleep(Duration::from_millis(200));
        };
        Self { driver, port, session }
    }

    /// A WebDriver command of the session.
    pub fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        http(self.port, method, &format!("/session/{}{path}", self.session), body).unwrap_or_default()
    }

    /// Goes to an address of a server at `port`.
    pub fn go(&self, port: u16, path: &str) {
        self.call("POST", "/url", &json!({ "url": format!("http://127.0.0.1:{port}{path}") }));
    }

    /// A screen of that size.
    pub fn resize(&self, width: u32, height: u32) {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        self.devtools("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// A command of the developer tools.
    pub fn devtools(&self, command: &str, params: &Value) -> Value {
        self.call("POST", "/goog/cdp/execute", &json!({ "cmd": command, "params": params }))
    }

    /// What a script returns.
    pub fn script(&self, script: &str) -> Value {
        self.call("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What a script hands to its last argument, sooner or later.
    pub fn later(&self, script: &str) -> Value {
        self.call("POST", "/execute/async", &json!({ "script": script, "args": [] }))
    }

    /// A key by its place on the keyboard, typing what the layout has there.
    pub fn press(&self, code: &str, types: &str, shift: bool) {
        let modifiers = if shift { 8 } else { 0 };
        let text = if types.chars().count() == 1 {
            types
        } else if code == "Enter" {
            "\r"
        } else {
            ""
        };
        let number = match code {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            _ => 0,
        };
        let mut event = json!({ "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" }, "code": code, "key": types, "text": text, "modifiers": modifiers, "windowsVirtualKeyCode": number });
        self.devtools("Input.dispatchKeyEvent", &event);
        event["type"] = "keyUp".into();
        self.devtools("Input.dispatchKeyEvent", &event);
    }

    /// Waits until a script says yes.
    pub fn until(&self, what: &str, script: &str) {
        let begun = Instant::now();
        while self.script(&format!("return Boolean(window.saualReady && ({script}))")) != Value::Bool(true) {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "never came: {what}; at {}",
                self.script("return document.documentElement.outerHTML.slice(0, 3000)")
            );
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// Keeps what is seen in `target/review-screens`.
    pub fn screenshot(&self, name: &str) {
        let folder = repository("target/review-screens");
        std::fs::create_dir_all(&folder).expect("a folder");
        let shot = self.devtools("Page.captureScreenshot", &json!({ "format": "png", "captureBeyondViewport": false }));
        let bytes = base64(shot["data"].as_str().unwrap_or_default());
        std::fs::write(folder.join(format!("{name}.png")), bytes).expect("written");
    }
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut kept, mut bits) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte)) {
        kept = (kept << 6 | u32::try_from(digit).unwrap_or(0)) & 0xfff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(kept >> bits & 0xff).unwrap_or(0));
        }
    }
    bytes
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = http(self.port, "DELETE", &format!("/session/{}", self.session), &Value::Null);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

//! Ten items by keyboard alone in a real Chromium, in each language, on a wide and a narrow screen. Run by `tests/browser.sh`;
//! the screenshots lie in `target/review-screens`.

use crate::repository;
use crate::review_client::Server;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A WebDriver session (W3C WebDriver over http) with a Chromium of its own.
struct Browser {
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
    fn start() -> Self {
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

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        http(self.port, method, &format!("/session/{}{path}", self.session), body).unwrap_or_default()
    }

    fn devtools(&self, command: &str, params: &Value) -> Value {
        self.call("POST", "/goog/cdp/execute", &json!({ "cmd": command, "params": params }))
    }

    fn script(&self, script: &str) -> Value {
        self.call("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// A key by its place on the keyboard, typing what the layout has there.
    fn press(&self, code: &str, types: &str, shift: bool) {
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

    fn until(&self, what: &str, script: &str) {
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

    fn screenshot(&self, name: &str) {
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

/// What the keys of an answer type on the layout of a language.
fn layout(lang: &str, code: &str) -> &'static str {
    match (lang, code) {
        ("kk", "Digit2") => "ә",
        ("kk", "Digit1") => "\"",
        ("kk", "Digit0") => "қ",
        (_, "Digit2") => "2",
        (_, "Digit1") => "1",
        (_, "Digit0") => "0",
        ("en", "KeyN") => "n",
        ("en", "KeyS") => "s",
        ("en", "KeyZ") => "z",
        ("en", "KeyH") => "h",
        ("en", "KeyE") => "e",
        (_, "KeyN") => "т",
        (_, "KeyS") => "ы",
        (_, "KeyZ") => "я",
        (_, "KeyH") => "р",
        (_, "KeyE") => "у",
        (_, "Tab") => "Tab",
        (_, "Enter") => "Enter",
        (_, "Escape") => "Escape",
        _ => "",
    }
}

const KEY: &str = "document.querySelector('#decide [name=key]')?.value";

#[test]
#[ignore = "needs Chromium; run by tests/browser.sh"]
fn ten_items_by_keyboard_in_each_language_wide_and_narrow() {
    for (lang, width, height) in
        [("kk", 1280, 900), ("ru", 1280, 900), ("en", 1280, 900), ("kk", 360, 740), ("ru", 360, 740), ("en", 360, 740)]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for entry in std::fs::read_dir(repository("corpus/oblast-x"))
            .expect("the corpus")
            .map(|entry| entry.expect("an entry").path())
        {
            if entry.is_file() {
                std::fs::copy(&entry, folder.path().join(entry.file_name().expect("a name"))).expect("copied");
            }
        }
        let server = Server::start(folder.path(), &["--as", "Айгүл"]);
        let browser = Browser::start();
        browser.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 }),
        );
        browser.call(
            "POST",
            "/url",
            &json!({ "url": format!("http://127.0.0.1:{}/login?token={}", server.port, server.ticket) }),
        );
        let press = |code: &str| browser.press(code, layout(lang, code), false);
        browser.until("the first card", KEY);
        // The language, by Tab and Enter.
        for _ in 0..40 {
            press("Tab");
            if browser.script("return document.activeElement?.name === 'lang' && document.activeElement.value")
                == Value::String(lang.into())
            {
                break;
            }
        }
        press("Enter");
        browser.until("the language", &format!("document.documentElement.lang === '{lang}' && {KEY}"));
        // The help, and away again.
        press("KeyH");
        browser.until("the keys", "document.getElementById('keys').open");
        browser.screenshot(&format!("keys-{lang}-{width}"));
        press("Escape");
        browser.until("no keys", "!document.getElementById('keys').open");
        press("KeyE");
        browser.until("the explanation", "document.getElementById('why').open");
        browser.screenshot(&format!("card-{lang}-{width}"));
        let wide = browser.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert_eq!(wide, 0, "{lang} {width}: the page is wider than the screen");
        for (number, code) in
            ["Digit2", "Digit1", "Digit0", "KeyN", "Digit2", "KeyS", "Digit0", "KeyN", "Digit1", "Digit0"]
                .into_iter()
                .enumerate()
        {
            let before = browser.script(&format!("return {KEY}"));
            press(code);
            browser.until(&format!("card {}", number + 2), &format!("{KEY} && {KEY} !== {before}"));
            let saved = browser.script("return document.getElementById('saved').textContent");
            assert!(saved.as_str().is_some_and(|text| text.contains('✓')), "{lang} {width} {code}: {saved}");
        }
        browser.screenshot(&format!("saved-{lang}-{width}"));
        press("KeyZ");
        browser.until("the undone card", "location.search.includes('undone')");
        let unlabelled = browser.script("return [...document.querySelectorAll('input:not([type=hidden]), select, textarea, progress')].filter(e => !e.labels?.length && !e.getAttribute('aria-label')).length + [...document.querySelectorAll('button, a')].filter(e => !e.textContent.trim()).length");
        assert_eq!(unlabelled, 0, "{lang} {width}: something without a label");
        an_answer_survives(&browser, lang, width);
        nothing_from_elsewhere(&browser, &server, lang);
        let folder = folder.path().display().to_string();
        let export =
            Command::new(env!("CARGO_BIN_EXE_saual")).args(["decisions", "export", &folder]).output().expect("run");
        let kinds: Vec<String> = String::from_utf8_lossy(&export.stdout)
            .lines()
            .map(|line| {
                serde_json::from_str::<Value>(line).expect("a decision")["kind"].as_str().expect("a kind").to_owned()
            })
            .collect();
        assert_eq!(
            kinds,
            ["grade", "grade", "grade", "none", "grade", "skip", "grade", "none", "grade", "grade", "undo", "grade"],
            "{lang} {width}"
        );
    }
}

/// An answer given while the server is away stays in the browser and is sent once it is back.
fn an_answer_survives(browser: &Browser, lang: &str, width: u32) {
    let press = |code: &str| browser.press(code, layout(lang, code), false);
    browser.devtools("Network.enable", &json!({}));
    browser.devtools(
        "Network.emulateNetworkConditions",
        &json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }),
    );
    let before = browser.script(&format!("return {KEY}"));
    press("Digit1");
    browser.until("the warning", "document.getElementById('saved').classList.contains('bad')");
    browser.screenshot(&format!("unsaved-{lang}-{width}"));
    assert_eq!(browser.script("return Object.keys(localStorage).filter(k => k.startsWith('saual-pending')).length"), 1);
    browser.devtools(
        "Network.emulateNetworkConditions",
        &json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }),
    );
    browser.until("the next card", &format!("{KEY} && {KEY} !== {before}"));
    assert_eq!(browser.script("return Object.keys(localStorage).filter(k => k.startsWith('saual-pending')).length"), 0);
}

/// No complaint of the browser, no request to any other machine.
fn nothing_from_elsewhere(browser: &Browser, server: &Server, lang: &str) {
    let log = browser.call("POST", "/se/log", &json!({ "type": "browser" }));
    let severe: Vec<&Value> = log
        .as_array()
        .into_iter()
        .flatten()
        .filter(|line| {
            line["level"] == "SEVERE"
                && !line["message"].as_str().unwrap_or_default().contains("ERR_INTERNET_DISCONNECTED")
        })
        .collect();
    assert!(severe.is_empty(), "{lang}: {severe:?}");
    let network = browser.call("POST", "/se/log", &json!({ "type": "performance" }));
    for line in network.as_array().into_iter().flatten() {
        let message = line["message"].as_str().unwrap_or_default();
        if message.contains("Network.requestWillBeSent\"") {
            let event: Value = serde_json::from_str(message).unwrap_or_default();
            let url = event["message"]["params"]["request"]["url"].as_str().unwrap_or_default();
            let own = format!("http://127.0.0.1:{}/", server.port);
            assert!(url.starts_with(&own) || url.starts_with("data:"), "a request to elsewhere: {url}");
        }
    }
}

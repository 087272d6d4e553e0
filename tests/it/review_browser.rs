//! The review pages in a real Chromium: ten items by keyboard alone, answers that outlive the server, every page readable. Each
//! in Kazakh, Russian and English, on a wide and a narrow screen. Run by `tests/browser.sh`; the screenshots lie in
//! `target/review-screens`.

use crate::browser::Browser;
use crate::repository;
use crate::review_client::Server;
use crate::review_projects::{add_reviewer, oblast_x, saual};
use saual::review::decision::TopicAnswer;
use saual::review::server::routes::ROUTES;
use saual::review::{Draft, Kind, Role, Store};
use serde_json::{Value, json};
use std::path::Path;

const LANGS: [&str; 3] = ["kk", "ru", "en"];
const SCREENS: [(u32, u32); 2] = [(1280, 900), (360, 740)];
const KEY: &str = "document.querySelector('#decide [name=key]')?.value";
const PENDING: &str = "return Object.keys(localStorage).filter(k => k.startsWith('saual-pending')).length";

/// What the keys type on the layout of a language.
fn layout(lang: &str, code: &str) -> &'static str {
    let (kazakh, russian, english) = match code {
        "Digit2" => ("ә", "2", "2"),
        "Digit1" => ("\"", "1", "1"),
        "Digit0" => ("қ", "0", "0"),
        "KeyN" => ("т", "т", "n"),
        "KeyS" => ("ы", "ы", "s"),
        "KeyZ" => ("я", "я", "z"),
        "KeyH" => ("р", "р", "h"),
        "KeyT" => ("е", "е", "t"),
        "Space" => (" ", " ", " "),
        "KeyE" => ("у", "у", "e"),
        "KeyC" => ("с", "с", "c"),
        "KeyB" => ("и", "и", "b"),
        "KeyJ" => ("о", "о", "j"),
        "KeyK" => ("л", "л", "k"),
        "Slash" => ("№", ".", "/"),
        "Tab" => ("Tab", "Tab", "Tab"),
        "Enter" => ("Enter", "Enter", "Enter"),
        "Escape" => ("Escape", "Escape", "Escape"),
        _ => ("", "", ""),
    };
    match lang {
        "kk" => kazakh,
        "ru" => russian,
        _ => english,
    }
}

/// A reviewer at a browser.
struct Seat<'a> {
    browser: &'a Browser,
    lang: &'a str,
    width: u32,
}

impl Seat<'_> {
    fn press(&self, code: &str) {
        self.browser.press(code, layout(self.lang, code), false);
    }

    fn until(&self, what: &str, script: &str) {
        self.browser.until(&format!("{what} ({} {})", self.lang, self.width), script);
    }

    fn screenshot(&self, name: &str) {
        self.browser.screenshot(&format!("{name}-{}-{}", self.lang, self.width));
    }

    /// Presses a key and waits for another card.
    fn answer(&self, code: &str) {
        let before = self.browser.script(&format!("return {KEY}"));
        self.press(code);
        self.until(&format!("the card after {code}"), &format!("{KEY} && {KEY} !== {before}"));
    }

    /// Chooses the language by Tab and Enter.
    fn choose_language(&self) {
        for _ in 0..40 {
            self.press("Tab");
            let focus =
                self.browser.script("return document.activeElement?.name === 'lang' && document.activeElement.value");
            if focus == self.lang {
                break;
            }
        }
        self.press("Enter");
        self.until("the language", &format!("document.documentElement.lang === '{}' && {KEY}", self.lang));
    }
}

fn exported(folder: &Path) -> Vec<Value> {
    let (fine, lines, error) = saual(&["decisions", "export", &folder.display().to_string()]);
    assert!(fine, "{error}");
    lines.lines().map(|line| serde_json::from_str(line).expect("a decision")).collect()
}

#[test]
#[ignore = "needs Chromium; run by tests/browser.sh"]
fn ten_items_by_keyboard_in_each_language_wide_and_narrow() {
    for (width, height) in SCREENS {
        for lang in LANGS {
            let folder = oblast_x();
            let server = Server::start(folder.path(), &["--as", "Айгүл"]);
            let browser = Browser::start();
            browser.resize(width, height);
            browser.go(server.port, &format!("/login?token={}", server.ticket));
            let seat = Seat { browser: &browser, lang, width };
            seat.until("the first card", KEY);
            seat.choose_language();
            topics_by_keyboard(&seat);
            keys_beside_answers(&seat);
            for code in ["Digit2", "Digit1", "Digit0", "KeyN", "Digit2", "KeyS", "Digit0", "KeyN", "Digit1", "Digit0"] {
                seat.answer(code);
                let saved = browser.script("return document.getElementById('saved').textContent");
                assert!(saved.as_str().is_some_and(|text| text.contains('✓')), "{lang} {width} {code}: {saved}");
            }
            seat.screenshot("saved");
            taken_back_after_reload(&seat);
            an_answer_survives(&seat);
            nothing_from_elsewhere(&browser, &server, lang);
            let decisions = exported(folder.path());
            let kinds: Vec<&str> = decisions.iter().filter_map(|row| row["kind"].as_str()).collect();
            let answers = ["grade", "grade", "grade", "none", "grade", "skip", "grade", "none", "grade", "grade"];
            assert_eq!(kinds[..12], [&["topics", "undo"][..], &answers].concat(), "{lang} {width}");
            assert_eq!(kinds[12..], [&["undo"; 10][..], &["grade"]].concat(), "{lang} {width}");
            assert_eq!(decisions[2]["comment"], "дұрыс па?", "{lang} {width}");
        }
    }
}

/// Topics are ticked and kept by key, the card stays, and they are taken back.
fn topics_by_keyboard(seat: &Seat<'_>) {
    let ticked = || seat.browser.script("return document.querySelectorAll('#topics-form :checked').length");
    let first = "document.querySelector('#topics-form [type=checkbox]')";
    seat.press("KeyT");
    seat.until("the topics", &format!("document.activeElement === {first}"));
    let (inquiry, was) = ("return document.querySelector('.card').dataset.inquiry", ticked());
    let before = seat.browser.script(inquiry);
    seat.press("Space");
    seat.until("another tick", &format!("document.querySelectorAll('#topics-form :checked').length !== {was}"));
    let chosen = ticked();
    seat.screenshot("topics");
    seat.press("Enter");
    seat.until("the same card", &format!("location.search.includes('saved') && {KEY}"));
    assert_eq!((seat.browser.script(inquiry), ticked()), (before.clone(), chosen));
    seat.screenshot("topics-saved");
    seat.answer("KeyZ");
    seat.until("the undone card", "location.search.includes('undone') && document.getElementById('topics').open");
    assert_eq!((seat.browser.script(inquiry), ticked()), (before, was));
}

/// Help, explanation, codebook, comment, candidates, search: by key, and back.
fn keys_beside_answers(seat: &Seat<'_>) {
    let browser = seat.browser;
    seat.press("KeyH");
    seat.until("the keys", "document.getElementById('keys').open");
    seat.screenshot("keys");
    seat.press("Escape");
    seat.until("no keys", "!document.getElementById('keys').open");
    // The key of the question mark, whatever the layout types there.
    browser.press("Slash", if seat.lang == "en" { "?" } else { "," }, true);
    seat.until("the keys again", "document.getElementById('keys').open");
    seat.press("Escape");
    seat.until("no keys again", "!document.getElementById('keys').open");
    for (code, details) in [("KeyE", "#why"), ("KeyB", ".codebook")] {
        seat.press(code);
        seat.until(details, &format!("document.querySelector('{details}').open"));
    }
    seat.screenshot("card");
    let first = browser.script("return location.href");
    seat.press("KeyJ");
    seat.until("the second candidate", "document.querySelectorAll('ol.candidates li')[1].classList.contains('here')");
    seat.press("KeyK");
    seat.until("the first candidate", "document.querySelectorAll('ol.candidates li')[0].classList.contains('here')");
    assert_ne!(browser.script("return location.href"), first, "an address of its own");
    seat.press("Slash");
    seat.until("the search", "document.activeElement.id === 'search'");
    for letter in ["с", "у"] {
        browser.press("", letter, false);
    }
    seat.press("Enter");
    seat.until("what was found", "document.querySelector('ul.candidates a')");
    assert_eq!(browser.script("return document.getElementById('search').value"), "су");
    seat.press("KeyC");
    seat.until("the comment", "document.activeElement.id === 'comment'");
    for letter in "дұрыс па?".chars() {
        browser.press("", &letter.to_string(), false);
    }
    seat.press("Escape");
    let unlabelled = browser.script("return [...document.querySelectorAll('input:not([type=hidden]), select, textarea, progress')].filter(e => !e.labels?.length && !e.getAttribute('aria-label')).length + [...document.querySelectorAll('button, a')].filter(e => !e.textContent.trim()).length");
    assert_eq!(unlabelled, 0, "{} {}: something without a label", seat.lang, seat.width);
}

/// Every answer can be taken back, also after the page was loaded anew; then there is nothing more to take back.
fn taken_back_after_reload(seat: &Seat<'_>) {
    seat.browser.call("POST", "/refresh", &json!({}));
    seat.until("the page again", KEY);
    for _ in 0..10 {
        seat.answer("KeyZ");
        seat.until("the undone card", "location.search.includes('undone')");
    }
    seat.press("KeyZ");
    seat.until("nothing more", "!document.getElementById('decide')");
    seat.browser.script("location.assign('/')");
    seat.until("a card", KEY);
}

/// An answer given while the network is away stays in the browser and is sent once it is back.
fn an_answer_survives(seat: &Seat<'_>) {
    let browser = seat.browser;
    browser.devtools("Network.enable", &json!({}));
    let offline = |offline: bool| {
        let state = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        browser.devtools("Network.emulateNetworkConditions", &state);
    };
    offline(true);
    let before = browser.script(&format!("return {KEY}"));
    seat.press("Digit1");
    seat.until("the warning", "document.getElementById('saved').classList.contains('bad')");
    seat.screenshot("unsaved");
    assert_eq!(browser.script(PENDING), 1);
    seat.press("KeyZ");
    assert_eq!(browser.script(&format!("return {KEY}")), before, "nothing is taken back while an answer is under way");
    offline(false);
    seat.until("the next card", &format!("{KEY} && {KEY} !== {before}"));
    assert_eq!(browser.script(PENDING), 0);
}

/// No complaint of the browser, no request to any other machine.
fn nothing_from_elsewhere(browser: &Browser, server: &Server, lang: &str) {
    let log = browser.call("POST", "/se/log", &json!({ "type": "browser" }));
    let expected = ["ERR_INTERNET_DISCONNECTED", "status of 409"];
    let is_severe = |line: &&Value| {
        let message = line["message"].as_str().unwrap_or_default();
        line["level"] == "SEVERE" && !expected.iter().any(|text| message.contains(text))
    };
    let severe: Vec<&Value> = log.as_array().into_iter().flatten().filter(is_severe).collect();
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

#[test]
#[ignore = "needs Chromium; run by tests/browser.sh"]
fn an_answer_outlives_the_server_and_is_kept_once() {
    let folder = oblast_x();
    let server = Server::start(folder.path(), &["--as", "Айгүл"]);
    let port = server.port;
    let browser = Browser::start();
    browser.go(port, &format!("/login?token={}", server.ticket));
    browser.until("the first card", KEY);
    // The server keeps the answer, but its word is lost on the way: the same key comes again.
    let script = "const f = new FormData(document.getElementById('decide')); fetch('/api/v1/decisions', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': f.get('csrf') }, \
         body: JSON.stringify({ answer: '2', inquiry: f.get('inquiry'), clause: f.get('clause'), comment: '', key: f.get('key') }) }).then(() => { window.kept = true; }); return f.get('key')";
    let twice = browser.script(script);
    browser.until("the first time", "window.kept");
    let seat = Seat { browser: &browser, lang: "en", width: 1280 };
    seat.answer("Digit2");
    let once = browser.script(&format!("return {KEY}"));
    drop(server);
    seat.press("Digit1");
    seat.until("the warning", "document.getElementById('saved').classList.contains('bad')");
    assert_eq!(browser.script(PENDING), 1);
    // Back at the same address, but the session was the old server's: nothing is lost by being asked to come in again.
    let server = Server::start(folder.path(), &["--as", "Айгүл", "--port", &port.to_string()]);
    seat.until("the way in", "document.getElementById('saved').textContent === document.body.dataset.login");
    assert_eq!(browser.script(PENDING), 1);
    browser.go(port, &format!("/login?token={}", server.ticket));
    seat.until("the answer kept", &format!("location.search.includes('saved') && {KEY}"));
    assert_eq!(browser.script(PENDING), 0);
    let keys: Vec<Value> = exported(folder.path()).into_iter().map(|mut row| row["key"].take()).collect();
    assert_eq!(keys, [twice, once]);
}

/// Pieces of text whose contrast with what is behind them is below WCAG 2.2 AA: 4.5, for large text 3.
const CONTRAST: &str = "
const part = (c) => { const v = c.match(/[\\d.]+/g).map(Number); return [v[0], v[1], v[2], v[3] ?? 1]; };
const over = (a, b) => { const t = a[3]; return [0, 1, 2].map((i) => a[i] * t + b[i] * (1 - t)).concat(1); };
const light = (c) => { const f = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
const found = []; let seen = 0;
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) && !e.matches('input, textarea')) continue;
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  if (!e.checkVisibility({ visibilityProperty: true }) || r.width < 2 || r.height < 2 || s.clipPath !== 'none') continue;
  const layers = []; let opacity = 1;
  for (let p = e; p; p = p.parentElement) { layers.push(part(getComputedStyle(p).backgroundColor)); opacity *= getComputedStyle(p).opacity; }
  const canvas = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
  const back = layers.reverse().reduce((b, a) => over(a, b), canvas);
  const ink = part(s.color); ink[3] *= opacity;
  const [a, b] = [light(over(ink, back)), light(back)].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05), size = parseFloat(s.fontSize);
  const wanted = size >= 24 || (size >= 18.66 && s.fontWeight >= 700) ? 3 : 4.5;
  seen++;
  if (ratio < wanted) found.push(e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40) + ': ' + ratio.toFixed(2));
}
return { seen, found };";

/// Every page there is, by the routes, with something on it.
fn pages(inquiry: &str) -> Vec<(String, String)> {
    let html = |path: &str| {
        !path.starts_with("/api/") && !path.starts_with("/static/") && !path.contains('.') && !path.ends_with("/text")
    };
    let routes = ROUTES.iter().filter(|route| route.method == "GET" && html(route.path));
    let named = routes.map(|route| {
        let name = route.path.trim_matches('/').replace(['/', '{', '}'], "");
        let id = if route.path.contains("deputies") { "d01" } else { inquiry };
        (if name.is_empty() { "next".to_owned() } else { name }, route.path.replace("{id}", id))
    });
    let more = [
        ("search", format!("/inquiries/{inquiry}?search=су")),
        ("done", "/?deputy=nobody".into()),
        ("missing", "/nowhere".into()),
    ];
    named.chain(more.map(|(name, path)| (name.to_owned(), path))).collect()
}

/// Decisions of two who differ, so that the lead's pages have something to show.
fn differing(folder: &Path) -> String {
    let mut store = Store::of_project(folder).expect("a store");
    let gold = std::fs::read_to_string(repository("corpus/oblast-x/gold/links.jsonl")).expect("the gold");
    let rows: Vec<Value> = gold.lines().take(12).map(|line| serde_json::from_str(line).expect("a row")).collect();
    for (name, flip) in [("Айгүл", 0), ("Болат", 1)] {
        let draft = |(number, row): (usize, &Value)| {
            let text = |name: &str| row[name].as_str().expect(name).to_owned();
            let grade = u8::try_from((number + flip * (number % 3)) % 3).ok();
            let comment = if flip == 1 {
                "Басқа аудан туралы айтылған.".to_owned()
            } else {
                String::new()
            };
            let new = Draft::new(Kind::Grade, format!("key-{number:04}"));
            Draft { inquiry: text("inquiry"), clause: Some(text("promise")), grade, comment, ..new }
        };
        store.append(name, Role::Reviewer, rows.iter().enumerate().map(draft).collect()).expect("kept");
        let topics = [
            "human_rights",
            "media_freedom",
            "domestic_violence",
            "budget_transparency",
            "ecology",
            "gender_equality",
            "reforms",
        ];
        let answers = |number: usize| {
            let answer = |(place, topic): (usize, &str)| TopicAnswer {
                topic: topic.into(),
                is: (place + number + flip * (number % 2)).is_multiple_of(5),
                probability: None,
            };
            let topics = topics.into_iter().enumerate().map(answer).collect();
            let inquiry = rows[number]["inquiry"].as_str().expect("an id").to_owned();
            Draft { inquiry, topics, ..Draft::new(Kind::Topics, format!("topics-{number:04}")) }
        };
        store.append(name, Role::Reviewer, (0..rows.len()).map(answers).collect()).expect("kept");
    }
    drop(store);
    add_reviewer(folder, "Айгүл", &[]);
    add_reviewer(folder, "Болат", &["--region", "Батыс"]);
    rows[0]["inquiry"].as_str().expect("an id").to_owned()
}

#[test]
#[ignore = "needs Chromium; run by tests/browser.sh"]
fn every_page_can_be_read_by_everybody() {
    let folder = oblast_x();
    let inquiry = differing(folder.path());
    let server = Server::start(folder.path(), &["--as", "Айгүл"]);
    let browser = Browser::start();
    browser.go(server.port, &format!("/login?token={}", server.ticket));
    browser.until("a page", "document.querySelector('main')");
    let axe = std::env::var("SAUAL_AXE").ok().map(|path| std::fs::read_to_string(path).expect("axe-core"));
    let mut faults = Vec::new();
    for lang in LANGS {
        browser.call("POST", "/cookie", &json!({ "cookie": { "name": "saual_lang", "value": lang, "path": "/" } }));
        for (width, height) in SCREENS {
            browser.resize(width, height);
            for (name, path) in pages(&inquiry) {
                browser.go(server.port, &path);
                browser.until(&name, "document.querySelector('main')");
                browser.script("for (const d of document.querySelectorAll('details')) d.open = true");
                let at = format!("{name} {lang} {width}");
                let wide = browser
                    .script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
                faults.extend((wide != 0).then(|| format!("{at}: wider than the screen by {wide}")));
                let order = browser
                    .script("return [...document.querySelectorAll('[tabindex]')].filter((e) => e.tabIndex > 0).length");
                faults.extend((order != 0).then(|| format!("{at}: an order of focus of its own")));
                for scheme in ["dark", "light"] {
                    let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
                    browser.devtools("Emulation.setEmulatedMedia", &media);
                    let contrast = browser.script(CONTRAST);
                    assert!(contrast["seen"].as_u64() > Some(2), "{at}: nothing was measured: {contrast}");
                    faults.extend(
                        (contrast["found"] != json!([])).then(|| format!("{at} {scheme}: {}", contrast["found"])),
                    );
                }
                if let Some(axe) = &axe {
                    let found = browser.later(&format!("{axe}; const done = arguments[0]; axe.run(document).then((r) => done(r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 120)).join(' | '))), (e) => done(String(e)))"));
                    faults.extend((found != json!([])).then(|| format!("{at}: axe: {found}")));
                }
                browser.screenshot(&format!("{name}-{lang}-{width}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // The first Tab leads past the navigation, and from there into the card.
    browser.go(server.port, "/");
    browser.until("a card", KEY);
    browser.press("Tab", "Tab", false);
    assert_eq!(browser.script("return document.activeElement.className"), "skip");
    browser.press("Enter", "Enter", false);
    browser.until("the card in focus", "document.activeElement.id === 'main'");
    browser.press("Tab", "Tab", false);
    assert_eq!(browser.script("return Boolean(document.activeElement.closest('main'))"), true);
    // Whoever needs the letters for a screen reader or for the voice turns the keys off, and that stays so.
    browser.press("KeyH", "h", false);
    browser.until("the keys", "document.getElementById('keys').open");
    browser.script("document.getElementById('keys-on').click(); document.getElementById('keys').close()");
    browser.call("POST", "/refresh", &json!({}));
    browser.until("the card again", KEY);
    browser.press("Digit2", "2", false);
    browser.press("KeyH", "h", false);
    assert_eq!(browser.script("return document.getElementById('keys').open"), false);
    assert_eq!(browser.script(PENDING), 0);
}

//! Hostile texts in every field of every table, of the settings, of the reviewers' own words: everywhere text and nothing else.

use crate::review_client::Server;
use crate::review_projects::{add_reviewer, saual, written};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

/// Texts that would do harm if they were anything but text.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% include 'base.html' %}",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "\u{202e}txet desrever\u{2066}",
    "</textarea></title><script>alert(2)</script>",
    "javascript:alert(1)",
];

/// What no page may hold: markup made of a text, a template carried out, a turned direction.
const RAW: [&str; 8] =
    ["<script>alert", "<img src=x", "<svg/onload", "href=\"javascript", "\u{202e}", "\u{2066}", ">49<", "49{%"];

/// The text of a place, all of them in turn; the ninth is one word of a megabyte.
fn hostile(place: usize) -> String {
    HOSTILE.get(place % 9).map_or_else(|| "ы".repeat(520_000), |text| (*text).to_owned())
}

/// Ids hold neither spaces nor control characters, and at most two hundred bytes; all else they may.
fn id(letter: char, place: usize) -> String {
    let bare: String = hostile(place).chars().filter(char::is_ascii_graphic).collect();
    format!("{letter}{place}{bare}")
}

fn lines(rows: impl Iterator<Item = Value>) -> String {
    rows.map(|row| format!("{row}\n")).collect()
}

/// A project whose every field holds each of the texts.
fn project() -> TempDir {
    let h = hostile;
    let people = (0..9).map(|n| {
        json!({
            "id": id('d', n), "name_kk": format!("Құспан {}", h(n)), "name_ru": h(n + 1), "aliases": [h(n + 2), h(n + 3)], "party": h(n + 4),
            "faction": h(n + 5), "mandate": "list", "district_no": n, "district": h(n + 6), "region": h(n + 7),
        })
    });
    let named = |letter: char| {
        (0..9).map(move |n| json!({ "id": id(letter, n), "name_kk": format!("Ауыл {}", h(n)), "name_ru": h(n + 1), "aliases": [h(n + 2)] }))
    };
    let programmes = (0..9)
        .map(|n| json!({ "owner": id('d', n), "lang": "kk", "obtained": "open", "origin": "own", "source_url": h(n) }));
    let promises = (0..9).map(|n| json!({ "id": id('p', n), "owner": id('d', n), "lang": "kk", "text": format!("Таза су құбырын тартамын {}", h(n)) }));
    let inquiries = (0..9).map(|n| {
        json!({
            "id": id('q', n), "date": format!("2026-02-0{}", n + 1), "initiator": id('d', n), "cosigners": [id('d', (n + 1) % 9)],
            "addressee": h(n + 1), "title": format!("{} су", h(n + 2)), "text": format!("Таза су құбырын тартуды сұраймын {}", h(n)), "url": h(n + 3),
            "reply_date": format!("2026-03-0{}", n + 1), "reply_text": format!("Құбыр тартылды {}", h(n + 4)),
        })
    });
    let meetings = (0..9).map(|n| {
        json!({ "person": id('d', n), "date": "2026-02-01", "place": h(n), "in_district": "yes", "promises": [id('p', n)], "quote": h(n + 1), "source_url": h(n + 2) })
    });
    let outcomes = (0..9).map(|n| {
        json!({ "owner": id('d', n), "clause": id('p', n), "status": "acted", "date": "2026-04-01", "source_url": h(n), "quote": h(n + 1) })
    });
    let published = (0..18).map(|n| {
        let measure = if n % 3 == 0 { "deputies".to_owned() } else { h(n) };
        json!({ "id": id('f', n), "measure": measure, "value": n, "source": h(n + 1), "place": h(n + 2), "unit": h(n + 3), "group": if n % 2 == 0 { id('g', n % 9) } else { h(n) }, "quote": h(n + 4) })
    });
    let text = |text: &str| json!(text).to_string();
    let names = |n: usize| {
        format!(
            "name = {{ kk = {}, ru = {}, en = {} }}\n",
            text(HOSTILE[n]),
            text(HOSTILE[n + 1]),
            text(HOSTILE[n + 2])
        )
    };
    let groups: String = (0..6)
        .map(|n| {
            format!(
                "[[group]]\nid = {}\n{}kind = \"other\"\nmembers = {{ faction = {} }}\n",
                text(&id('g', n)),
                names(n),
                text(HOSTILE[n])
            )
        })
        .collect();
    let topics: String = (0..6)
        .map(|n| {
            format!("[[topic]]\nid = {}\n{}{}prior = -3.0\n[[topic.cue]]\ntext = \"таза су\"\nlang = \"kk\"\nweight = 9.0\n", text(&id('t', n)), names(n), names(n).replace("name", "description"))
        })
        .collect();
    let three =
        |key: &str| format!("{key} = {{ kk = '<b>x', ru = '{{{{ 7 * 7 }}}}', en = '<script>alert(3)</script>' }}\n");
    let monitor = format!(
        "{}{}languages = ['kk', 'ru']\n[source]\nname = {{ en = '<script>alert(6)</script>' }}\nurl = 'javascript:alert(1)'\nnote = {{ en = '<img src=x>' }}\n",
        three("title"),
        three("parliament")
    );
    let tables = [
        ("monitor.toml", monitor),
        ("people.jsonl", lines(people)),
        ("parties.jsonl", lines(named('x'))),
        ("places.jsonl", lines(named('l'))),
        ("programmes.jsonl", lines(programmes)),
        ("promises.jsonl", lines(promises)),
        ("inquiries.jsonl", lines(inquiries)),
        ("meetings.jsonl", lines(meetings)),
        ("outcomes.jsonl", lines(outcomes)),
        ("published.jsonl", lines(published)),
        ("audit.toml", groups),
        ("topics.toml", topics),
    ];
    let tables: Vec<(&str, &str)> = tables.iter().map(|(name, text)| (*name, text.as_str())).collect();
    written(&tables)
}

fn no_formulas(table: &str, name: &str) {
    for record in csv::Reader::from_reader(table.as_bytes()).records() {
        for cell in &record.expect("a record") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: a formula: {cell}");
        }
    }
}

fn only_text(body: &str, at: &str) {
    for raw in RAW {
        assert!(!body.contains(raw), "{at} holds {raw}");
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn hostile_texts_in_every_field_stay_texts() {
    let folder = project();
    add_reviewer(folder.path(), HOSTILE[1], &["--lead", "--region", HOSTILE[0]]);
    let other = format!("Bearer {}", add_reviewer(folder.path(), HOSTILE[2], &[]));
    let server = Server::start(folder.path(), &["--as", "=<script>alert(4)</script>"]);
    let session = server.session();
    let list = session.get("/api/v1/inquiries").json();
    let ids: Vec<&str> =
        list["inquiries"].as_array().expect("a list").iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ids.len(), 9, "no row was left out for its text");
    let card = session.get(&format!("/api/v1/inquiries/{}", encoded(ids[0]))).json();
    let taxonomy = card["card"]["topics"]["taxonomy"].clone();
    for (place, name) in ids.iter().enumerate() {
        let comment = HOSTILE[place % 8];
        let body = json!({ "answer": "2", "inquiry": name, "clause": id('p', place), "comment": comment, "key": format!("w-hostile-{place}") });
        assert_eq!(session.post("/api/v1/decisions", &body).status, 200, "{name}");
        let body = json!({ "answer": "0", "inquiry": name, "clause": id('p', place), "comment": comment, "key": format!("w-hostile-{place}") }).to_string();
        let headers = [("authorization", other.as_str()), ("content-type", "application/json")];
        assert_eq!(server.ask("POST", "/api/v1/decisions", &headers, body.as_bytes()).status, 200, "{name}");
        // Topics too, about which the two differ but for the last inquiry.
        let mut body = json!({ "answer": "topics", "inquiry": name, "taxonomy": taxonomy, "topics": [id('t', 0)], "comment": comment, "key": format!("w-topics-{place}") });
        assert_eq!(session.post("/api/v1/decisions", &body).status, 200, "{name}");
        if place < 8 {
            body["topics"] = json!([id('t', 0), id('t', place % 6)]);
        }
        let body = body.to_string();
        assert_eq!(server.ask("POST", "/api/v1/decisions", &headers, body.as_bytes()).status, 200, "{name}");
    }
    let mut pages: Vec<String> = [
        "/",
        "/deputies",
        "/audit",
        "/progress",
        "/settings",
        "/disagreements",
        "/agreement",
        "/codebook",
        "/keys",
        "/login",
        "/list",
    ]
    .map(Into::into)
    .to_vec();
    pages.push(format!(
        "/list?text={0}&deputy={0}&region={0}&topic={0}&from={0}&to={0}&status={0}&order={0}",
        encoded(HOSTILE[1])
    ));
    pages.push(format!("/?saved={0}&undone={0}&text={0}", encoded(HOSTILE[0])));
    for (place, name) in ids.iter().enumerate() {
        let clause = encoded(&id('p', place));
        pages.push(format!(
            "/inquiries/{}?clause={clause}&search=%3Cscript%3Ealert(5)%3C%2Fscript%3E%20%D1%81%D1%83",
            encoded(name)
        ));
        pages.push(format!("/deputies/{}", encoded(&id('d', place))));
    }
    for path in pages {
        for lang in ["kk", "ru", "en"] {
            let cookie = format!("{}; saual_lang={lang}", session.cookie);
            let answer = server.ask("GET", &path, &[("cookie", &cookie)], b"");
            assert_eq!(answer.status, 200, "{path}: {}", answer.body.get(..400).unwrap_or_default());
            only_text(&answer.body, &format!("{path} ({lang})"));
            assert!(answer.body.len() < 400_000, "{path}: {} bytes", answer.body.len());
        }
        // A person reads no faster than this; the server's bounds are not what is tested here.
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let whole = session.get(&format!("/inquiries/{}/text", encoded(ids[0])));
    assert_eq!(whole.headers["content-type"], "text/plain; charset=utf-8", "a text of its own is never html");
    let table = session.get("/decisions.csv");
    assert!(table.headers["content-disposition"].starts_with("attachment"));
    no_formulas(&table.body, "decisions.csv");
    let topics = session.get("/inquiry_topics.csv").body;
    assert!(topics.lines().count() > 1, "{topics}");
    no_formulas(&topics, "inquiry_topics.csv");
    drop(server);
    what_a_run_writes(folder.path());
}

fn what_a_run_writes(folder: &Path) {
    let out = folder.join("out");
    let (_, _, error) =
        saual(&["run", &folder.display().to_string(), "--out", &out.display().to_string(), "--keep-going", "--quiet"]);
    let page = std::fs::read_to_string(out.join("index.html")).unwrap_or_else(|_| panic!("no page: {error}"));
    only_text(&page, "index.html");
    assert!(page.contains("&lt;script&gt;alert(1)"), "the texts are there");
    for entry in std::fs::read_dir(&out).expect("the output") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            no_formulas(&std::fs::read_to_string(&path).expect("text"), &path.display().to_string());
        }
    }
}

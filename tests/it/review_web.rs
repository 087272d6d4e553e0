//! The review server from outside: who gets in, what a page of another site can do, what hostile texts can do.
//! `docs/security.md` names these tests beside the requirements that they cover.

use crate::review_client::{Server, Session};
use crate::review_projects::{add_reviewer, saual, tiny};
use saual::review::server::routes::{ROUTES, Who};
use serde_json::json;

/// A path of a route that leads somewhere.
fn real(path: &str) -> String {
    let id = if path.contains("deputies") { "a" } else { "q1" };
    path.replace("{id}", id)
}

#[test]
fn every_route_asks_who_is_there() {
    let folder = tiny();
    let path = folder.path().display().to_string();
    let bearer = format!("Bearer {}", add_reviewer(folder.path(), "aigul", &[]));
    let server = Server::start(folder.path(), &[]);
    for route in ROUTES {
        let path = real(route.path);
        let stranger = server.ask(route.method, &path, &[], b"");
        let known = server.ask(route.method, &path, &[("authorization", &bearer)], b"");
        let api = path.starts_with("/api/");
        match route.who {
            Who::Anybody => assert_ne!(stranger.status, 401, "{path}"),
            _ if api => assert_eq!(stranger.status, 401, "{} {path}", route.method),
            _ => assert_eq!(
                (stranger.status, stranger.headers["location"].as_str()),
                (303, "/login"),
                "{} {path}",
                route.method
            ),
        }
        if route.who == Who::Lead {
            assert_eq!(known.status, 403, "{} {path}: a reviewer is no lead", route.method);
        } else if route.method == "GET" {
            assert!([200, 303].contains(&known.status), "{path}: {}", known.status);
        }
    }
    for nowhere in [
        "/../../etc/passwd",
        "/static/../Cargo.toml",
        "/static/%2e%2e/x",
        "/decisions.sqlite",
        "/%00",
        "/inquiries/..%2f..%2fpeople.csv",
    ] {
        let answer = server.ask("GET", nowhere, &[("authorization", &bearer)], b"");
        assert_eq!(answer.status, 404, "{nowhere}: {}", answer.body);
        let told = ["sqlite", "os error", "panicked", "src/", path.as_str()]
            .into_iter()
            .find(|word| answer.body.contains(word));
        assert_eq!(told, None, "{nowhere}: an error that tells of the system");
    }
    assert_eq!(server.ask("DELETE", "/api/v1/decisions", &[("authorization", &bearer)], b"").status, 404);
}

#[test]
fn every_answer_carries_the_security_headers_and_every_route_knows_its_host() {
    let folder = tiny();
    let server = Server::start(folder.path(), &[]);
    let session = server.session();
    for route in ROUTES {
        let path = real(route.path);
        for answer in [server.ask(route.method, &path, &[], b""), session.get(&path)] {
            let header = |name: &str| answer.headers.get(name).cloned().unwrap_or_else(|| panic!("{path}: no {name}"));
            assert!(header("content-security-policy").starts_with("default-src 'none';"), "{path}");
            assert!(!header("content-security-policy").contains("unsafe"), "{path}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("x-frame-options"), "DENY", "{path}");
            assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        }
        for host in ["evil.example", "127.0.0.1", "localhost", "", "127.0.0.1:1"] {
            let answer = server.ask(route.method, &path, &[("host", host), ("cookie", &session.cookie)], b"");
            assert!([421, 400].contains(&answer.status), "{path} for «{host}»: {}", answer.status);
        }
    }
}

#[test]
fn a_page_of_another_site_writes_nothing() {
    let folder = tiny();
    let server = Server::start(folder.path(), &[]);
    let session = server.session();
    let own = format!("http://127.0.0.1:{}", server.port);
    for route in ROUTES.iter().filter(|route| route.method == "POST" && route.who != Who::Anybody) {
        let form = format!("csrf={}", session.csrf);
        let cases: [(&str, Vec<(&str, &str)>, &str); 6] = [
            ("no origin", vec![], &form),
            ("another origin", vec![("origin", "http://evil.example")], &form),
            ("a null origin", vec![("origin", "null")], &form),
            ("a cross-site fetch", vec![("origin", &own), ("sec-fetch-site", "cross-site")], &form),
            ("no secret", vec![("origin", &own)], ""),
            ("a wrong secret", vec![("origin", &own)], "csrf=00000000000000000000000000000000"),
        ];
        for (what, mut headers, body) in cases {
            headers
                .extend([("cookie", session.cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")]);
            let answer = server.ask("POST", route.path, &headers, body.as_bytes());
            assert_eq!(answer.status, 403, "{}: {what}: {}", route.path, answer.body);
        }
    }
    assert_eq!(session.get("/api/v1/decisions").json()["decisions"], json!([]));
    // Going back after the choice of a language leads to no other host.
    for back in ["//evil.example", "/%5Cevil.example/", "http://evil.example", "/\\evil.example", ""] {
        let answer = session.submit("/lang", &format!("lang=kk&back={back}"));
        let to = &answer.headers["location"];
        assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'), "{back}: {to}");
    }
}

#[test]
fn sessions_begin_once_end_and_are_hidden_from_scripts() {
    let folder = tiny();
    let server = Server::start(folder.path(), &[]);
    let first = server.ask("GET", &format!("/login?token={}", server.ticket), &[], b"");
    let cookie = &first.headers["set-cookie"];
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Max-Age=43200"),
        "{cookie}"
    );
    assert_eq!(first.headers["location"], "/", "no token in the address that stays");
    let again = server.ask("GET", &format!("/login?token={}", server.ticket), &[], b"");
    assert_eq!((again.status, again.cookie()), (401, None), "the address opens once");
    let session = Session::new(&server, first.cookie().expect("a cookie"));
    assert_eq!(session.get("/").status, 200);
    assert_eq!(session.submit("/logout", "").status, 303);
    assert_eq!(session.get("/").headers["location"], "/login");
    let forged = [("cookie", "saual_session=0000000000000000000000000000000000000000000000000000000000000000")];
    assert_eq!(server.ask("GET", "/api/v1/next", &forged, b"").status, 401);
}

#[test]
fn too_much_and_too_often_are_refused() {
    let folder = tiny();
    let server = Server::start(folder.path(), &[]);
    let session = server.session();
    let large =
        json!({ "answer": "2", "inquiry": "q1", "clause": "p1", "comment": "x".repeat(70_000), "key": "key-large" });
    assert!([413, 0].contains(&session.post("/api/v1/decisions", &large).status));
    let long =
        json!({ "answer": "2", "inquiry": "q1", "clause": "p1", "comment": "x".repeat(5_000), "key": "key-large" });
    assert_eq!(session.post("/api/v1/decisions", &long).status, 400);
    // Wrong tokens: the bucket of tries empties, and then even a right one waits.
    let statuses: Vec<u16> = (0..14)
        .map(|number| {
            server.ask("GET", "/api/v1/next", &[("authorization", &format!("Bearer {number:08}.x"))], b"").status
        })
        .collect();
    assert!(statuses.contains(&429), "{statuses:?}");
    let flood: Vec<u16> = (0..400).map(|_| session.get("/static/review.js").status).collect();
    assert!(flood.contains(&429), "a session has its bounds");
}

#[test]
fn a_decision_is_kept_once_taken_back_and_shown_again() {
    let folder = tiny();
    let server = Server::start(folder.path(), &["--as", "zere"]);
    let session = server.session();
    let card = session.get("/api/v1/next").json();
    let (inquiry, clause) = (card["card"]["id"].clone(), card["card"]["focus"]["id"].clone());
    let answer =
        json!({ "answer": "2", "inquiry": inquiry, "clause": clause, "key": "w-0001-0001", "comment": "дәл сол" });
    let first = session.post("/api/v1/decisions", &answer);
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(session.post("/api/v1/decisions", &answer).json(), first.json(), "the same key, the same decision");
    let other = json!({ "answer": "0", "inquiry": inquiry, "clause": clause, "key": "w-0001-0001" });
    assert_eq!(session.post("/api/v1/decisions", &other).status, 409);
    assert_ne!(session.get("/api/v1/next").json()["card"]["focus"]["id"], clause, "the next card");
    let undone = session.submit("/undo", "key=w-undo-0001");
    assert_eq!(undone.status, 303);
    assert!(undone.headers["location"].contains(inquiry.as_str().expect("an id")), "{:?}", undone.headers);
    assert_eq!(session.submit("/undo", "key=w-undo-0001").headers["location"], undone.headers["location"]);
    assert_eq!(session.submit("/undo", "key=w-undo-0002").status, 409, "nothing more to undo");
    assert_eq!(session.get("/api/v1/next").json()["card"]["focus"]["id"], clause);
    for (field, value) in
        [("answer", "3"), ("inquiry", "nowhere"), ("clause", "nowhere"), ("key", "short"), ("answer", "")]
    {
        let mut wrong = answer.clone();
        wrong[field] = value.into();
        let status = session.post("/api/v1/decisions", &wrong).status;
        assert!([400, 404].contains(&status), "{field} = {value}: {status}");
    }
    assert_eq!(session.get("/api/v1/decisions").json()["decisions"].as_array().map(Vec::len), Some(2));
    // By form, without scripts.
    let none = session.submit("/decisions", "answer=none&inquiry=q1&key=w-form-0001");
    assert!(none.headers["location"].starts_with("/?saved=20"), "{:?}", none.headers);
    let skip = session.submit("/decisions", "answer=skip&reason=unsure&inquiry=q2&key=w-form-0002");
    assert_eq!(skip.status, 303);
    assert!(session.get("/").body.contains("Nothing waits for you"));
    assert!(session.get("/list?status=skipped").body.contains("/inquiries/q2"));
}

#[test]
fn other_addresses_demand_names_and_tokens_are_hashed_at_rest() {
    let folder = tiny();
    let path = folder.path().display().to_string();
    let (fine, _, error) = saual(&["review", &path, "--listen", "0.0.0.0", "--lang", "en"]);
    assert!(!fine && error.contains("named reviewers"), "{error}");
    let token = |name: &str, more: &[&str]| add_reviewer(folder.path(), name, more);
    let (aigul, zere) = (token("aigul", &["--region", "Батыс"]), token("zere", &["--lead"]));
    let kept = std::fs::read(folder.path().join("decisions.sqlite")).expect("the store");
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    for token in [&aigul, &zere] {
        let secret = token.split('.').nth(1).expect("a secret");
        assert!(!holds(&kept, secret), "a token at rest");
    }
    assert!(holds(&kept, "argon2id"));
    let server = Server::start(folder.path(), &["--listen", "0.0.0.0"]);
    assert!(server.ticket.is_empty(), "no one-time address for a server that others reach");
    let origin = format!("http://127.0.0.1:{}", server.port);
    let headers = [("origin", origin.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let entered = server.ask("POST", "/login", &headers, format!("token={aigul}").as_bytes());
    assert_eq!(entered.status, 303);
    let session = Session::new(&server, entered.cookie().expect("a cookie"));
    assert_eq!(session.get("/agreement").status, 403);
    let rule = json!({ "answer": "resolve", "grade": 1, "inquiry": "q1", "clause": "p1", "key": "w-rule-0001" });
    assert_eq!(session.post("/api/v1/decisions", &rule).status, 403);
    let wrong = server.ask("POST", "/login", &headers, format!("token={zere}x").as_bytes());
    assert_eq!((wrong.status, wrong.cookie()), (401, None));
    let lead = server.ask("POST", "/login", &headers, format!("token={zere}").as_bytes());
    let lead = Session::new(&server, lead.cookie().expect("a cookie"));
    assert_eq!(lead.get("/agreement").status, 200);
    assert_eq!(lead.submit("/settings", "double=100&sample=3&blind=all").status, 303);
    let card = session.get("/api/v1/inquiries/q1").json();
    assert_eq!(card["card"]["blind"], true);
    assert_eq!(card["card"]["focus"]["probability"], "", "blind: no score");
    assert_eq!(card["card"]["focus"]["waterfall"], json!([]));
    // Revoked while the server runs: the session ends within seconds.
    assert!(saual(&["reviewers", "revoke", &path, "aigul", "--quiet"]).0);
    let begun = std::time::Instant::now();
    while session.get("/api/v1/next").status != 401 {
        assert!(begun.elapsed().as_secs() < 60, "a revoked reviewer still enters");
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    assert_eq!(lead.get("/agreement").status, 200);
    // A new token and another role end what the old one opened.
    token("zere", &[]);
    let begun = std::time::Instant::now();
    while lead.get("/agreement").status != 303 {
        assert!(begun.elapsed().as_secs() < 60, "a lead who is none any more still enters");
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
}

#[test]
fn disagreements_are_resolved_and_both_opinions_kept() {
    let folder = tiny();
    let path = folder.path().display().to_string();
    let names = ["aigul", "bolat"];
    let tokens = names.map(|name| add_reviewer(folder.path(), name, &[]));
    saual(&["reviewers", "terms", &path, "--blind", "double", "--double", "100"]);
    let server = Server::start(folder.path(), &["--as", "zere"]);
    for (token, grade) in tokens.iter().zip(["2", "0"]) {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let body =
            json!({ "answer": grade, "inquiry": "q1", "clause": "p1", "key": format!("w-{grade}-000001") }).to_string();
        assert_eq!(server.ask("POST", "/api/v1/decisions", &headers, body.as_bytes()).status, 200);
        // Blind: nobody learns what the other said.
        let seen = server.ask("GET", "/api/v1/inquiries/q1?clause=p1", &headers[..1], b"").json();
        assert_eq!(seen["card"]["focus"]["others"], json!([]));
    }
    let lead = server.session();
    let page = lead.get("/disagreements").body;
    assert!(page.contains("aigul") && page.contains("bolat"), "{page}");
    assert_eq!(lead.submit("/rulings", "answer=1&inquiry=q1&clause=p1&key=w-rule-0001").status, 303);
    assert!(!lead.get("/disagreements").body.contains("bolat"));
    let all = lead.get("/api/v1/decisions").json();
    let kinds: Vec<&str> =
        all["decisions"].as_array().expect("a list").iter().filter_map(|row| row["kind"].as_str()).collect();
    assert_eq!(kinds, ["grade", "grade", "resolve"]);
    let agreement = lead.get("/api/v1/agreement").json();
    assert_eq!(agreement["fields"][0]["units"], 1);
    assert_eq!(agreement["fields"][0]["raw"]["value"], 0.0);
}

#[test]
fn the_choice_of_language_is_remembered() {
    let folder = tiny();
    let server = Server::start(folder.path(), &[]);
    let session = server.session();
    for (code, word) in [("kk", "Тексеру"), ("ru", "Проверка"), ("en", "Review")] {
        let chosen = session.submit("/lang", &format!("lang={code}&back=/list"));
        assert_eq!(chosen.headers["location"], "/list");
        assert!(chosen.headers["set-cookie"].contains("Max-Age=31536000"));
        let cookie = format!("{}; saual_lang={code}", session.cookie);
        let page = server.ask("GET", "/", &[("cookie", &cookie)], b"").body;
        assert!(page.contains(&format!("<html lang=\"{code}\">")) && page.contains(word), "{code}");
    }
    let asked = server.ask("GET", "/login", &[("accept-language", "de, kk;q=0.8, ru;q=0.5")], b"");
    assert!(asked.body.contains("<html lang=\"kk\">"));
}

//! Blind is blind: no page and no answer of the API tells a reviewer what the model thinks or what anybody else said.

use crate::review_client::Server;
use crate::review_projects::{add_reviewer, saual, tiny};
use saual::review::server::routes::{ROUTES, Who};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Every address that a reviewer may read, but for the sums of all work: progress, and what is still unfound.
fn addresses() -> Vec<String> {
    let routes = ROUTES.iter().filter(|route| route.method == "GET" && route.who == Who::Reviewer);
    let mut all = Vec::new();
    for route in routes.filter(|route| !route.path.ends_with("/progress")) {
        let ids: &[&str] = match route.path {
            path if path.starts_with("/deputies/{") => &["a", "b", "x"],
            path if path.contains("{id}") => &["q1", "q2"],
            _ => &[""],
        };
        all.extend(ids.iter().map(|id| route.path.replace("{id}", id)));
    }
    for clause in ["p1", "p2", "p3", "p4"] {
        for inquiry in ["q1", "q2"] {
            all.push(format!("/inquiries/{inquiry}?clause={clause}"));
            all.push(format!("/api/v1/inquiries/{inquiry}?clause={clause}"));
        }
    }
    for status in ["disputed", "skipped", "waiting", "linked", "unlinked", "open"] {
        all.extend(["/list", "/api/v1/inquiries"].map(|path| format!("{path}?status={status}")));
    }
    all
}

/// A page without its fresh keys.
fn steady(body: &str) -> String {
    let mut parts = body.split("value=\"w");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "value=\"w" + part.get(24..).unwrap_or(part))
}

#[test]
fn no_answer_changes_by_what_others_say_and_none_tells_what_the_model_says() {
    let folder = tiny();
    let path = folder.path().display().to_string();
    let tokens = ["aigul", "bolat"].map(|name| format!("Bearer {}", add_reviewer(folder.path(), name, &[])));
    assert!(saual(&["reviewers", "terms", &path, "--blind", "all", "--double", "100", "--sample", "100", "--quiet"]).0);
    let server = Server::start(folder.path(), &[]);
    let decide = |who: usize, body: Value| {
        let headers = [("authorization", tokens[who].as_str()), ("content-type", "application/json")];
        let answer = server.ask("POST", "/api/v1/decisions", &headers, body.to_string().as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    };
    let own = decide(0, json!({ "answer": "2", "inquiry": "q1", "clause": "p1", "key": "own-00001" }));
    assert_eq!(own["decisions"][0].get("probability"), None, "{own}");
    assert_eq!(own["decisions"][0]["blind"], true);
    let card = server.ask("GET", "/api/v1/inquiries/q1", &[("authorization", &tokens[0])], b"").json()["card"].take();
    let taxonomy = card["topics"]["taxonomy"].as_str().expect("a fingerprint").to_owned();
    let ticked = |card: &Value| -> Vec<String> {
        let list = card["topics"]["list"].as_array().expect("a list").iter();
        list.filter(|topic| topic["is"] == true).map(|topic| topic["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert!(card["topics"]["list"].as_array().expect("a list").iter().all(|topic| topic["suggested"].is_null()));
    assert_eq!(ticked(&card), Vec::<String>::new(), "no topic is suggested");
    let topics =
        json!({ "answer": "topics", "inquiry": "q1", "taxonomy": taxonomy, "topics": ["reforms"], "key": "own-00002" });
    let own = decide(0, topics);
    assert!(
        own["decisions"][0]["topics"].as_array().expect("a list").iter().all(|row| row.get("probability").is_none())
    );
    let read = || -> BTreeMap<String, String> {
        let get = |path: String| {
            let answer = server.ask("GET", &path, &[("authorization", &tokens[0])], b"");
            assert_eq!(answer.status, 200, "{path}");
            (path, steady(&answer.body))
        };
        addresses().into_iter().map(get).collect()
    };
    let before = read();
    for (address, body) in &before {
        assert!(!body.contains('\u{a0}') && !body.contains("class=\"fall\""), "{address}: a score");
        assert!(!body.contains("bolat"), "{address}: another reviewer");
    }
    // The other contradicts, agrees, finds what was not suggested, skips, writes.
    decide(1, json!({ "answer": "0", "inquiry": "q1", "clause": "p1", "comment": "жоқ", "key": "other-0001" }));
    decide(1, json!({ "answer": "1", "inquiry": "q1", "clause": "p3", "key": "other-0002" }));
    decide(1, json!({ "answer": "2", "inquiry": "q2", "clause": "p3", "key": "other-0003" }));
    decide(1, json!({ "answer": "skip", "reason": "later", "inquiry": "q2", "key": "other-0004" }));
    for (inquiry, topics) in [("q1", json!(["ecology", "reforms"])), ("q2", json!([]))] {
        let key = format!("other-topics-{inquiry}");
        decide(
            1,
            json!({ "answer": "topics", "inquiry": inquiry, "taxonomy": taxonomy, "topics": topics, "key": key }),
        );
    }
    for (address, body) in read() {
        assert_eq!(body, before[&address], "{address}: something of what the other said");
    }
    // The order of cards tells nothing either: a blind card begins with the first promise of the programme that waits.
    let card = server.ask("GET", "/api/v1/inquiries/q1", &[("authorization", &tokens[0])], b"").json()["card"].take();
    let ids: Vec<&str> =
        card["candidates"].as_array().expect("a list").iter().filter_map(|row| row["id"].as_str()).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    let waiting = card["candidates"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|row| row["asked"] == true && row["grade"].is_null());
    assert_eq!(Some(&card["focus"]["id"]), waiting.map(|row| &row["id"]));
    assert_eq!(ticked(&card), ["reforms"], "one's own topics");
    // One's own word is shown, on the deputy's page too; and the lead sees all.
    assert!(before["/deputies/a"].contains("confirmed: direct"), "{}", before["/deputies/a"]);
    let undone = server.ask(
        "POST",
        "/api/v1/undo",
        &[("authorization", &tokens[0]), ("content-type", "application/json")],
        b"{\"key\":\"own-undo1\"}",
    );
    let stripped = undone.json()["undone"][0]["taken_back"]["topics"][0].clone();
    assert!(stripped["topic"].is_string() && stripped.get("probability").is_none(), "{stripped}");
    assert_eq!(undone.json()["undone"][0]["taken_back"].get("probability"), None);
    let lead = server.session();
    assert!(lead.get("/decisions.csv").body.contains("жоқ"));
    assert!(lead.get("/api/v1/decisions").json()["decisions"][0]["probability"].is_number());
}

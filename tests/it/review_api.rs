//! `docs/openapi.json` is true: it names every route of the API and no other, and every answer is as it says.

use crate::repository;
use crate::review_client::{Answer, Server};
use crate::review_projects::{add_reviewer, saual, tiny};
use saual::review::server::routes::ROUTES;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn document() -> Value {
    let text = std::fs::read_to_string(repository("docs/openapi.json")).expect("docs/openapi.json");
    serde_json::from_str(&text).expect("JSON")
}

/// Every `$ref` of a document.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str).map(ToOwned::to_owned));
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// The operations described, as `GET /api/v1/next`.
fn described(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().expect("paths");
    let of = |(path, methods): (&String, &Value)| {
        let methods: Vec<String> =
            methods.as_object().expect("methods").keys().map(|name| name.to_uppercase()).collect();
        methods.into_iter().map(move |method| format!("{method} /api/v1{path}")).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

#[test]
fn the_api_is_the_one_described() {
    let document = document();
    let served = ROUTES.iter().filter(|route| route.path.starts_with("/api/"));
    let served: BTreeSet<String> = served.map(|route| format!("{} {}", route.method, route.path)).collect();
    assert_eq!(described(&document), served);
    let mut found = Vec::new();
    references(&document, &mut found);
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

/// What `value` has that `schema` does not allow (JSON Schema 2020-12, the words that the document uses; any other word of the
/// document is a fault too, so that nothing in it goes unchecked).
fn faults(document: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let say = |what: String| format!("{at}: {what}: {value}");
    for (word, wanted) in schema.as_object().expect("a schema") {
        let number = || value.as_f64().zip(wanted.as_f64());
        let length = value.as_str().map(|text| text.chars().count()).or_else(|| value.as_array().map(Vec::len));
        let bound = || length.zip(wanted.as_u64().and_then(|bound| usize::try_from(bound).ok()));
        let fine = match word.as_str() {
            "description" | "format" => true,
            "$ref" => {
                let target = document.pointer(wanted.as_str().expect("a text").trim_start_matches('#'));
                faults(document, target.expect("a target"), value, at, found);
                true
            }
            "oneOf" => {
                let fits = |schema: &&Value| {
                    let mut inner = Vec::new();
                    faults(document, schema, value, at, &mut inner);
                    inner.is_empty()
                };
                wanted.as_array().expect("a list").iter().filter(fits).count() == 1
            }
            "type" => {
                let names = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
                names.iter().any(|name| match name.as_str() {
                    Some("integer") => value.is_u64() || value.is_i64(),
                    Some("number") => value.is_number(),
                    Some("string") => value.is_string(),
                    Some("boolean") => value.is_boolean(),
                    Some("array") => value.is_array(),
                    Some("object") => value.is_object(),
                    Some("null") => value.is_null(),
                    _ => false,
                })
            }
            "enum" => wanted.as_array().expect("a list").contains(value),
            "required" => {
                let missing = |name: &&Value| value.get(name.as_str().expect("a name")).is_none();
                let missing: Vec<&Value> = wanted.as_array().expect("a list").iter().filter(missing).collect();
                found.extend((!missing.is_empty()).then(|| say(format!("without {missing:?}"))));
                true
            }
            "properties" => {
                for (name, schema) in wanted.as_object().expect("properties") {
                    if let Some(inner) = value.get(name) {
                        faults(document, schema, inner, &format!("{at}.{name}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(wanted, false, "only this is understood");
                let known = |name: &&String| schema["properties"].get(name.as_str()).is_none();
                let unknown: Vec<_> = value.as_object().into_iter().flat_map(|map| map.keys()).filter(known).collect();
                found.extend((!unknown.is_empty()).then(|| say(format!("undescribed {unknown:?}"))));
                true
            }
            "items" => {
                for (place, inner) in value.as_array().into_iter().flatten().enumerate() {
                    faults(document, wanted, inner, &format!("{at}[{place}]"), found);
                }
                true
            }
            "minimum" => number().is_none_or(|(value, bound)| value >= bound),
            "maximum" => number().is_none_or(|(value, bound)| value <= bound),
            "minItems" | "minLength" => bound().is_none_or(|(length, bound)| length >= bound),
            "maxItems" | "maxLength" => bound().is_none_or(|(length, bound)| length <= bound),
            "pattern" => {
                let allowed: fn(char) -> bool = match wanted.as_str() {
                    Some("^[0-9a-f]+$") => |c| c.is_ascii_digit() || ('a'..='f').contains(&c),
                    Some("^[A-Za-z0-9._:-]+$") => |c| c.is_ascii_alphanumeric() || "._:-".contains(c),
                    other => panic!("a pattern that this test does not know: {other:?}"),
                };
                value.as_str().is_some_and(|text| !text.is_empty() && text.chars().all(allowed))
            }
            other => panic!("a word that this test does not know: {other}"),
        };
        found.extend((!fine).then(|| say(format!("{word} {wanted}"))));
    }
}

/// Holds an answer against the schema that the document has for it.
fn check(document: &Value, operation: &str, answer: &Answer) {
    let (method, path) = operation.split_once(' ').expect("an operation");
    let path = path.trim_start_matches("/api/v1");
    let responses = &document["paths"][path][method.to_lowercase()]["responses"];
    let status = answer.status.to_string();
    let response =
        responses.get(&status).or_else(|| responses.get("default")).unwrap_or_else(|| panic!("{operation}: {status}"));
    let response =
        response["$ref"].as_str().map_or(response, |to| document.pointer(to.trim_start_matches('#')).expect(to));
    let schema = &response["content"]["application/json"]["schema"];
    if schema.is_null() {
        assert_eq!(operation, "GET /api/v1/openapi.json", "an answer without a description");
        return;
    }
    assert_eq!(answer.headers["content-type"], "application/json", "{operation}");
    let mut found = Vec::new();
    faults(document, schema, &answer.json(), "$", &mut found);
    assert!(found.is_empty(), "{operation}, {status}: {found:#?}");
}

#[test]
fn every_answer_is_as_described() {
    let document = document();
    for (blind, others_shown) in [("off", true), ("all", false)] {
        let folder = tiny();
        let path = folder.path().display().to_string();
        let tokens = [("zere", true), ("aigul", false), ("bolat", false)]
            .map(|(name, lead)| add_reviewer(folder.path(), name, if lead { &["--lead"] } else { &[] }));
        assert!(
            saual(&["reviewers", "terms", &path, "--blind", blind, "--double", "100", "--sample", "100", "--quiet"]).0
        );
        let server = Server::start(folder.path(), &[]);
        let mut asked = BTreeSet::new();
        let mut ask = |who: usize, operation: &'static str, address: &str, body: Option<Value>| {
            let (method, path) = operation.split_once(' ').expect("an operation");
            let bearer = format!("Bearer {}", tokens[who]);
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
            let address = if address.is_empty() { path } else { address };
            let body = body.map(|body| body.to_string()).unwrap_or_default();
            let answer = server.ask(method, address, &headers, body.as_bytes());
            check(&document, operation, &answer);
            asked.insert(operation.to_owned());
            answer
        };
        let (decide, undo) = ("POST /api/v1/decisions", "POST /api/v1/undo");
        let agreement = "GET /api/v1/agreement";
        assert_eq!(ask(0, agreement, "", None).status, 200, "undefined");
        for (who, grade) in [(1, "2"), (2, "0")] {
            let body = json!({ "answer": grade, "inquiry": "q1", "clause": "p1", "comment": "дәл", "key": format!("k-grade-{who}") });
            assert_eq!(ask(who, decide, "", Some(body)).status, 200);
            let body = json!({ "answer": grade, "inquiry": "q1", "clause": "p2", "key": format!("k-more-{who}") });
            assert_eq!(ask(who, decide, "", Some(body)).status, 200);
        }
        assert_eq!(ask(1, "GET /api/v1/next", "", None).status, 200);
        let card = ask(1, "GET /api/v1/inquiries/{id}", "/api/v1/inquiries/q1?clause=p1", None).json();
        assert_eq!(card["card"]["focus"]["others"] == json!([{ "name": "bolat", "grade": 0 }]), others_shown);
        assert_eq!(card["card"]["focus"]["waterfall"] != json!([]), others_shown);
        assert_eq!(ask(1, "GET /api/v1/inquiries", "/api/v1/inquiries?page=1&order=date", None).json()["all"], 2);
        let found = ask(1, "GET /api/v1/promises", "/api/v1/promises?text=%D2%9B%D2%B1%D0%B1%D1%8B%D1%80", None).json();
        assert_eq!(found["promises"][0]["id"], "p1");
        let taxonomy = card["card"]["topics"]["taxonomy"].clone();
        for (who, given) in [(1, json!(["ecology"])), (2, json!([]))] {
            let body = json!({ "answer": "topics", "inquiry": "q2", "taxonomy": taxonomy, "topics": given, "key": format!("k-topics-{who}") });
            assert_eq!(ask(who, decide, "", Some(body)).status, 200);
        }
        let of = ask(1, "GET /api/v1/inquiries/{id}", "/api/v1/inquiries/q2", None).json()["card"]["topics"].take();
        assert_eq!(of["others"] == json!([{ "name": "bolat", "topics": [] }]), others_shown, "{of}");
        assert_eq!((of["answered"].clone(), of["list"][0]["suggested"].is_boolean()), (json!(true), others_shown));
        let old =
            json!({ "answer": "topics", "inquiry": "q2", "taxonomy": "another", "topics": [], "key": "k-topics-old" });
        assert_eq!(ask(1, decide, "", Some(old)).status, 400);
        let unknown = json!({ "answer": "topics", "inquiry": "q2", "taxonomy": taxonomy, "topics": ["bees"], "key": "k-topics-bees" });
        assert_eq!(ask(1, decide, "", Some(unknown)).status, 404);
        let none = json!({ "answer": "none", "inquiry": "q2", "key": "k-none-01" });
        assert_eq!(ask(1, decide, "", Some(none)).status, 200);
        let skip = json!({ "answer": "skip", "reason": "later", "inquiry": "q2", "key": "k-skip-01" });
        assert_eq!(ask(1, decide, "", Some(skip)).status, 200);
        let skipped = ask(1, "GET /api/v1/inquiries/{id}", "/api/v1/inquiries/q2", None).json();
        assert_eq!(skipped["card"]["skipped"], "later");
        assert_eq!(ask(1, "GET /api/v1/next", "", None).json()["card"], Value::Null);
        assert_eq!(ask(1, undo, "", Some(json!({ "key": "k-undo-01" }))).status, 200);
        assert_eq!(ask(0, undo, "", Some(json!({ "key": "k-undo-02" }))).status, 409);
        let rule = json!({ "answer": "resolve", "grade": 1, "inquiry": "q1", "clause": "p1", "key": "k-rule-01" });
        assert_eq!(ask(1, decide, "", Some(rule.clone())).status, 403);
        assert_eq!(ask(0, decide, "", Some(rule)).status, 200);
        let rule = json!({ "answer": "resolve", "inquiry": "q2", "taxonomy": taxonomy, "topics": ["ecology"], "key": "k-rule-02" });
        assert_eq!(ask(1, decide, "", Some(rule.clone())).status, 403);
        assert_eq!(ask(0, decide, "", Some(rule)).json()["decisions"][0]["kind"], "resolve");
        let agreed = ask(0, agreement, "", None).json();
        let topics = agreed["topics"].as_array().expect("a list");
        assert_eq!(
            (agreed["fields"][0]["units"].clone(), agreed["fields"][2]["units"].as_u64()),
            (json!(2), Some(topics.len() as u64))
        );
        assert_eq!(ask(1, agreement, "", None).status, 403);
        assert_eq!(ask(0, "GET /api/v1/decisions", "", None).json()["decisions"].as_array().map(Vec::len), Some(11));
        assert_eq!(ask(1, "GET /api/v1/progress", "", None).status, 200);
        assert_eq!(ask(1, "GET /api/v1/openapi.json", "", None).json(), document);
        assert_eq!(
            ask(1, decide, "", Some(json!({ "answer": "2", "inquiry": "nowhere", "key": "k-none-02" }))).status,
            404
        );
        assert_eq!(ask(1, decide, "", Some(json!([]))).status, 400);
        let again = json!({ "answer": "1", "inquiry": "q1", "clause": "p1", "key": "k-grade-1" });
        assert_eq!(ask(1, decide, "", Some(again)).status, 409);
        assert_eq!(asked, described(&document), "an operation that nobody asked for");
        let stranger = server.ask("GET", "/api/v1/next", &[], b"");
        assert_eq!(stranger.status, 401);
        check(&document, "GET /api/v1/next", &stranger);
    }
}

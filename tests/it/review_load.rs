//! Fifty reviewers at once until 20,000 decisions stand in the store. Run by `tests/load.sh`.

use crate::review_client::Server;
use crate::review_projects::{add_reviewer, oblast_x};
use serde_json::{Value, json};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const REVIEWERS: usize = 50;
/// The least time between a reviewer's answers: five a second, far more than any person.
const PACE: Duration = Duration::from_millis(200);

#[test]
#[ignore = "takes minutes; run by tests/load.sh"]
fn fifty_reviewers_wait_for_no_card() {
    let decisions =
        std::env::var("SAUAL_LOAD_DECISIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(20_000_usize);
    let folder = oblast_x();
    let path = folder.path().display().to_string();
    let tokens: Vec<String> =
        (0..REVIEWERS).map(|number| add_reviewer(folder.path(), &format!("reviewer-{number:02}"), &[])).collect();
    let server = Server::start(folder.path(), &[]);
    let ids = |file: &str| -> Vec<String> {
        let text = std::fs::read_to_string(folder.path().join(file)).expect(file);
        let id = |line: &str| serde_json::from_str::<Value>(line).ok()?["id"].as_str().map(ToOwned::to_owned);
        text.lines().filter_map(id).collect()
    };
    let (promises, inquiries) = (ids("promises.jsonl"), ids("inquiries.jsonl"));
    let (done, cards, answers) = (AtomicUsize::new(0), Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for (reviewer, token) in tokens.iter().enumerate() {
            let (server, done, cards, answers, promises, inquiries) =
                (&server, &done, &cards, &answers, &promises, &inquiries);
            scope.spawn(move || {
                let bearer = format!("Bearer {token}");
                let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
                for number in 0.. {
                    let place = done.fetch_add(1, Ordering::Relaxed);
                    if place >= decisions {
                        return;
                    }
                    let start = Instant::now();
                    let card = server.ask("GET", "/api/v1/next", &headers[..1], b"");
                    cards.lock().expect("unpoisoned").push(start.elapsed());
                    assert_eq!(card.status, 200, "{}", card.body);
                    let card = card.json();
                    // Where the queue has run dry, any pair will do: the store is to grow.
                    let (inquiry, clause) = match card["card"]["id"].as_str() {
                        Some(id) => (id.to_owned(), card["card"]["focus"]["id"].as_str().expect("a clause").to_owned()),
                        None => (inquiries[place * 7 % inquiries.len()].clone(), promises[place * 11 % promises.len()].clone()),
                    };
                    let body = json!({ "answer": (place % 3).to_string(), "inquiry": inquiry, "clause": clause, "key": format!("load-{reviewer}-{number}") });
                    let before = Instant::now();
                    let kept = server.ask("POST", "/api/v1/decisions", &headers, body.to_string().as_bytes());
                    answers.lock().expect("unpoisoned").push(before.elapsed());
                    assert_eq!(kept.status, 200, "{}", kept.body);
                    std::thread::sleep(PACE.saturating_sub(start.elapsed()));
                }
            });
        }
    });
    let lasted = begun.elapsed();
    let percentile = |times: &Mutex<Vec<Duration>>, percent: usize| {
        let mut times = times.lock().expect("unpoisoned").clone();
        times.sort();
        times[(times.len() - 1) * percent / 100]
    };
    println!(
        "{decisions} decisions of {REVIEWERS} reviewers in {lasted:.1?}; next card p50 {:.1?}, p99 {:.1?}, longest {:.1?}; answer p50 {:.1?}, p99 {:.1?}",
        percentile(&cards, 50),
        percentile(&cards, 99),
        percentile(&cards, 100),
        percentile(&answers, 50),
        percentile(&answers, 99)
    );
    let check =
        Command::new(env!("CARGO_BIN_EXE_saual")).args(["decisions", "check", &path, "--json"]).output().expect("run");
    let check: Value = serde_json::from_slice(&check.stdout).expect("JSON");
    assert_eq!(
        (check["decisions"].as_u64(), check["faults"].as_array().map(Vec::len)),
        (u64::try_from(decisions).ok(), Some(0))
    );
    let most: u64 = std::env::var("SAUAL_LOAD_P99_MS").ok().and_then(|text| text.parse().ok()).unwrap_or(150);
    assert!(percentile(&cards, 99) < Duration::from_millis(most), "p99 of the next card");
}

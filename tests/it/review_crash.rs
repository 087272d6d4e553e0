//! A program killed at any instant loses no acknowledged decision, and its store opens whole.

use saual::review::Store;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Kills `saual decisions append` under load, `cycles` times, on one growing store. Gives how many decisions were acknowledged.
fn kills(cycles: usize) -> usize {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut acknowledged: BTreeSet<String> = BTreeSet::new();
    let mut chance = 0x9e37_79b9_u64;
    for cycle in 0..cycles {
        let mut child = Command::new(env!("CARGO_BIN_EXE_saual"))
            .env("SAUAL_ENCODER", "static")
            .args(["decisions", "append"])
            .arg(folder.path())
            .args(["--reviewer", "aigul"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let mut input = child.stdin.take().expect("its input");
        let writer = std::thread::spawn(move || {
            for number in 0.. {
                let line = format!(
                    "{{\"kind\":\"grade\",\"inquiry\":\"q{number}\",\"clause\":\"p{number}\",\"grade\":{},\"comment\":\"түсініктеме\",\"key\":\"cycle-{cycle}-{number}\"}}\n",
                    number % 3
                );
                if input.write_all(line.as_bytes()).is_err() {
                    return;
                }
            }
        });
        let (acknowledge, acknowledgements) = std::sync::mpsc::channel();
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let reader = std::thread::spawn(move || {
            // A last line without its end was not printed whole: no acknowledgement.
            for line in output.lines().map_while(Result::ok).filter(|line| line.len() == 32) {
                let _ = acknowledge.send(line);
            }
        });
        acknowledged.extend(acknowledgements.recv_timeout(Duration::from_secs(30)));
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros((chance >> 33) % 80_000));
        child.kill().expect("SIGKILL");
        child.wait().expect("gone");
        reader.join().expect("read");
        acknowledged.extend(acknowledgements.try_iter());
        writer.join().expect("written");
        let store = Store::of_project(folder.path()).unwrap_or_else(|error| panic!("cycle {cycle}: {error}"));
        if cycle % 20 == 19 || cycle + 1 == cycles {
            assert_eq!(store.faults().expect("a check"), Vec::<String>::new(), "cycle {cycle}");
        }
        let quick = rusqlite::Connection::open(store.path()).expect("the store");
        let fine: String = quick.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a check");
        assert_eq!(fine, "ok", "cycle {cycle}");
        let kept: BTreeSet<String> = store.all().expect("all").into_iter().map(|decision| decision.id).collect();
        let lost: Vec<_> = acknowledged.difference(&kept).collect();
        assert!(lost.is_empty(), "cycle {cycle}: lost {lost:?}");
    }
    acknowledged.len()
}

#[test]
fn a_few_kills() {
    kills(5);
}

/// `tests/kill.sh` runs it with `SAUAL_KILLS` cycles.
#[test]
#[ignore = "run by tests/kill.sh"]
fn many_kills() {
    let cycles = std::env::var("SAUAL_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    let acknowledged = kills(cycles);
    println!("{cycles} kills, {acknowledged} acknowledged decisions, none lost");
    assert!(acknowledged > cycles, "the kills came before any work: {acknowledged} decisions in {cycles} cycles");
}

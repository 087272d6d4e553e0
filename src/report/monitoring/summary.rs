//! The summary: plain sentences, each made from figures of the run and leading to the section behind it.

use super::advice::{self, Found};
use super::edition::Edition;
use super::replies::{ReplyState, count};
use crate::evidence::Status;
use crate::ingest::Occasion;
use crate::locale::Arg;
use serde_json::{Value, json};

/// The sentences in the order of the sections, with their anchors.
pub fn sentences(edition: &Edition<'_>) -> Value {
    let run = edition.run;
    let all = &run.rollup.all;
    let say = |key: &str, args: &[(&str, Arg)], anchor: &str| json!({ "text": edition.lang.say(key, args), "anchor": anchor });
    let mut sentences = vec![say(
        "summary-scope",
        &[
            ("people", run.project.people.len().into()),
            ("promises", all.promises.into()),
            ("inquiries", run.project.inquiries.len().into()),
        ],
        "method",
    )];
    let found = |occasion: Occasion| advice::found(edition, occasion).map(Found::into_sentence);
    sentences.extend(found(Occasion::ProgrammesNotObtained));
    sentences.extend(found(Occasion::NoOwnProgramme));
    if all.promises > 0 {
        let shown = all.with_evidence();
        sentences.push(say(
            "summary-evidence",
            &[("n", shown.into()), ("all", all.promises.into()), ("share", share(edition, shown, all.promises).into())],
            "matrix",
        ));
        let rungs = [Status::CoSigned, Status::Initiated, Status::Answered, Status::Acted, Status::OutcomeVerified];
        let rung = |status: &Status| {
            let n = all.of(*status);
            let name = edition.lang.text(&format!("status-{}", status.code().replace('_', "-")));
            (n > 0).then(|| edition.lang.say("summary-rung", &[("name", name.into()), ("n", n.into())]))
        };
        let named: Vec<String> = rungs.iter().filter_map(rung).collect();
        if !named.is_empty() {
            sentences.push(say("summary-rungs", &[("list", named.join(", ").into())], "matrix"));
        }
        if all.of(Status::NoEvidence) > 0 {
            sentences.push(say(
                "summary-no-evidence",
                &[("n", all.of(Status::NoEvidence).into()), ("all", all.promises.into())],
                "matrix",
            ));
        }
        let apart = all.of(Status::Untestable) + all.of(Status::ProgrammeNotObtained);
        if apart > 0 {
            sentences.push(say("summary-apart", &[("n", apart.into()), ("all", all.promises.into())], "matrix"));
        }
        if all.of(Status::Contradicted) > 0 {
            sentences.push(say(
                "summary-contradicted",
                &[("n", all.of(Status::Contradicted).into()), ("all", all.promises.into())],
                "matrix",
            ));
        }
    }
    let touched = run.topics.iter().filter(|scores| scores.iter().any(|score| score.label)).count();
    if touched > 0 {
        sentences.push(say(
            "summary-topics",
            &[("n", touched.into()), ("all", run.project.inquiries.len().into())],
            "topics",
        ));
    }
    if let Some(rule) = edition.replies {
        let counts = count(rule, run.project.inquiries.iter());
        let answered: usize = [ReplyState::InTime, ReplyState::Late, ReplyState::Answered]
            .iter()
            .map(|state| counts[*state as usize])
            .sum();
        sentences.push(say(
            "summary-replies",
            &[("n", answered.into()), ("all", run.project.inquiries.len().into())],
            "replies",
        ));
        sentences.extend(found(Occasion::RepliesLate));
    }
    sentences.extend(found(Occasion::NoMeetingInDistrict));
    sentences.extend(found(Occasion::FiguresContradict));
    if !run.verdicts.is_empty() {
        sentences.push(say(
            "summary-judged",
            &[("n", run.verdicts.len().into()), ("all", run.links.len().into())],
            "method",
        ));
    }
    let answering =
        run.project.responses.iter().map(|row| &row.person).collect::<std::collections::BTreeSet<_>>().len();
    if answering > 0 {
        sentences.push(say("summary-responses", &[("n", answering.into())], "profiles"));
    }
    Value::Array(sentences)
}

/// A share in percent, as the language writes it.
#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn share(edition: &Edition<'_>, part: usize, whole: usize) -> String {
    edition.lang.percent(part as f64 / whole.max(1) as f64)
}

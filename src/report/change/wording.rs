//! The difference of two runs in words.

use super::cause::{Cause, Moved};
use super::{CellChange, InputChange, InputDifference, SettingChange};
use crate::evidence::Verdict;
use crate::locale::{Arg, Lang};

/// A setting that differs.
pub fn setting(change: &SettingChange, lang: Lang) -> String {
    let [before, after] = [&change.before, &change.after].map(|value| setting_value(change.setting, value, lang));
    format!("{}: {before} → {after}", setting_name(change.setting, lang))
}

/// An input that differs.
pub fn input(change: &InputChange, lang: Lang) -> String {
    let how = match change.change {
        InputDifference::Added => "diff-input-added",
        InputDifference::Removed => "diff-input-removed",
        InputDifference::Edited => "diff-input-edited",
    };
    format!("{}: {}", change.file, lang.text(how))
}

/// Whose promise stood how, and stands how.
pub fn cell(change: &CellChange, lang: Lang) -> String {
    let status = |status: &Option<String>, none: &str| match status {
        Some(status) => lang.text(&format!("status-{}", status.replace('_', "-"))),
        None => lang.text(none),
    };
    let (before, after) = (status(&change.before, "diff-absent"), status(&change.after, "diff-gone"));
    let statuses = if before == after { after } else { format!("{before} → {after}") };
    format!("{} · {}: {statuses}", change.promise, change.owner_name)
}

/// A cause in one sentence.
pub fn cause(cause: &Cause, lang: Lang) -> String {
    let named = |key: &str, inquiry: &str| lang.say(key, &[("inquiry", inquiry.into())]);
    let quoted = |key: &str, added: bool, quote: &str| {
        lang.say(&format!("{key}-{}", turn(added)), &[("quote", short(quote).into())])
    };
    match cause {
        Cause::Promise { added } => lang.text(&format!("cause-promise-{}", turn(*added))),
        Cause::PromiseEdited => lang.text("cause-promise-edited"),
        Cause::Inquiry { inquiry, added } => named(&format!("cause-inquiry-{}", turn(*added)), inquiry),
        Cause::InquiryEdited { inquiry } => named("cause-inquiry-edited", inquiry),
        Cause::Authors { inquiry } => named("cause-authors", inquiry),
        Cause::Reply { inquiry, added } => named(&format!("cause-reply-{}", turn(*added)), inquiry),
        Cause::Scope { inquiry, added } => named(&format!("cause-scope-{}", turn(*added)), inquiry),
        Cause::Decision { inquiry, before, after } => {
            let [before, after] = [before, after].map(|verdict| lang.text(verdict_key(*verdict)));
            lang.say(
                "cause-decision",
                &[("inquiry", inquiry.as_str().into()), ("before", before.into()), ("after", after.into())],
            )
        }
        Cause::Score { inquiry, before, after, because, moved } => {
            let percent = |probability: f64| Arg::from(lang.percent(probability));
            let because: Vec<String> = because
                .iter()
                .map(|name| setting_name(if *name == "link_model_hash" { "link_model" } else { name }, lang))
                .collect();
            let because = if because.is_empty() { lang.text("cause-collection") } else { because.join(", ") };
            let args = [
                ("inquiry", inquiry.as_str().into()),
                ("before", percent(*before)),
                ("after", percent(*after)),
                ("because", because.into()),
            ];
            let parts: Vec<String> = moved.iter().map(|part| moved_part(part, lang)).collect();
            let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) };
            format!("{}{parts}", lang.say("cause-score", &args))
        }
        Cause::Threshold { inquiry, probability, threshold, before, after } => {
            let args = [
                ("inquiry", Arg::from(inquiry.as_str())),
                ("probability", lang.percent(*probability).into()),
                ("threshold", setting_name(threshold, lang).into()),
                ("before", setting_value(threshold, before, lang).into()),
                ("after", setting_value(threshold, after, lang).into()),
            ];
            lang.say("cause-threshold", &args)
        }
        Cause::Meeting { quote, added } => quoted("cause-meeting", *added, quote),
        Cause::Outcome { quote, added } => quoted("cause-outcome", *added, quote),
        Cause::Programme => lang.text("cause-programme"),
        Cause::Testability => lang.text("cause-testability"),
    }
}

fn moved_part(part: &Moved, lang: Lang) -> String {
    let name = lang.text(&format!("comparison-{}", part.comparison.replace('_', "-")));
    format!("{name} {} → {}", lang.signed(part.before), lang.signed(part.after))
}

fn setting_name(setting: &str, lang: Lang) -> String {
    lang.text(&format!("setting-{}", setting.replace('_', "-")))
}

/// A setting's value as people read it: thresholds are probabilities.
fn setting_value(setting: &str, value: &str, lang: Lang) -> String {
    let threshold = value.parse().ok().filter(|_| ["suggest", "review"].contains(&setting));
    match threshold {
        Some(least) => lang.percent(least),
        None if value.is_empty() => "–".to_owned(),
        None => value.to_owned(),
    }
}

const fn turn(added: bool) -> &'static str {
    if added { "added" } else { "removed" }
}

const fn verdict_key(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        None => "verdict-open",
        Some(Verdict::Disputed) => "verdict-disputed",
        Some(Verdict::Judged { grade: 0, .. }) => "verdict-none",
        Some(Verdict::Judged { grade: 1, .. }) => "verdict-partial",
        Some(Verdict::Judged { .. }) => "verdict-direct",
    }
}

/// The beginning of a quotation.
fn short(quote: &str) -> String {
    const SHOWN: usize = 120;
    match quote.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &quote[..end]),
        None => quote.to_owned(),
    }
}

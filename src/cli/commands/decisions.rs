//! `saual decisions ACTION DIR`: the reviewers' decisions, out, in, together and aside.

use crate::cli::args::DecisionsAction;
use crate::cli::{Outcome, settings::Context, settings::isolation};
use crate::review::{Decision, Draft, Role, Store, StoreError, exchange, pack, store};
use crate::{Error, Result};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What was typed beside the action and the folder.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Files to read.
    pub files: &'a [PathBuf],
    /// Where to write; standard output where there is none.
    pub out: Option<&'a Path>,
    /// Whose decisions or pack.
    pub reviewer: Option<&'a str>,
}

/// Does the action.
pub fn run(action: DecisionsAction, dir: &Path, options: Options<'_>, context: &Context) -> Result<Outcome> {
    if action == DecisionsAction::Unpack {
        return unpack(dir, options, context);
    }
    if !dir.is_dir() {
        return Err(Error::file(dir)(std::io::ErrorKind::NotFound.into()));
    }
    let mut store = Store::of_project(dir).map_err(said(context))?;
    match action {
        DecisionsAction::Export => export(&store, options, context),
        DecisionsAction::Import => import(&mut store, options, context),
        DecisionsAction::Topics => topics(dir, options, context),
        DecisionsAction::Append => append(&mut store, options, context),
        DecisionsAction::Pack => write_pack(&store, dir, options, context),
        DecisionsAction::Backup => {
            let to = needed(options.out, "--out", context)?;
            store.backup(to).map_err(said(context))?;
            note(context, "decisions-written", &[("path", to.display().to_string().into())]);
            Ok(Outcome::Done)
        }
        DecisionsAction::Check => check(&store, context),
        DecisionsAction::Unpack => Ok(Outcome::Done),
    }
}

/// A store's error in the reader's words.
pub fn said(context: &Context) -> impl Fn(StoreError) -> Error + '_ {
    |error| match error {
        StoreError::File { .. } | StoreError::Line { .. } | StoreError::Sqlite(_) => error.into(),
        other => Error::model(store::FILE, other.say(context.lang)),
    }
}

fn note(context: &Context, key: &str, args: &[(&str, crate::locale::Arg)]) {
    context.screen().note(&context.lang.say(key, args));
}

fn needed<'a, T: ?Sized>(value: Option<&'a T>, option: &str, context: &Context) -> Result<&'a T> {
    value.ok_or_else(|| Error::model(option, context.lang.text("decisions-option-needed")))
}

fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

fn export(store: &Store, options: Options<'_>, context: &Context) -> Result<Outcome> {
    let mut decisions = store.all().map_err(said(context))?;
    if let Some(reviewer) = options.reviewer {
        decisions.retain(|decision| decision.reviewer == reviewer);
    }
    write_rows(&decisions, |rows, out| exchange::write_csv(rows, out), options.out, "decisions-exported", context)
}

/// The topics decided, as the table `inquiry_topics`: the project's rows, and in their place what its reviewers settled.
fn topics(dir: &Path, options: Options<'_>, context: &Context) -> Result<Outcome> {
    let rows = super::read_decided(dir, true, context)?.1.project.inquiry_topics;
    write_rows(&rows, |rows, out| exchange::write_topics_csv(rows, out), options.out, "topics-exported", context)
}

/// Writes rows to a file, as csv or jsonl by its ending, and says how many under `key`; without a file as jsonl to standard output.
fn write_rows<T: serde::Serialize>(
    rows: &[T],
    csv: fn(&[T], &mut BufWriter<File>) -> std::io::Result<()>,
    out: Option<&Path>,
    key: &str,
    context: &Context,
) -> Result<Outcome> {
    match out {
        Some(path) if is_csv(path) => exchange::write_whole(path, |out| csv(rows, out)),
        Some(path) => exchange::write_whole(path, |out| exchange::write_jsonl(rows, out)),
        None => match exchange::write_jsonl(rows, BufWriter::new(std::io::stdout().lock())) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(StoreError::file(Path::new("-"))(error))
            }
            Ok(()) | Err(_) => return Ok(Outcome::Done),
        },
    }
    .map_err(said(context))?;
    note(context, key, &[("n", rows.len().into())]);
    Ok(Outcome::Done)
}

/// The decisions of a file: a pack, jsonl or csv.
fn decisions_of(path: &Path) -> std::result::Result<Vec<Decision>, StoreError> {
    let name = path.display().to_string();
    let open = || File::open(path).map(BufReader::new).map_err(StoreError::file(path));
    if is_csv(path) {
        return exchange::read_csv(open()?, &name);
    }
    let mut first = String::new();
    exchange::next_line(&mut open()?, &mut first, &name, 1)?;
    if pack::is_pack(&first) { Ok(pack::read(open()?, &name)?.decisions) } else { exchange::read_jsonl(open()?, &name) }
}

fn import(store: &mut Store, options: Options<'_>, context: &Context) -> Result<Outcome> {
    if options.files.is_empty() {
        return Err(Error::model("FILE", context.lang.text("decisions-option-needed")));
    }
    let mut sum = store::Merged::default();
    for path in options.files {
        let mut decisions = decisions_of(path).map_err(said(context))?;
        if let Some(reviewer) = options.reviewer {
            decisions.retain(|decision| decision.reviewer == reviewer);
        }
        let merged = store.merge(decisions).map_err(said(context))?;
        sum.added += merged.added;
        sum.known += merged.known;
    }
    if context.json {
        context.screen().json(&sum);
    } else {
        note(context, "decisions-merged", &[("added", sum.added.into()), ("known", sum.known.into())]);
    }
    Ok(Outcome::Done)
}

/// One draft a line in, the id of the kept decision a line out: printed once it is on the disk.
fn append(store: &mut Store, options: Options<'_>, context: &Context) -> Result<Outcome> {
    let reviewer = needed(options.reviewer, "--reviewer", context)?;
    let (mut input, mut line) = (std::io::stdin().lock(), String::new());
    let mut out = std::io::stdout().lock();
    for number in 1.. {
        if !exchange::next_line(&mut input, &mut line, "-", number).map_err(said(context))? {
            break;
        }
        let draft: Draft = serde_json::from_str(&line).map_err(|error| Error::model(format!("-:{number}"), error))?;
        for decision in store.append(reviewer, Role::Reviewer, vec![draft]).map_err(said(context))? {
            writeln!(out, "{}", decision.id).and_then(|()| out.flush()).map_err(Error::file(Path::new("-")))?;
        }
    }
    Ok(Outcome::Done)
}

fn write_pack(store: &Store, dir: &Path, options: Options<'_>, context: &Context) -> Result<Outcome> {
    let path = needed(options.out, "--out", context)?;
    let own = pack::card(dir).map_err(said(context))?;
    let header = match (own, options.reviewer) {
        (Some(card), None) => card,
        (card, name) => {
            let reviewer = needed(name, "--reviewer", context)?.to_owned();
            let terms = store.terms().map_err(said(context))?;
            let of_terms = pack::Header {
                saual_pack: pack::VERSION,
                reviewer: String::new(),
                members: terms.reviewers,
                double_percent: terms.double_percent,
                sample_percent: terms.sample_percent,
                blind: terms.blind,
            };
            pack::Header { reviewer, ..card.unwrap_or(of_terms) }
        }
    };
    let project = crate::ingest::load_with(dir, &isolation())?.project;
    let decisions = store.all().map_err(said(context))?;
    let names = project.files.keys().map(String::as_str);
    let mut written = Ok(());
    exchange::write_whole(path, |out| {
        written = pack::write(&header, dir, names, &decisions, out);
        Ok(())
    })
    .and(written)
    .map_err(said(context))?;
    note(context, "decisions-written", &[("path", path.display().to_string().into())]);
    Ok(Outcome::Done)
}

fn unpack(dir: &Path, options: Options<'_>, context: &Context) -> Result<Outcome> {
    let [path] = options.files else {
        return Err(Error::model("FILE", context.lang.text("decisions-option-needed")));
    };
    let file = File::open(path).map_err(Error::file(path))?;
    let pack = pack::read(BufReader::new(file), &path.display().to_string()).map_err(said(context))?;
    pack::unpack(&pack, dir).map_err(said(context))?;
    note(context, "decisions-unpacked", &[("dir", dir.display().to_string().into())]);
    Ok(Outcome::Done)
}

fn check(store: &Store, context: &Context) -> Result<Outcome> {
    let faults = store.faults().map_err(said(context))?;
    let decisions = store.all().map_err(said(context))?.len();
    let screen = context.screen();
    if context.json {
        screen.json(&serde_json::json!({ "decisions": decisions, "faults": faults }));
    } else {
        for fault in &faults {
            screen.line(fault);
        }
        screen.line(&screen.say("decisions-checked", &[("n", decisions.into()), ("faults", faults.len().into())]));
    }
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::Findings })
}

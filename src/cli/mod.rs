//! The program: arguments as typed, settings as resolved, one file a command.
//!
//! Exit codes: 0 done · 1 done with findings (`check`: problems; others with `--keep-going`: rows were left out) · 2 usage · 3 the input could
//! not be used · 4 an internal fault.

pub mod args;
pub mod settings;
pub mod help;
pub mod screen;
pub mod commands;

use crate::Error;
use crate::ingest::isolate;
use args::{Cli, Command};
use clap::{CommandFactory, FromArgMatches};
use settings::Context;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, with findings that a script should not overlook.
    Findings,
    /// The input could not be used; what is wrong with it was printed.
    Unusable,
}

/// Parses the command line, runs the command, gives the exit code.
pub fn main() -> ExitCode {
    // Not a command for people: it is not in the help, and takes its words as they are.
    let words: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    if words.first().is_some_and(|word| word == settings::PARSE) {
        return isolate::serve(&words[1..]);
    }
    let lang = help::lang_of_args(std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()));
    let matches = match help::translated(Cli::command(), lang).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let context = Context::resolve(&cli.common, lang);
    match dispatch(cli.command, &context) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Unusable) => ExitCode::from(3),
        Err(error) => {
            context.screen().error(&error);
            ExitCode::from(match error {
                Error::Internal(_) | Error::Index(_) => 4,
                _ => 3,
            })
        }
    }
}

fn dispatch(command: Command, context: &Context) -> crate::Result<Outcome> {
    match command {
        Command::Init { dir } => commands::init::run(&dir, context),
        Command::Check { dir } => commands::check::run(&dir, context),
        Command::Run { dir, options, out } => commands::run::run(&dir, &options, &out, context),
        Command::Report { dir, options, page } => commands::report::run(&dir, &options, page.as_deref(), context),
        Command::Export { dir, options, format, out } => commands::export::run(&dir, &options, &format, &out, context),
        Command::Diff { before, after } => commands::diff::run(&before, &after, context),
        Command::Eval { part: Some(args::EvalPart::Analysis { labelled, people }), .. } => {
            commands::eval_analysis::run(&labelled, people.as_deref(), context)
        }
        Command::Eval { part: Some(args::EvalPart::Programmes { dir }), .. } => {
            commands::eval_programmes::run(&dir, context)
        }
        Command::Eval { part: Some(args::EvalPart::Topics { dir, options, split }), .. } => {
            commands::eval_topics::run(&dir, &options, split.as_deref(), context)
        }
        Command::Eval { part: None, dir, options, split, ablate, trec } => {
            let wanted = commands::eval::Wanted { split: split.as_deref(), ablate, trec: &trec };
            commands::eval::run(&dir.unwrap_or_default(), &options, wanted, context)
        }
        Command::Train {
            dir,
            out,
            frequencies,
            encoder,
            split,
            topics,
            also,
            name,
            #[cfg(feature = "review")]
            from_decisions,
        } => {
            #[cfg(not(feature = "review"))]
            let from_decisions = false;
            let (frequencies, encoder) = (frequencies.as_deref(), &encoder);
            let fit = commands::train::Fit {
                out: &out,
                frequencies,
                encoder,
                split: &split,
                topics,
                also: &also,
                name: &name,
                from_decisions,
            };
            commands::train::run(&dir, &fit, context)
        }
        Command::Model { show: args::ModelAction::Show, encoder, model } => {
            commands::model::run(&encoder, model.as_deref(), context)
        }
        Command::Query { text, top, project, options } => {
            commands::query::run(&project, &options, &text, top.get(), context)
        }
        Command::Explain { inquiry, promise, project, options } => {
            commands::explain::run(&project, &options, &inquiry, &promise, context)
        }
        Command::Text { tool, encoder, role } => commands::text::run(tool, &encoder, role, context),
        Command::People { tool: args::PeopleTool::Resolve, people } => commands::people::run(&people, context),
        Command::Segment { file } => commands::segment::run(&file, context),
        #[cfg(feature = "review")]
        Command::Review { dir, options, as_name: name, port, listen, host, https } => {
            let serve = commands::review::Serve { name, port, listen, hosts: host, https };
            commands::review::run(&dir, &options, &serve, context)
        }
        #[cfg(feature = "review")]
        Command::Reviewers { team, dir, who, lead, region, double, sample, blind } => {
            let terms = commands::reviewers::TermsArgs { double, sample, blind: blind.as_deref() };
            commands::reviewers::run(team, &dir, who.as_deref(), lead, &region, terms, context)
        }
        #[cfg(feature = "review")]
        Command::Decisions { action, dir, files, reviewer, to } => {
            let options =
                commands::decisions::Options { files: &files, out: to.as_deref(), reviewer: reviewer.as_deref() };
            commands::decisions::run(action, &dir, options, context)
        }
        Command::Completions { shell } => {
            let mut command = Cli::command();
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "saual", &mut script);
            context.screen().line(String::from_utf8_lossy(&script).trim_end());
            Ok(Outcome::Done)
        }
    }
}

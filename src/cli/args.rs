//! What was typed. Filling these structs touches nothing.

use crate::embedding::Choice;
use crate::locale::Lang;
use crate::report::export::Format;
use clap::{Args, Parser, Subcommand, ValueHint};
use std::path::PathBuf;

/// What reads the texts where nobody says.
const ENCODER: &str = if cfg!(feature = "encoder") { "bundled" } else { "static" };

/// Links parliamentary inquiries to election promises and shows, promise by promise, what evidence of work there is.
#[derive(Debug, Parser)]
#[command(name = "saual", version, arg_required_else_help = true, max_term_width = 110)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub common: Common,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Print data as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Print nothing but data and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Language of messages: kk, ru or en [default: from the locale]
    #[arg(long, global = true, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Threads to use [default: one for each core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::ALL.into_iter().find(|lang| lang.code() == text).ok_or_else(|| "expected kk, ru or en".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "expected a share from 0 to 1".to_owned())
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a project: a folder with a monitor.toml and example tables
    Init {
        /// The folder to make
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Read a project and report every problem of its files, changing nothing
    Check {
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Match inquiries to promises, draw up the evidence matrix, audit published totals; write tables and a page
    Run {
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        #[command(flatten)]
        #[allow(missing_docs)]
        options: RunArgs,
        /// Where to write
        #[arg(long, short, value_name = "DIR", default_value = "out", value_hint = ValueHint::DirPath)]
        out: PathBuf,
    },
    /// Write the monitoring report for publication: one html file in one language (--lang), ready to print
    Report {
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        #[command(flatten)]
        #[allow(missing_docs)]
        options: RunArgs,
        /// The file to write [default: out/report-LANG.html]
        #[arg(long = "out", short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        page: Option<PathBuf>,
    },
    /// Write the results in other forms: a workbook, csv, jsonl, TREC, Popolo, PROV
    Export {
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        #[command(flatten)]
        #[allow(missing_docs)]
        options: RunArgs,
        /// Which forms; several with commas [default: all that this build knows]
        #[arg(long, value_name = "FORMAT", value_enum, value_delimiter = ',')]
        format: Vec<Format>,
        /// Where to write
        #[arg(long, short, value_name = "DIR", default_value = "out", value_hint = ValueHint::DirPath)]
        out: PathBuf,
    },
    /// Compare two runs: which cells changed, and because of what
    Diff {
        /// The earlier run: a folder that `saual run` wrote
        #[arg(value_name = "RUN1", value_hint = ValueHint::DirPath)]
        before: PathBuf,
        /// The later run: a folder that `saual run` wrote
        #[arg(value_name = "RUN2", value_hint = ValueHint::DirPath)]
        after: PathBuf,
    },
    /// Measure links and topics against the project's gold labels, beside two baselines; or, by name, another part
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Eval {
        /// Another part to measure
        #[command(subcommand)]
        part: Option<EvalPart>,
        /// The project's folder
        #[arg(value_name = "DIR", required = true, value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
        #[command(flatten)]
        #[allow(missing_docs)]
        options: RunArgs,
        /// Owners to judge: train, dev, test or all [default: dev where the gold is split, else all]
        #[arg(long, value_name = "SPLIT")]
        split: Option<String>,
        /// Also measure what each comparison adds
        #[arg(long)]
        ablate: bool,
        /// Also measure another system's run in the format of TREC; may be given again
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        trec: Vec<PathBuf>,
    },
    /// Fit the link model, or with --topics the topic model, on the gold labels of the train split
    Train {
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The model file to write
        #[arg(long, short, value_name = "FILE", default_value = "links.toml", value_hint = ValueHint::FilePath)]
        out: PathBuf,
        /// Also write the document frequencies of the project's words
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        frequencies: Option<PathBuf>,
        /// What reads the texts: bundled (a transformer, more exact), static (word vectors, thousands of texts a second), or the folder or GGUF file of a model of your own
        #[arg(long, value_name = "ENCODER", env = "SAUAL_ENCODER", hide_env_values = true, default_value = ENCODER)]
        encoder: Choice,
        /// Owners to learn from
        #[arg(long, value_name = "SPLIT", default_value = "train")]
        split: String,
        /// Fit the topic model instead, on the labels of topics
        #[arg(long)]
        topics: bool,
        /// Also learn from this project, over all its owners: from its gold labels of links, or with --topics from its table `inquiry_topics`; may be given again
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        also: Vec<PathBuf>,
        /// The model's name and version
        #[arg(long, value_name = "NAME", default_value = "links-local")]
        name: String,
        /// Learn from people's decisions instead, of all owners: from the pairs that reviewers judged, or with --topics from the topics that they settled and the table `inquiry_topics`
        #[cfg(feature = "review")]
        #[arg(long)]
        from_decisions: bool,
    },
    /// Show a link model: what each comparison is worth, in words
    Model {
        /// What to do with the model
        #[arg(value_name = "ACTION", value_enum)]
        show: ModelAction,
        /// The model of which encoder: bundled, static, or the folder of a model of your own
        #[arg(long, value_name = "ENCODER", env = "SAUAL_ENCODER", hide_env_values = true, default_value = ENCODER)]
        encoder: Choice,
        /// Another link model (a .toml file, see `saual train`)
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        model: Option<PathBuf>,
    },
    /// Search the project's promises for a text of your own, with explanations
    Query {
        /// The text
        #[arg(value_name = "TEXT")]
        text: String,
        /// How many promises to show
        #[arg(long, short = 'n', value_name = "N", default_value = "5")]
        top: std::num::NonZeroUsize,
        /// The project's folder
        #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
        project: PathBuf,
        #[command(flatten)]
        #[allow(missing_docs)]
        options: RunArgs,
    },
    /// Show why an inquiry and a promise have the score they have
    Explain {
        /// The inquiry's id
        #[arg(value_name = "INQUIRY")]
        inquiry: String,
        /// The promise's id
        #[arg(value_name = "PROMISE")]
        promise: String,
        /// The project's folder
        #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
        project: PathBuf,
        #[command(flatten)]
        #[allow(missing_docs)]
        options: RunArgs,
    },
    /// Pipe tools: one line of text in, one line out
    Text {
        /// What to do with each line
        #[arg(value_name = "TOOL", value_enum)]
        tool: TextTool,
        /// What reads the texts: bundled (a transformer, more exact), static (word vectors, thousands of texts a second), or the folder or GGUF file of a model of your own
        #[arg(long, value_name = "ENCODER", env = "SAUAL_ENCODER", hide_env_values = true, default_value = ENCODER)]
        encoder: Choice,
        /// What the texts are to the encoder: passages that are compared with each other, or queries to passages
        #[arg(long, value_name = "ROLE", value_enum, default_value_t)]
        role: TextRole,
    },
    /// Find out who is meant: one name a line in, one JSON object a line out
    People {
        /// What to do with each line
        #[arg(value_name = "TOOL", value_enum)]
        tool: PeopleTool,
        /// The table of people
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        people: PathBuf,
    },
    /// Cut a programme text into clauses, one JSON object a line
    Segment {
        /// The text file
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Check suggested links in a browser: queue, decisions, agreement
    #[cfg(feature = "review")]
    Review {
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        #[command(flatten)]
        #[allow(missing_docs)]
        options: RunArgs,
        /// The name under which you decide [default: that of the pack, else of the system's user]
        #[arg(long = "as", value_name = "NAME")]
        as_name: Option<String>,
        /// Port; 0 takes a free one
        #[arg(long, value_name = "PORT", default_value_t = 0)]
        port: u16,
        /// Serve others on this address: only named reviewers with tokens enter (see `saual reviewers`)
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<std::net::IpAddr>,
        /// With --listen: a name under which browsers reach the server
        #[arg(long, value_name = "NAME")]
        host: Vec<String>,
        /// Browsers reach the server by https (a proxy in front of it): mark cookies accordingly
        #[arg(long)]
        https: bool,
    },
    /// Named reviewers: add, list, revoke; and the terms of their work
    #[cfg(feature = "review")]
    Reviewers {
        /// What to do with the reviewers
        #[arg(value_name = "ACTION", value_enum)]
        team: ReviewersAction,
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The reviewer's name; a pseudonym will do
        #[arg(value_name = "NAME")]
        who: Option<String>,
        /// May also resolve disagreements and set terms
        #[arg(long)]
        lead: bool,
        /// Deal out only inquiries of deputies of this region; may be given again
        #[arg(long, value_name = "REGION")]
        region: Vec<String>,
        /// Percent of inquiries that two people judge
        #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
        double: Option<u8>,
        /// Percent of pairs drawn at random among those that the model leaves alone
        #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
        sample: Option<u8>,
        /// Hide scores and others' decisions: off, double or all
        #[arg(long, value_name = "CARDS", value_parser = ["off", "double", "all"])]
        blind: Option<String>,
    },
    /// Reviewers' decisions: export, topics (the table of decided topics), import (packs too), append, pack, unpack, backup, check
    #[cfg(feature = "review")]
    Decisions {
        /// What to do
        #[arg(value_name = "ACTION", value_enum)]
        action: DecisionsAction,
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// Files to read: packs, .jsonl or .csv
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// Whose decisions or pack
        #[arg(long, value_name = "NAME")]
        reviewer: Option<String>,
        /// The file to write (.csv, else .jsonl)
        #[arg(long = "out", short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        to: Option<PathBuf>,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
}

/// What else `saual eval` measures.
#[derive(Debug, Subcommand)]
pub enum EvalPart {
    /// Measure stems, languages, scripts, noise and names on labelled files of your own
    Analysis {
        /// FILE or LANG=FILE: forms with lemmas, sentence pairs, sentences, or mentions; told apart by the header
        #[arg(value_name = "FILE", required = true)]
        labelled: Vec<String>,
        /// The table of people that mentions are resolved against
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        people: Option<PathBuf>,
    },
    /// Measure topics alone: DIR/gold/topics.jsonl
    Topics {
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        #[command(flatten)]
        #[allow(missing_docs)]
        options: RunArgs,
        /// Owners to judge: train, dev, test or all [default: dev where the gold is split, else all]
        #[arg(long, value_name = "SPLIT")]
        split: Option<String>,
    },
    /// Measure clauses, promises, testability and origin on gold clauses: DIR/gold/clauses.jsonl
    Programmes {
        /// The project's folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
}

/// What `saual text` does with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum TextTool {
    /// The stems of its words; `--lang kk` or `ru` says the language, else each word's own
    Stem,
    /// kk, ru, mixed or other
    Language,
    /// Kazakh of other scripts in Cyrillic
    Cyrillic,
    /// One written form: lower case, composed, look-alike letters mended
    Fold,
    /// Its meaning as a vector: numbers parted by tabs, or with `--json` an array; `--encoder` says whose
    Embed,
}

/// What the texts of `saual text embed` are to the encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum TextRole {
    /// Passages, to be compared with each other
    #[default]
    Passage,
    /// Queries to passages
    Query,
}

/// What `saual reviewers` does.
#[cfg(feature = "review")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ReviewersAction {
    /// Add one, or give one a new token; the token is printed once
    Add,
    /// List all, and the terms
    List,
    /// End one's access; their decisions stay
    Revoke,
    /// Set the terms: --double, --sample, --blind
    Terms,
}

/// What `saual decisions` does.
#[cfg(feature = "review")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum DecisionsAction {
    /// Write all decisions as jsonl or csv
    Export,
    /// Write the topics decided as the table `inquiry_topics`, jsonl or csv
    Topics,
    /// Merge packs, jsonl or csv: a set union, in any order, any number of times
    Import,
    /// Keep one draft a line from standard input; print each id once it is on the disk
    Append,
    /// Write a pack for one reviewer
    Pack,
    /// Lay a pack out as a project
    Unpack,
    /// Copy the store while it is in use
    Backup,
    /// Check the file and every decision against its id
    Check,
}

/// What `saual model` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ModelAction {
    /// Every weight with a sentence
    Show,
}

/// What `saual people` does with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum PeopleTool {
    /// {mention, person, confidence, reason}
    Resolve,
}

/// How to run a project.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// Go on without the rows that have problems
    #[arg(long)]
    pub keep_going: bool,
    /// What reads the texts: bundled (a transformer, more exact), static (word vectors, thousands of texts a second), or the folder or GGUF file of a model of your own
    #[arg(long, value_name = "ENCODER", env = "SAUAL_ENCODER", hide_env_values = true, default_value = ENCODER)]
    pub encoder: Choice,
    /// Another link model (a .toml file, see `saual train`)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub model: Option<PathBuf>,
    /// Another topic model (a .toml file, see `saual train --topics`)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub topic_model: Option<PathBuf>,
    /// Suggest so that at most this share of suggestions is false, as measured on held-out deputies: 0.1 is one in ten
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub max_false: Option<f64>,
    /// Also score the best N promises of other owners for each inquiry
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub beyond: usize,
    /// Folder for the index [default: .saual in the project]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub cache: Option<PathBuf>,
}

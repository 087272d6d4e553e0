//! Parsers of foreign formats in a process of their own, so that a bad file costs that file only.
//!
//! Takes the bytes of a file; gives what a parser read, or the [`Fault`] that stopped it. Promises, where a child is used: a parser
//! that panics, overflows its stack, exhausts its memory or never ends is a fault of its file. Limits: [`MEMORY`] (on unix, by the
//! system), [`seconds`] of processor time (on unix) and three times as long by the clock everywhere.
//! Without a child a panic is caught and the stack is large, but time and memory are bounded by the parsers' own limits alone.

use super::problem::{Fault, Problem};
use super::table::{self, RawTable, TableFormat};
use super::text::{self, Document, TextFormat};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// The address space of a child, in bytes.
pub const MEMORY: u64 = 1 << 30;
/// The stack of a parser, in bytes.
pub(super) const STACK: usize = 64 << 20;
/// The most bytes of an answer.
const LONGEST_ANSWER: u64 = 512 << 20;
/// The most bytes that are kept of what a child says in dying.
const LONGEST_COMPLAINT: u64 = 4096;

/// Processor time for a file of that many bytes: eight seconds for each megabyte begun, two minutes at most.
pub fn seconds(bytes: usize) -> u64 {
    (8 * (1 + (bytes as u64 >> 20))).min(120)
}

/// Where the parsers of foreign formats run.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum Isolation {
    /// In this process.
    #[default]
    None,
    /// In children of this program, which answers to [`serve`] when it is called with `arguments` and what [`serve`] needs.
    Child {
        /// The program, as a rule the running one.
        program: PathBuf,
        /// What makes it answer.
        arguments: Vec<OsString>,
    },
}

impl Isolation {
    /// Children of the running program, called with `argument`.
    ///
    /// # Errors
    /// Where the system does not know the running program.
    pub fn of_this_program(argument: &str) -> std::io::Result<Self> {
        Ok(Self::Child { program: std::env::current_exe()?, arguments: vec![argument.into()] })
    }

    /// A document, in whatever format it is; what is wrong with it, and what its reader should know, goes to `problems`.
    pub fn document(&self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Document> {
        let read = || {
            if bytes.is_empty() {
                return Err(Fault::NoText);
            }
            let document = self.text(text::format_of(file, bytes)?, bytes)?;
            if document.text.trim().is_empty() { Err(Fault::NoText) } else { Ok(document) }
        };
        match read() {
            Ok(document) => {
                problems.extend(document.notes.iter().map(|note| Problem::in_file(file, note.clone())));
                Some(document)
            }
            Err(fault) => {
                problems.push(Problem::in_file(file, fault));
                None
            }
        }
    }

    /// The text of `bytes`, which `format` is to read.
    ///
    /// # Errors
    /// The [`Fault`] that keeps the file from being read.
    pub fn text(&self, format: &'static dyn TextFormat, bytes: &[u8]) -> Result<Document, Fault> {
        text::check_size(bytes)?;
        if !format.isolated() {
            return format.read(bytes);
        }
        let task = Task { kind: "text", format: format.endings()[0], file: "" };
        match self.ask(task, bytes)? {
            Answer::Text(read) => read,
            Answer::Table(..) => Err(Fault::ParserFailed { reason: "the parser answered something else".into() }),
        }
    }

    /// The table of `bytes`, which `format` is to read; faults go to `problems`.
    pub fn table(
        &self,
        format: &'static dyn TableFormat,
        file: &str,
        bytes: &[u8],
        problems: &mut Vec<Problem>,
    ) -> RawTable {
        if !format.isolated() {
            return format.read(file, bytes, problems);
        }
        let task = Task { kind: "table", format: format.extension(), file };
        let fault = match self.ask(task, bytes) {
            Ok(Answer::Table(table, found)) => {
                problems.extend(found);
                return table;
            }
            Ok(Answer::Text(Ok(_))) => Fault::ParserFailed { reason: "the parser answered something else".into() },
            Ok(Answer::Text(Err(fault))) | Err(fault) => fault,
        };
        problems.push(Problem::in_file(file, fault));
        RawTable::default()
    }

    fn ask(&self, task: Task, bytes: &[u8]) -> Result<Answer, Fault> {
        match self {
            Self::None => std::thread::scope(|scope| {
                let parser = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || task.perform(bytes));
                let parser = parser.map_err(|error| Fault::ParserFailed { reason: error.to_string() })?;
                parser.join().map_err(|panic| Fault::ParserFailed { reason: panic_message(panic.as_ref()) })
            }),
            Self::Child { program, arguments } => {
                let child = Command::new(program)
                    .args(arguments)
                    .args([task.kind, task.format, task.file])
                    .stdin(Stdio::piped())
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .map_err(|error| Fault::ParserFailed { reason: error.to_string() })?;
                converse(child, bytes)
            }
        }
    }
}

/// What is to be read, and how.
#[derive(Debug, Clone, Copy)]
struct Task<'a> {
    kind: &'a str,
    format: &'a str,
    file: &'a str,
}

impl Task<'_> {
    fn perform(self, bytes: &[u8]) -> Answer {
        let unknown = || Fault::ParserFailed { reason: format!("no parser for {} {}", self.kind, self.format) };
        if self.kind == "table" {
            let mut problems = Vec::new();
            return match table::format(self.format) {
                Some(format) => Answer::Table(format.read(self.file, bytes, &mut problems), problems),
                None => Answer::Text(Err(unknown())),
            };
        }
        Answer::Text(text::format(self.format).ok_or_else(unknown).and_then(|format| format.read(bytes)))
    }
}

/// What a parser gives.
#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Text(Result<Document, Fault>),
    Table(RawTable, Vec<Problem>),
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}

/// Gives the child its bytes and waits for its answer, no longer than it may take.
fn converse(mut child: Child, bytes: &[u8]) -> Result<Answer, Fault> {
    let failed = |reason: &str| Fault::ParserFailed { reason: reason.to_owned() };
    let (Some(mut input), Some(output), Some(complaints)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(failed("no pipes"));
    };
    let limit = seconds(bytes.len());
    let (sender, answer) = mpsc::channel();
    std::thread::scope(|scope| {
        // A child that has gone does not read on; what it says in dying tells why.
        scope.spawn(move || input.write_all(bytes));
        let complaint = scope.spawn(move || {
            let mut complaints = complaints;
            let mut kept = Vec::new();
            let _ = complaints.by_ref().take(LONGEST_COMPLAINT).read_to_end(&mut kept);
            let _ = std::io::copy(&mut complaints, &mut std::io::sink());
            String::from_utf8_lossy(&kept).into_owned()
        });
        scope.spawn(move || {
            let mut read = Vec::new();
            let done = output.take(LONGEST_ANSWER).read_to_end(&mut read);
            let _ = sender.send(done.map(|_| read));
        });
        let read = answer.recv_timeout(Duration::from_secs(3 * limit));
        // In every case: a child that has answered is ending, one that has not is to end.
        if read.is_err() {
            let _ = child.kill();
        }
        let status = child.wait().map_err(|error| failed(&error.to_string()))?;
        let complaint = complaint.join().unwrap_or_default();
        let Ok(read) = read else { return Err(Fault::TooSlow { seconds: limit }) };
        if status.success() {
            let read = read.map_err(|error| failed(&error.to_string()))?;
            return serde_json::from_slice(&read).map_err(|error| failed(&error.to_string()));
        }
        Err(cause(&status, &complaint, limit))
    })
}

/// Why a child ended without an answer.
fn cause(status: &std::process::ExitStatus, complaint: &str, limit: u64) -> Fault {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        /// The signals of used up processor time: SIGXCPU, and SIGKILL at the hard limit.
        const OUT_OF_TIME: [i32; 2] = [24, 9];
        if status.signal().is_some_and(|signal| OUT_OF_TIME.contains(&signal)) {
            return Fault::TooSlow { seconds: limit };
        }
    }
    if complaint.contains("memory allocation") || complaint.contains("capacity overflow") {
        return Fault::TooMuchMemory { megabytes: MEMORY >> 20 };
    }
    let said = complaint.lines().map(str::trim).find(|line| !line.is_empty());
    Fault::ParserFailed { reason: said.map_or_else(|| status.to_string(), str::to_owned) }
}

/// The child's side: reads a file from standard input and answers on standard output, under limits. `arguments` are those that
/// follow the program's own.
pub fn serve(arguments: &[String]) -> ExitCode {
    let [kind, format, file] = arguments else { return ExitCode::from(2) };
    let mut bytes = Vec::new();
    let served = limit_memory()
        .and_then(|()| std::io::stdin().lock().take(table::LARGEST_FILE + 1).read_to_end(&mut bytes))
        .and_then(|_| limit_time(seconds(bytes.len())));
    if let Err(error) = served {
        eprintln!("{error}");
        return ExitCode::from(3);
    }
    // The report of a panic goes into the answer.
    std::panic::set_hook(Box::new(|_| {}));
    let task = Task { kind, format, file };
    let answer = Isolation::None.ask(task, &bytes).unwrap_or_else(|fault| Answer::Text(Err(fault)));
    drop(bytes);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match serde_json::to_writer(&mut out, &answer).map_err(std::io::Error::from).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

#[cfg(unix)]
fn limit_memory() -> std::io::Result<()> {
    rlimit::setrlimit(rlimit::Resource::CORE, 0, 0)?;
    // Some systems know the limit but do not take it; the parsers' own bounds remain.
    if rlimit::Resource::AS.is_supported() && cfg!(target_os = "linux") {
        rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY)?;
    }
    Ok(())
}

#[cfg(unix)]
fn limit_time(seconds: u64) -> std::io::Result<()> {
    rlimit::setrlimit(rlimit::Resource::CPU, seconds, seconds + 1)
}

#[cfg(not(unix))]
fn limit_memory() -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn limit_time(_seconds: u64) -> std::io::Result<()> {
    Ok(())
}

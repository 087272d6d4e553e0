//! saual links parliamentary inquiries (*сауал*, депутатский запрос) to election promises, in Kazakh and Russian, and shows
//! promise by promise what evidence of work on it there is. It never says that a promise was kept.
//!
//! The whole line, from a project folder to the matrix, on four promises and three inquiries:
//!
//! ```
//! use saual::evidence::Status;
//! use saual::run::{Language, Settings, run};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let write = |file: &str, text: &str| std::fs::write(folder.path().join(file), text);
//! write("monitor.toml", "title = { kk = 'Мысал', ru = 'Пример', en = 'Example' }")?;
//! write("people.csv", "id,name_kk,name_ru,party\n\
//!     akbota,Ақбота Сырымқызы,Акбота Сырымкызы,\n\
//!     daniyar,Данияр Тасболат,Данияр Тасболат,\n")?;
//! write("promises.csv", "id,owner,lang,text\n\
//!     p1,akbota,kk,Ауылдарды таза ауыз сумен қамтамасыз етемін\n\
//!     p2,akbota,ru,Построю новую школу в районном центре\n\
//!     p3,daniyar,ru,Добьюсь ремонта дорог между сёлами\n\
//!     p4,daniyar,kk,Емханаларды жаңа жабдықпен жарақтандырамын\n")?;
//! write("inquiries.csv", "id,date,lang,initiator,cosigners,title,text,reply_text\n\
//!     q1,2026-02-03,ru,akbota,daniyar,О питьевой воде,В сёлах нет чистой питьевой воды. Прошу построить водопровод.,\n\
//!     q2,2026-03-05,kk,Данияр Тасболат,,Жол жөндеу туралы,Ауыл арасындағы жолдар тозған. Жолды жөндеуді сұраймын.,Жөндеу жоспарға енгізілді.\n\
//!     q3,2026-04-07,kk,akbota,,Кітапхана туралы,Кітапханаға жаңа кітаптар алуды сұраймын.,\n")?;
//!
//! let run = run(folder.path(), &Language::bundled()?, &Settings::default(), &|_| {})?;
//!
//! // A promise in Kazakh and an inquiry in Russian meet; a reply lifts the promise to `answered`, never higher.
//! let status = |promise: &str| run.matrix.cells.iter().find(|cell| cell.promise().as_str() == promise).map(|cell| cell.status());
//! assert_eq!(status("p1"), Some(Status::Initiated));
//! assert_eq!(status("p2"), Some(Status::NoEvidence));
//! assert_eq!(status("p3"), Some(Status::Answered));
//!
//! // Every score is the sum of its explanation.
//! assert!(run.links.iter().all(|link| (link.explanation.sum() - link.score).abs() < 1e-9));
//! # Ok(())
//! # }
//! ```
//!
//! The rooms, in the order in which data flow through them, are the modules below; each imports only those above it.

pub mod span;
pub mod id;
pub mod error;
pub mod locale;

pub mod ingest;
pub mod analysis;
pub mod people;
pub mod programme;
pub mod index;
pub mod embedding;
pub mod retrieval;
pub mod topics;
pub mod linking;
pub mod evidence;
pub mod audit;
pub mod run;
pub mod report;

pub mod evaluation;
pub mod training;
#[cfg(feature = "review")]
pub mod review;

#[cfg(feature = "cli")]
pub mod cli;

pub use error::{Error, Result};

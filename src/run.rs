//! One deterministic execution of the whole line, from a project to the matrix and the audit.
//!
//! Takes a [`Project`] whose people are resolved; gives a [`Run`] with everything that was computed and its manifest.
//! Promises: the same project, settings and models give the same run, at any number of threads.
//! Knows nothing of: how it is written or shown.

mod bench;

pub use bench::Bench;

use crate::analysis::{Analyzer, Glossary};
use crate::audit::{Audit, Declarations};
use crate::embedding::{Choice, EmbeddingError, StaticVectors};
use crate::evidence::{EvidenceMatrix, InDistrict, Rollup, Verdicts, district};
use crate::ingest::{self, Inquiry, InquiryTopics, Isolation, Problem, Project};
use crate::linking::{Link, LinkModel, Reading, Zone, Zones};
use crate::people::LedgerEntry;
use crate::programme::{self, Clause};
use crate::retrieval::Candidate;
use crate::topics::{Taxonomy, TopicModel, TopicScore};
use crate::{Error, Result, people, topics};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Inquiries that are linked before their links are put to the others.
const BLOCK: usize = 512;

/// How a run is to be done.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Settings {
    /// The link model; the bundled one where there is none.
    pub model: Option<LinkModel>,
    /// The topic model; the bundled one where there is none.
    pub topic_model: Option<TopicModel>,
    /// Candidates of other owners for each inquiry, besides all those in scope.
    pub beyond: usize,
    /// What reads the meaning of texts.
    pub encoder: Choice,
    /// The folder for the index; in memory where there is none.
    pub cache: Option<PathBuf>,
    /// Go on without the rows that have problems.
    pub keep_going: bool,
    /// What people decided about links.
    pub verdicts: Verdicts,
    /// What reviewers settled about topics: in the place of the project's rows on the same inquiries.
    pub settled_topics: Vec<InquiryTopics>,
    /// Where the parsers of foreign formats run.
    pub isolation: Isolation,
}

impl Settings {
    /// The same settings with an index folder.
    #[must_use]
    pub fn with_cache(mut self, folder: impl Into<PathBuf>) -> Self {
        self.cache = Some(folder.into());
        self
    }

    /// The same settings, with bad rows left out instead of refused.
    #[must_use]
    pub fn keep_going(mut self, keep_going: bool) -> Self {
        self.keep_going = keep_going;
        self
    }

    /// The same settings with what people decided about links.
    #[must_use]
    pub fn with_verdicts(mut self, verdicts: Verdicts) -> Self {
        self.verdicts = verdicts;
        self
    }

    /// The same settings with what reviewers settled about topics.
    #[must_use]
    pub fn with_settled_topics(mut self, settled: Vec<InquiryTopics>) -> Self {
        self.settled_topics = settled;
        self
    }

    /// The same settings with the parsers of foreign formats elsewhere.
    #[must_use]
    pub fn with_isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = isolation;
        self
    }

    /// The same settings with another link model.
    #[must_use]
    pub fn with_model(mut self, model: LinkModel) -> Self {
        self.model = Some(model);
        self
    }

    /// The same settings with another topic model.
    #[must_use]
    pub fn with_topic_model(mut self, model: TopicModel) -> Self {
        self.topic_model = Some(model);
        self
    }

    /// The same settings with candidates from everybody's promises.
    #[must_use]
    pub fn with_beyond(mut self, candidates: usize) -> Self {
        self.beyond = candidates;
        self
    }
}

/// The tables that read texts, shared by all runs of a program.
#[derive(Clone)]
pub struct Language {
    /// Words and stems.
    pub analyzer: Arc<Analyzer>,
    /// Concepts of both languages.
    pub glossary: Arc<Glossary>,
}

impl Language {
    /// The bundled tables.
    ///
    /// # Errors
    /// [`Error::Model`]
    pub fn bundled() -> Result<Self> {
        let analyzer = Arc::new(Analyzer::default());
        let glossary = Arc::new(Glossary::bundled(&analyzer)?);
        Ok(Self { analyzer, glossary })
    }
}

/// A project whose mentions are ids, with everything that had to be left out.
#[derive(Debug)]
pub struct Prepared {
    /// The project.
    pub project: Project,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// What each mention was taken for.
    pub ledger: Vec<LedgerEntry>,
    /// Problems of files, references and declarations.
    pub problems: Vec<Problem>,
}

/// Reads and checks a project folder, with every parser in this process: [`prepare_with`].
///
/// # Errors
/// [`Error::File`] where there is no such folder.
pub fn prepare(folder: &Path, language: &Language) -> Result<Prepared> {
    prepare_with(folder, language, &Isolation::None)
}

/// Reads and checks a project folder: everything that `saual check` does. `isolation` says where the parsers of foreign formats run.
///
/// # Errors
/// [`Error::File`] where there is no such folder.
pub fn prepare_with(folder: &Path, language: &Language, isolation: &Isolation) -> Result<Prepared> {
    let ingest::Loaded { mut project, mut problems } = ingest::load_with(folder, isolation)?;
    let (ledger, dangling) = people::resolve(&mut project);
    problems.extend(dangling);
    let vectors = StaticVectors::bundled().map_err(EmbeddingError::from)?;
    let meaning = |text: &str| vectors.vector(text);
    let tools =
        programme::Tools { analyzer: &language.analyzer, glossary: &language.glossary, meaning: Some(&meaning) };
    let clauses = programme::clauses(&project, &tools)?;
    classify(&mut project, &clauses);
    problems.extend(programme::check_references(&mut project, &clauses));
    let faulty = |file: &str, error: Error| match error {
        Error::Model { message: reason, line, .. } => {
            let problem = Problem::in_file(file, ingest::Fault::NotToml { reason });
            line.map_or(problem.clone(), |line| problem.at_line(line))
        }
        other => Problem::in_file(file, ingest::Fault::NotToml { reason: other.to_string() }),
    };
    let mut own = None;
    if let Some(source) = &project.topics {
        match Taxonomy::parse(&source.text, &source.file, &language.analyzer) {
            Ok(taxonomy) => own = Some(taxonomy),
            Err(error) => {
                problems.push(faulty(&source.file, error));
                project.topics = None;
            }
        }
    }
    if !project.inquiry_topics.is_empty() {
        let taxonomy = own.map_or_else(|| Taxonomy::bundled(&language.analyzer), Ok)?;
        problems.extend(topics::decided::check(&mut project, &taxonomy));
    }
    if project.audit.is_some()
        && let Err(error) = Declarations::of(&project)
    {
        problems.push(faulty("audit.toml", error));
        project.audit = None;
    }
    ingest::problem::sort(&mut problems);
    Ok(Prepared { project, clauses, ledger, problems })
}

/// Fills the class of people's programmes that came as texts, where the table does not declare it.
fn classify(project: &mut Project, clauses: &[Clause]) {
    let people: std::collections::BTreeSet<&str> = project.people.iter().map(|person| person.id.as_str()).collect();
    for programme in &mut project.programmes {
        if programme.origin.is_none() && !programme.text.is_empty() && people.contains(programme.owner.as_str()) {
            programme.origin = programme::class(clauses, &programme.owner);
        }
    }
}

/// What a run was made of: enough to make it again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Manifest {
    /// The program's version.
    pub saual: &'static str,
    /// BLAKE3 hashes of the project's files.
    pub inputs: BTreeMap<String, String>,
    /// The link model's version.
    pub link_model: String,
    /// Hash of the link model's weights and calibration.
    pub link_model_hash: String,
    /// The least probability of each zone: the model's own or what `--max-false` makes of them.
    pub zones: Zones,
    /// What read the meaning of texts.
    pub encoder: String,
    /// Hash of the taxonomy.
    pub taxonomy: String,
    /// The topic model's version.
    pub topic_model: String,
    /// Hash of the analyzer's tables.
    pub analyzer: String,
    /// Candidates of other owners for each inquiry.
    pub beyond: usize,
    /// Rows and references left out because of problems.
    pub left_out: usize,
    /// Rows of each output.
    pub counts: BTreeMap<&'static str, usize>,
}

/// Everything that a run found.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is what its type says")]
pub struct Run {
    pub project: Project,
    pub clauses: Vec<Clause>,
    /// By inquiry in the project's order, then by clause.
    pub links: Vec<Link>,
    /// `none[i]` is the probability that `project.inquiries[i]` pursues no promise of its initiator or the initiator's party.
    pub none: Vec<f64>,
    /// `topics[i]` are the scores of `project.inquiries[i]`.
    pub topics: Vec<Vec<TopicScore>>,
    pub taxonomy: Taxonomy,
    pub matrix: EvidenceMatrix,
    pub verdicts: Verdicts,
    /// `districts[i]` tells whether `project.meetings[i]` was in its deputy's district.
    pub districts: Vec<Option<InDistrict>>,
    pub rollup: Rollup,
    pub declarations: Declarations,
    pub audit: Audit,
    pub ledger: Vec<LedgerEntry>,
    pub problems: Vec<Problem>,
    pub manifest: Manifest,
}

/// A step of a run, for those who watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Clauses and inquiries are being read.
    Reading,
    /// Texts are being turned into vectors: done, of all.
    Encoding(usize, usize),
    /// The index is being opened or built.
    Indexing,
    /// Inquiries are being linked: done, of all.
    Linking(usize, usize),
    /// Evidence and audit are being drawn up.
    Weighing,
}

/// Reads the project in `folder` and runs the whole line; `watch` hears of each step, from any thread.
///
/// # Errors
/// [`Error::Problems`] where the tables have errors and `settings` do not say to go on; files, models and the index.
pub fn run(folder: &Path, language: &Language, settings: &Settings, watch: &(dyn Fn(Step) + Sync)) -> Result<Run> {
    let prepared = prepare_with(folder, language, &settings.isolation)?;
    let errors = ingest::problem::errors(&prepared.problems);
    if errors > 0 && !settings.keep_going {
        return Err(Error::Problems { errors });
    }
    complete(prepared, language, settings, watch)
}

/// Runs the whole line on a prepared project.
///
/// # Errors
/// Models and the index.
pub fn complete(
    prepared: Prepared,
    language: &Language,
    settings: &Settings,
    watch: &(dyn Fn(Step) + Sync),
) -> Result<Run> {
    let Prepared { mut project, clauses, ledger, problems } = prepared;
    topics::decided::put(&mut project.inquiry_topics, &project.inquiries, &settings.settled_topics);
    let bench = Bench::new(&project, &clauses, language, settings, watch)?;
    let done = std::sync::atomic::AtomicUsize::new(0);
    let all = project.inquiries.len();
    let linker = bench.linker(&clauses)?;
    let candidates = bench.candidates(&project, &clauses, settings.beyond)?;
    let link = |((inquiry, reading), candidates): ((&Inquiry, &Reading), &Vec<Candidate>)| {
        let links = linker.link(inquiry, reading, candidates);
        watch(Step::Linking(1 + done.fetch_add(1, std::sync::atomic::Ordering::Relaxed), all));
        links
    };
    let of_initiator = |link: &&Link| link.role == crate::retrieval::Role::Initiator;
    let mut links: Vec<Link> = Vec::with_capacity(candidates.iter().map(Vec::len).sum());
    let mut none = Vec::with_capacity(all);
    // A block at a time, so that all links never stand in memory twice.
    let blocks = project.inquiries.chunks(BLOCK).zip(bench.inquiries.chunks(BLOCK)).zip(candidates.chunks(BLOCK));
    for ((inquiries, readings), candidates) in blocks {
        let linked: Vec<Vec<Link>> = inquiries.par_iter().zip(readings).zip(candidates).map(link).collect();
        for of_inquiry in linked {
            none.push(bench.model.none(of_inquiry.iter().filter(of_initiator).map(|link| link.probability)));
            links.extend(of_inquiry);
        }
    }
    watch(Step::Weighing);
    let mut topics = bench.topics(&linker);
    topics::decided::apply(&project, &mut topics);
    let matrix = EvidenceMatrix::new(&project, &clauses, &links, &settings.verdicts);
    let rollup = Rollup::new(&project, &matrix, &topics);
    let districts = district::of_meetings(&project, &language.analyzer, &bench.gazetteer);
    let declarations = Declarations::of(&project)?;
    let audit = Audit::new(&project, &declarations);
    let mut manifest = Manifest {
        saual: env!("CARGO_PKG_VERSION"),
        inputs: project.files.clone(),
        link_model: bench.model.version.clone(),
        link_model_hash: weights_hash(&bench.model)?,
        zones: bench.model.zones,
        encoder: bench.encoder.clone(),
        taxonomy: bench.taxonomy.fingerprint.clone(),
        topic_model: bench.topic_model.version.clone(),
        analyzer: language.analyzer.fingerprint(),
        beyond: settings.beyond,
        left_out: ingest::problem::errors(&problems),
        counts: BTreeMap::from([
            ("people", project.people.len()),
            ("clauses", clauses.len()),
            ("inquiries", project.inquiries.len()),
            ("links", links.len()),
            ("suggested", links.iter().filter(|link| link.zone == Zone::Suggest).count()),
            ("checks", audit.checks.len()),
            ("audit_findings", audit.findings().count()),
        ]),
    };
    if !settings.verdicts.is_empty() {
        manifest.inputs.insert("decisions".to_owned(), settings.verdicts.fingerprint());
        manifest.counts.insert("judged", settings.verdicts.len());
    }
    if !settings.settled_topics.is_empty() {
        let hash = topics::decided::fingerprint(&settings.settled_topics);
        manifest.inputs.insert("topic_decisions".to_owned(), hash);
    }
    if !project.inquiry_topics.is_empty() {
        manifest.counts.insert("topics_decided", project.inquiry_topics.len());
    }
    let taxonomy = bench.taxonomy;
    Ok(Run {
        project,
        clauses,
        links,
        none,
        topics,
        taxonomy,
        matrix,
        verdicts: settings.verdicts.clone(),
        districts,
        rollup,
        declarations,
        audit,
        ledger,
        problems,
        manifest,
    })
}

/// The hash of a link model but for its thresholds, which the manifest states.
fn weights_hash(model: &LinkModel) -> Result<String> {
    let zones = Zones { suggest: 1.0, review: 1.0 };
    let model = LinkModel { zones, ..model.clone() };
    Ok(blake3::hash(model.to_toml()?.as_bytes()).to_hex()[..16].to_owned())
}

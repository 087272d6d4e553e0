//! Where decisions are kept: `decisions.sqlite`, append-only, one writer, a write-ahead log flushed with every commit.
//!
//! Takes drafts and decisions; gives decisions back. Promises: what [`Store::append`] returned is on the disk; no statement
//! of this connection alters or deletes a decision, and no statement of any other passes the triggers.
//! Knows nothing of: projects, pages, who may decide.

pub mod error;
pub mod people;
pub mod schema;

pub use error::StoreError;
pub use people::Account;

use super::decision::{Decision, Draft, Kind, Role};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file's name in a project's folder.
pub const FILE: &str = "decisions.sqlite";

const COLUMNS: &str = "id, at, reviewer, role, kind, inquiry, clause, grade, comment, reason, covered, revokes, probability, model, blind, key, topics";

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

/// What a merge did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Merged {
    /// Decisions that were new.
    pub added: usize,
    /// Decisions that were there already.
    pub known: usize,
}

impl Store {
    /// Opens the store at `path`, making or migrating it.
    ///
    /// # Errors
    /// [`StoreError::NotAStore`], [`StoreError::Newer`], [`StoreError::Sqlite`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "trusted_schema", "OFF")?;
        schema::migrate(&mut connection, path)?;
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.authorizer(Some(append_only))?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Opens the store of the project in `folder`.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn of_project(folder: &Path) -> Result<Self, StoreError> {
        Self::open(&folder.join(FILE))
    }

    /// The store of the project in `folder`, where there is one.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn existing(folder: &Path) -> Result<Option<Self>, StoreError> {
        let path = folder.join(FILE);
        if path.exists() { Self::open(&path).map(Some) } else { Ok(None) }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps `drafts` of one reviewer, all or none. On return they are on the disk. A draft whose key the reviewer used
    /// before is not kept again: the decision that it made then is given.
    ///
    /// # Errors
    /// [`StoreError::Invalid`], [`StoreError::KeyReused`], [`StoreError::Sqlite`].
    pub fn append(&mut self, reviewer: &str, role: Role, drafts: Vec<Draft>) -> Result<Vec<Decision>, StoreError> {
        let drafts = drafts.into_iter().map(Draft::checked).collect::<Result<Vec<_>, _>>()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut kept = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if let Some(known) = by_key(&transaction, reviewer, &draft.key)? {
                if known.draft != draft {
                    return Err(StoreError::KeyReused { key: draft.key });
                }
                kept.push(known);
                continue;
            }
            let decision = Decision::new(next_moment(&transaction)?, reviewer, role, draft).verified()?;
            insert(&transaction, &decision)?;
            kept.push(decision);
        }
        transaction.commit()?;
        Ok(kept)
    }

    /// Takes back the latest standing decision of `reviewer` and those that were kept with it for near-equal inquiries (keys
    /// `K`, `K.g1`, `K.g2` …): undos are kept, nothing is deleted. Gives the undos and the decisions that they take back.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`] and as [`Store::append`].
    pub fn undo(&mut self, reviewer: &str, role: Role, key: &str) -> Result<Vec<(Decision, Decision)>, StoreError> {
        let of_key = |name: &str| format!("({name} = ?2 OR substr({name}, 1, length(?2) + 2) = ?2 || '.g')");
        let again = self.select_with(
            &format!(
                "SELECT {COLUMNS} FROM decisions WHERE reviewer = ?1 AND kind = 'undo' AND {} ORDER BY at, id",
                of_key("key")
            ),
            &[reviewer, key],
        )?;
        if !again.is_empty() {
            return self.with_taken(again);
        }
        let standing = "reviewer = ?1 AND kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions AS undo \
             WHERE undo.kind = 'undo' AND undo.revokes = decisions.id AND undo.reviewer = ?1)";
        let latest = format!("SELECT {COLUMNS} FROM decisions WHERE {standing} ORDER BY at DESC, id DESC LIMIT 1");
        let latest = self.select_with(&latest, &[reviewer])?.pop().ok_or(StoreError::NothingToUndo)?;
        let base = latest.draft.key.rsplit_once(".g").map_or(latest.draft.key.as_str(), |(base, _)| base);
        let together =
            format!("SELECT {COLUMNS} FROM decisions WHERE {standing} AND {} ORDER BY at, id", of_key("key"));
        let together = self.select_with(&together, &[reviewer, base])?;
        let draft = |(place, taken): (usize, Decision)| {
            let key = if place == 0 { key.to_owned() } else { format!("{key}.g{place}") };
            Draft { revokes: Some(taken.id), ..Draft::new(Kind::Undo, key) }
        };
        let drafts = together.into_iter().enumerate().map(draft).collect();
        let undos = self.append(reviewer, role, drafts)?;
        self.with_taken(undos)
    }

    fn with_taken(&self, undos: Vec<Decision>) -> Result<Vec<(Decision, Decision)>, StoreError> {
        let pair = |undo: Decision| {
            let taken = undo.draft.revokes.as_deref().map(|id| self.decision(id)).transpose()?.flatten();
            taken.map(|taken| (undo, taken)).ok_or(StoreError::NothingToUndo)
        };
        undos.into_iter().map(pair).collect()
    }

    /// Adds decisions made elsewhere: those that are there already are counted and left. Any order, any number of times,
    /// gives the same store.
    ///
    /// # Errors
    /// [`StoreError::Altered`], [`StoreError::Invalid`]: then nothing is added.
    pub fn merge(&mut self, decisions: impl IntoIterator<Item = Decision>) -> Result<Merged, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut merged = Merged::default();
        for decision in decisions {
            let decision = decision.verified()?;
            let known = transaction
                .prepare_cached("SELECT 1 FROM decisions WHERE id = ?1")?
                .query_row([&decision.id], |_| Ok(()))
                .optional()?;
            if known.is_some() {
                merged.known += 1;
            } else {
                insert(&transaction, &decision)?;
                merged.added += 1;
            }
        }
        transaction.commit()?;
        Ok(merged)
    }

    /// The decision of that id.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn decision(&self, id: &str) -> Result<Option<Decision>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM decisions WHERE id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], read).optional()?)
    }

    /// Every decision, by time.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn all(&self) -> Result<Vec<Decision>, StoreError> {
        self.select(&format!("SELECT {COLUMNS} FROM decisions ORDER BY at, id"))
    }

    /// What stands: of every reviewer the latest word on each pair that was not taken back. The view `standing`.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn standing(&self) -> Result<Vec<Decision>, StoreError> {
        self.select(&format!("SELECT {COLUMNS} FROM standing ORDER BY at, id"))
    }

    fn select(&self, sql: &str) -> Result<Vec<Decision>, StoreError> {
        self.select_with(sql, &[])
    }

    fn select_with(&self, sql: &str, values: &[&str]) -> Result<Vec<Decision>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(values), read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A number that changes when another connection has written.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    /// Checks the file and every decision's content against its id; gives what is wrong.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] where it cannot even be read.
    pub fn faults(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let mut faults: Vec<String> = lines.into_iter().filter(|line| line != "ok").collect();
        let altered = self.all()?.into_iter().filter_map(|decision| decision.verified().err());
        faults.extend(altered.map(|error| error.to_string()));
        Ok(faults)
    }

    /// Writes a copy of the store to `to` while others go on writing. The copy appears whole or not at all.
    ///
    /// # Errors
    /// [`StoreError::File`] where `to` is there already.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if to.exists() {
            return Err(StoreError::file(to)(std::io::ErrorKind::AlreadyExists.into()));
        }
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = to.with_file_name(name);
        let _ = std::fs::remove_file(&part);
        {
            let mut copy = Connection::open(&part)?;
            let backup = rusqlite::backup::Backup::new(&self.connection, &mut copy)?;
            backup.run_to_completion(256, Duration::from_millis(1), None)?;
        }
        std::fs::File::open(&part).and_then(|file| file.sync_all()).map_err(StoreError::file(&part))?;
        std::fs::rename(&part, to).map_err(StoreError::file(to))
    }
}

/// What this program's own connections may do with decisions: read and insert.
fn append_only(context: AuthContext<'_>) -> Authorization {
    let forbidden = match context.action {
        AuthAction::Delete { table_name } | AuthAction::Update { table_name, .. } => table_name == "decisions",
        AuthAction::DropTable { .. }
        | AuthAction::DropTrigger { .. }
        | AuthAction::DropView { .. }
        | AuthAction::AlterTable { .. }
        | AuthAction::Attach { .. } => true,
        _ => false,
    };
    if forbidden { Authorization::Deny } else { Authorization::Allow }
}

fn by_key(connection: &Connection, reviewer: &str, key: &str) -> Result<Option<Decision>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE reviewer = ?1 AND key = ?2 ORDER BY at, id LIMIT 1");
    Ok(connection.prepare_cached(&sql)?.query_row([reviewer, key], read).optional()?)
}

/// Now, but after everything in the store: a clock set back does not reorder decisions.
fn next_moment(transaction: &Transaction<'_>) -> Result<String, StoreError> {
    let last: Option<String> =
        transaction.prepare_cached("SELECT max(at) FROM decisions")?.query_row([], |row| row.get(0))?;
    let now = jiff::Timestamp::now();
    let after = last.and_then(|last| last.parse::<jiff::Timestamp>().ok());
    let after = after.and_then(|last| last.checked_add(jiff::SignedDuration::from_micros(1)).ok());
    // A date from the far future, merged from elsewhere, is not followed.
    let tomorrow = now.checked_add(jiff::SignedDuration::from_hours(24)).unwrap_or(now);
    let moment = after.filter(|after| *after > now && *after < tomorrow).unwrap_or(now);
    Ok(format!("{moment:.6}"))
}

fn insert(transaction: &Transaction<'_>, decision: &Decision) -> Result<(), StoreError> {
    let Decision { id, at, reviewer, role, draft } = decision;
    let covered = serde_json::to_string(&draft.covered).map_err(|_| StoreError::Invalid { what: "covered" })?;
    let topics = serde_json::to_string(&draft.topics).map_err(|_| StoreError::Invalid { what: "topics" })?;
    transaction
        .prepare_cached(&format!(
            "INSERT INTO decisions ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
        ))?
        .execute(params![
            id,
            at,
            reviewer,
            role.code(),
            draft.kind.code(),
            draft.inquiry,
            draft.clause,
            draft.grade,
            draft.comment,
            draft.reason,
            covered,
            draft.revokes,
            draft.probability,
            draft.model,
            draft.blind,
            draft.key,
            topics
        ])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let unknown = |column: usize| rusqlite::Error::InvalidColumnType(column, "code".into(), Type::Text);
    let code = |column: usize| row.get::<_, String>(column);
    let (role, kind, covered, topics) = (code(3)?, code(4)?, code(10)?, code(16)?);
    let role = Role::ALL.iter().find(|(name, _)| *name == role).map(|(_, role)| *role).ok_or_else(|| unknown(3))?;
    let kind = Kind::ALL.iter().find(|(name, _)| *name == kind).map(|(_, kind)| *kind).ok_or_else(|| unknown(4))?;
    Ok(Decision {
        id: row.get(0)?,
        at: row.get(1)?,
        reviewer: row.get(2)?,
        role,
        draft: Draft {
            kind,
            inquiry: row.get(5)?,
            clause: row.get(6)?,
            grade: row.get(7)?,
            comment: row.get(8)?,
            reason: row.get(9)?,
            covered: serde_json::from_str(&covered).map_err(|_| unknown(10))?,
            revokes: row.get(11)?,
            probability: row.get(12)?,
            model: row.get(13)?,
            topics: serde_json::from_str(&topics).map_err(|_| unknown(16))?,
            blind: row.get(14)?,
            key: row.get(15)?,
        },
    })
}

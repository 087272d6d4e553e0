//! The tables of `decisions.sqlite`, one step a released version. A step once released is never edited; a new one is added.

use super::StoreError;
use rusqlite::Connection;
use std::path::Path;

/// `application_id` of a decisions store: "saua".
pub const APPLICATION: i32 = 0x7361_7561;

/// The newest version.
#[expect(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "a handful of steps")]
pub const NEWEST: i32 = STEPS.len() as i32;

/// What leads from one version to the next; step 0 leads from nothing to version 1.
const STEPS: [&str; 3] = [DECISIONS, PEOPLE, TOPICS];

/// Version 1. `decisions` can only grow: an update, a delete and a replacing insert fail in the database itself.
const DECISIONS: &str = "
CREATE TABLE decisions (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
  at TEXT NOT NULL CHECK (length(at) = 27),
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  role TEXT NOT NULL CHECK (role IN ('reviewer', 'lead')),
  kind TEXT NOT NULL CHECK (kind IN ('grade', 'none', 'skip', 'undo', 'resolve')),
  inquiry TEXT NOT NULL,
  clause TEXT,
  grade INTEGER CHECK (grade BETWEEN 0 AND 2),
  comment TEXT NOT NULL,
  reason TEXT NOT NULL,
  covered TEXT NOT NULL,
  revokes TEXT,
  probability REAL,
  model TEXT NOT NULL,
  blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  key TEXT NOT NULL CHECK (key <> ''),
  CHECK ((kind IN ('grade', 'resolve')) = (clause IS NOT NULL AND grade IS NOT NULL)),
  CHECK ((kind = 'undo') = (revokes IS NOT NULL)),
  CHECK (kind <> 'resolve' OR role = 'lead')
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_key ON decisions (reviewer, key);
CREATE INDEX decisions_at ON decisions (at, id);
CREATE INDEX decisions_revokes ON decisions (revokes) WHERE revokes IS NOT NULL;
CREATE TRIGGER decisions_not_altered BEFORE UPDATE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_not_deleted BEFORE DELETE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_not_replaced BEFORE INSERT ON decisions
  WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE VIEW standing AS
  SELECT * FROM (
    SELECT decisions.*, ROW_NUMBER() OVER (
      PARTITION BY reviewer, inquiry, coalesce(clause, ''), CASE kind WHEN 'grade' THEN 'opinion' WHEN 'none' THEN 'opinion' ELSE kind END
      ORDER BY at DESC, id DESC) AS place
    FROM decisions
    WHERE kind <> 'undo' AND NOT EXISTS (
      SELECT 1 FROM decisions AS undo
      WHERE undo.kind = 'undo' AND undo.revokes = decisions.id AND undo.reviewer = decisions.reviewer)
  ) WHERE place = 1;
";

/// Version 2: who reviews, with hashed tokens, and on what terms.
const PEOPLE: &str = "
CREATE TABLE reviewers (
  name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
  role TEXT NOT NULL CHECK (role IN ('reviewer', 'lead')),
  regions TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;
";

/// Version 3: decisions about topics. What a kind may be stands in a check, so the table is made anew and everything carried over.
const TOPICS: &str = "
DROP VIEW standing;
ALTER TABLE decisions RENAME TO decisions_before;
CREATE TABLE decisions (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
  at TEXT NOT NULL CHECK (length(at) = 27),
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  role TEXT NOT NULL CHECK (role IN ('reviewer', 'lead')),
  kind TEXT NOT NULL CHECK (kind IN ('grade', 'none', 'skip', 'undo', 'resolve', 'topics')),
  inquiry TEXT NOT NULL,
  clause TEXT,
  grade INTEGER CHECK (grade BETWEEN 0 AND 2),
  comment TEXT NOT NULL,
  reason TEXT NOT NULL,
  covered TEXT NOT NULL,
  revokes TEXT,
  probability REAL,
  model TEXT NOT NULL,
  blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  key TEXT NOT NULL CHECK (key <> ''),
  topics TEXT NOT NULL,
  CHECK ((kind = 'grade' OR (kind = 'resolve' AND topics = '[]')) = (clause IS NOT NULL AND grade IS NOT NULL)),
  CHECK (CASE kind WHEN 'topics' THEN topics <> '[]' WHEN 'resolve' THEN 1 ELSE topics = '[]' END),
  CHECK ((kind = 'undo') = (revokes IS NOT NULL)),
  CHECK (kind <> 'resolve' OR role = 'lead')
) STRICT, WITHOUT ROWID;
INSERT INTO decisions SELECT id, at, reviewer, role, kind, inquiry, clause, grade, comment, reason, covered, revokes, probability,
  model, blind, key, '[]' FROM decisions_before;
DROP TABLE decisions_before;
CREATE INDEX decisions_key ON decisions (reviewer, key);
CREATE INDEX decisions_at ON decisions (at, id);
CREATE INDEX decisions_revokes ON decisions (revokes) WHERE revokes IS NOT NULL;
CREATE TRIGGER decisions_not_altered BEFORE UPDATE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_not_deleted BEFORE DELETE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_not_replaced BEFORE INSERT ON decisions
  WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE VIEW standing AS
  SELECT * FROM (
    SELECT decisions.*, ROW_NUMBER() OVER (
      PARTITION BY reviewer, inquiry, coalesce(clause, ''), CASE kind WHEN 'grade' THEN 'opinion' WHEN 'none' THEN 'opinion' ELSE kind END
      ORDER BY at DESC, id DESC) AS place
    FROM decisions
    WHERE kind <> 'undo' AND NOT EXISTS (
      SELECT 1 FROM decisions AS undo
      WHERE undo.kind = 'undo' AND undo.revokes = decisions.id AND undo.reviewer = decisions.reviewer)
  ) WHERE place = 1;
";

/// Brings a store to the newest version, one step at a time, each in one transaction with its version number.
///
/// # Errors
/// [`StoreError::NotAStore`] for another program's file, [`StoreError::Newer`] for a later program's store.
pub fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    loop {
        let step = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let version: i32 = step.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let application: i32 = step.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        let tables: i64 = step.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if application != APPLICATION && (tables > 0 || version != 0 || application != 0) {
            return Err(StoreError::NotAStore { path: path.to_owned() });
        }
        if version > NEWEST {
            return Err(StoreError::Newer { path: path.to_owned(), found: version, known: NEWEST });
        }
        let Some(sql) = usize::try_from(version).ok().and_then(|version| STEPS.get(version)) else {
            return Ok(());
        };
        step.execute_batch(sql)?;
        step.pragma_update(None, "application_id", APPLICATION)?;
        step.pragma_update(None, "user_version", version + 1)?;
        step.commit()?;
    }
}

//! Who is there: sessions, the one-time token of the printed address, named reviewers with tokens of their own.

use super::guard::Bucket;
use crate::review::decision::Role;
use crate::review::desk::Reviewer;
use crate::review::store::people::random_hex;
use crate::review::store::{Store, StoreError};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A session ends when nothing was asked for so long …
pub const IDLE: Duration = Duration::from_secs(2 * 3600);
/// … and in any case after so long.
pub const LONGEST: Duration = Duration::from_secs(12 * 3600);
/// Most sessions at a time.
const MOST_SESSIONS: usize = 2000;

/// Who asks.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The reviewer.
    pub reviewer: Reviewer,
    /// What every writing form of the session carries; empty for a bearer token.
    pub csrf: String,
    /// True where the request carried a bearer token instead of a cookie.
    pub bearer: bool,
}

struct Session {
    visitor: Visitor,
    born: Instant,
    seen: Instant,
    bucket: Bucket,
}

/// What became of a request's credentials.
#[derive(Debug)]
pub enum Entry {
    /// Known.
    Known(Box<Visitor>),
    /// Nobody.
    Stranger,
    /// Known, but too often.
    TooOften,
}

/// The sessions of a server.
pub struct Access {
    /// The person at this machine, where nobody is named.
    local: Option<Reviewer>,
    inner: Mutex<Inner>,
}

struct Inner {
    sessions: HashMap<String, Session>,
    ticket: Option<String>,
    /// Wrong tokens: ten at once, then one in five seconds, of all comers together.
    tries: Bucket,
}

/// Tokens are looked up by their hash, so that the time of a look-up tells nothing of them.
fn hashed(token: &str) -> String {
    blake3::hash(token.as_bytes()).to_hex().to_string()
}

impl Access {
    /// Access for `local` by a one-time ticket, or for named reviewers alone.
    pub fn new(local: Option<Reviewer>) -> Self {
        let inner = Inner { sessions: HashMap::new(), ticket: None, tries: Bucket::new(10.0, 0.2) };
        Self { local, inner: Mutex::new(inner) }
    }

    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new ticket for the person at this machine; the one before no longer opens.
    ///
    /// # Errors
    /// Those of the system's random numbers.
    pub fn ticket(&self) -> Result<String, StoreError> {
        let ticket = random_hex(16)?;
        self.inner().ticket = Some(hashed(&ticket));
        Ok(ticket)
    }

    /// A session for whoever holds `token`: the ticket, which opens once, or the token of a named reviewer. Gives the session's
    /// cookie; `None` for a wrong token or too many tries.
    ///
    /// # Errors
    /// Those of the store.
    pub fn enter(
        &self,
        token: &str,
        store: impl FnOnce(&str) -> Result<Option<Reviewer>, StoreError>,
    ) -> Result<Option<String>, StoreError> {
        {
            let mut inner = self.inner();
            if !inner.tries.has_any() {
                return Ok(None);
            }
            if let Some(local) = &self.local
                && inner.ticket.as_deref() == Some(hashed(token).as_str())
            {
                inner.ticket = None;
                return inner.begin(local.clone(), false).map(Some);
            }
        }
        if let Some(reviewer) = store(token)? {
            return self.inner().begin(reviewer, false).map(Some);
        }
        self.inner().tries.take();
        Ok(None)
    }

    /// Who asks, by the session's cookie or a bearer token.
    ///
    /// # Errors
    /// Those of the store.
    pub fn who(
        &self,
        cookie: Option<&str>,
        bearer: Option<&str>,
        store: impl FnOnce(&str) -> Result<Option<Reviewer>, StoreError>,
    ) -> Result<Entry, StoreError> {
        let Some(token) = bearer.or(cookie) else { return Ok(Entry::Stranger) };
        let name = if bearer.is_some() { hashed(&format!("bearer {token}")) } else { hashed(token) };
        {
            let mut inner = self.inner();
            inner.sweep();
            if let Some(session) = inner.sessions.get_mut(&name) {
                session.seen = Instant::now();
                let known = if session.bucket.take() {
                    Entry::Known(Box::new(session.visitor.clone()))
                } else {
                    Entry::TooOften
                };
                return Ok(known);
            }
            if bearer.is_none() {
                return Ok(Entry::Stranger);
            }
            if !inner.tries.has_any() {
                return Ok(Entry::TooOften);
            }
        }
        let Some(reviewer) = store(token)? else {
            self.inner().tries.take();
            return Ok(Entry::Stranger);
        };
        let visitor = Visitor { reviewer, csrf: String::new(), bearer: true };
        self.inner().sessions.insert(name, Session::new(visitor.clone()));
        Ok(Entry::Known(Box::new(visitor)))
    }

    /// Ends a session.
    pub fn leave(&self, cookie: &str) {
        self.inner().sessions.remove(&hashed(cookie));
    }

    /// Ends the sessions of those who are no longer `active`.
    pub fn expel(&self, active: &dyn Fn(&str) -> bool) {
        self.inner().sessions.retain(|_, session| active(&session.visitor.reviewer.name));
    }
}

impl Session {
    fn new(visitor: Visitor) -> Self {
        let now = Instant::now();
        Self { visitor, born: now, seen: now, bucket: Bucket::new(120.0, 30.0) }
    }
}

impl Inner {
    fn begin(&mut self, reviewer: Reviewer, bearer: bool) -> Result<String, StoreError> {
        self.sweep();
        if self.sessions.len() >= MOST_SESSIONS
            && let Some(oldest) =
                self.sessions.iter().min_by_key(|(_, session)| session.seen).map(|(name, _)| name.clone())
        {
            self.sessions.remove(&oldest);
        }
        let cookie = random_hex(32)?;
        let visitor = Visitor { reviewer, csrf: random_hex(16)?, bearer };
        self.sessions.insert(hashed(&cookie), Session::new(visitor));
        Ok(cookie)
    }

    fn sweep(&mut self) {
        self.sessions.retain(|_, session| session.seen.elapsed() < IDLE && session.born.elapsed() < LONGEST);
    }
}

/// The reviewer of a token, as the store knows it.
///
/// # Errors
/// Those of the store.
pub fn by_token(store: &Store, token: &str) -> Result<Option<Reviewer>, StoreError> {
    let account = store.by_token(token)?;
    Ok(account.map(|account| Reviewer { name: account.name, role: account.role }))
}

/// True for a reviewer who may do what is for leads.
pub fn is_lead(visitor: &Visitor) -> bool {
    visitor.reviewer.role == Role::Lead
}

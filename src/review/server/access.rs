//! Who is there: sessions, the one-time token of the printed address, named reviewers with tokens of their own.

use super::guard::{Bucket, Buckets};
use crate::review::decision::Role;
use crate::review::desk::Reviewer;
use crate::review::store::people::random_hex;
use crate::review::store::{Account, StoreError};
use std::collections::HashMap;
use std::net::IpAddr;
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
    /// The account that opened it; nobody's for the person at this machine.
    account: Option<Account>,
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
    /// Too often, whoever it is.
    TooOften,
}

/// The sessions of a server.
pub struct Access {
    /// The person at this machine, where nobody is named.
    local: Option<Reviewer>,
    clock: Box<dyn Fn() -> Instant + Send + Sync>,
    inner: Mutex<Inner>,
}

struct Inner {
    sessions: HashMap<String, Session>,
    ticket: Option<String>,
    /// Wrong tokens of an address: ten at once, then one in five seconds.
    tries: Buckets,
    /// Requests of an address without a session.
    strangers: Buckets,
}

/// Tokens are looked up by their hash, so that the time of a look-up tells nothing of them.
fn hashed(token: &str) -> String {
    blake3::hash(token.as_bytes()).to_hex().to_string()
}

impl Access {
    /// Access for `local` by a one-time ticket, or for named reviewers alone.
    pub fn new(local: Option<Reviewer>) -> Self {
        Self::with_clock(local, Instant::now)
    }

    /// The same by a clock of the caller's.
    pub fn with_clock(local: Option<Reviewer>, clock: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        let (sessions, ticket) = (HashMap::new(), None);
        let (tries, strangers) = (Buckets::new(10.0, 0.2), Buckets::new(120.0, 30.0));
        Self { local, clock: Box::new(clock), inner: Mutex::new(Inner { sessions, ticket, tries, strangers }) }
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

    /// A session for whoever at `peer` holds `token`: the ticket, which opens once, or the token of a named reviewer, whose
    /// account `known` gives. Gives the session's cookie; `None` for a wrong token or too many tries.
    ///
    /// # Errors
    /// Those of the store.
    pub fn enter(
        &self,
        token: &str,
        peer: IpAddr,
        known: impl FnOnce(&str) -> Result<Option<Account>, StoreError>,
    ) -> Result<Option<String>, StoreError> {
        let now = (self.clock)();
        {
            let mut inner = self.inner();
            if !inner.tries.of(peer, now).has_any(now) {
                return Ok(None);
            }
            if let Some(local) = &self.local
                && inner.ticket.as_deref() == Some(hashed(token).as_str())
            {
                inner.ticket = None;
                return inner.begin(local.clone(), None, now).map(Some);
            }
        }
        if let Some(account) = known(token)? {
            return self.inner().begin(reviewer(&account), Some(account), now).map(Some);
        }
        self.inner().tries.of(peer, now).take(now);
        Ok(None)
    }

    /// Who asks from `peer`, by the session's cookie or a bearer token.
    ///
    /// # Errors
    /// Those of the store.
    pub fn who(
        &self,
        cookie: Option<&str>,
        bearer: Option<&str>,
        peer: IpAddr,
        known: impl FnOnce(&str) -> Result<Option<Account>, StoreError>,
    ) -> Result<Entry, StoreError> {
        let now = (self.clock)();
        let mut inner = self.inner();
        inner.sweep(now);
        let name = match (bearer, cookie) {
            (Some(token), _) => hashed(&format!("bearer {token}")),
            (None, Some(token)) => hashed(token),
            (None, None) => String::new(),
        };
        if let Some(session) = inner.sessions.get_mut(&name) {
            session.seen = now;
            let granted = session.bucket.take(now);
            return Ok(if granted { Entry::Known(Box::new(session.visitor.clone())) } else { Entry::TooOften });
        }
        let Some(token) = bearer else {
            let granted = inner.strangers.of(peer, now).take(now);
            return Ok(if granted { Entry::Stranger } else { Entry::TooOften });
        };
        if !inner.tries.of(peer, now).has_any(now) {
            return Ok(Entry::TooOften);
        }
        drop(inner);
        let Some(account) = known(token)? else {
            self.inner().tries.of(peer, now).take(now);
            return Ok(Entry::Stranger);
        };
        let visitor = Visitor { reviewer: reviewer(&account), csrf: String::new(), bearer: true };
        self.inner().keep(name, Session::new(visitor.clone(), Some(account), now));
        Ok(Entry::Known(Box::new(visitor)))
    }

    /// Ends a session.
    pub fn leave(&self, cookie: &str) {
        self.inner().sessions.remove(&hashed(cookie));
    }

    /// Ends the sessions of accounts that are no longer what they were: revoked, with another role, with a new token.
    pub fn expel(&self, accounts: &[Account]) {
        let stays = |known: &Account| {
            let same = |now: &Account| (&now.name, now.role, &now.token) == (&known.name, known.role, &known.token);
            accounts.iter().any(|now| now.active && same(now))
        };
        self.inner().sessions.retain(|_, session| session.account.as_ref().is_none_or(stays));
    }
}

fn reviewer(account: &Account) -> Reviewer {
    Reviewer { name: account.name.clone(), role: account.role }
}

impl Session {
    fn new(visitor: Visitor, account: Option<Account>, now: Instant) -> Self {
        Self { visitor, account, born: now, seen: now, bucket: Bucket::new(120.0, 30.0, now) }
    }
}

impl Inner {
    fn begin(&mut self, reviewer: Reviewer, account: Option<Account>, now: Instant) -> Result<String, StoreError> {
        let cookie = random_hex(32)?;
        let visitor = Visitor { reviewer, csrf: random_hex(16)?, bearer: false };
        self.keep(hashed(&cookie), Session::new(visitor, account, now));
        Ok(cookie)
    }

    fn keep(&mut self, name: String, session: Session) {
        self.sweep(session.born);
        if self.sessions.len() >= MOST_SESSIONS
            && let Some(oldest) =
                self.sessions.iter().min_by_key(|(_, session)| session.seen).map(|(name, _)| name.clone())
        {
            self.sessions.remove(&oldest);
        }
        self.sessions.insert(name, session);
    }

    fn sweep(&mut self, now: Instant) {
        let since = |then: Instant| now.saturating_duration_since(then);
        self.sessions.retain(|_, session| since(session.seen) < IDLE && since(session.born) < LONGEST);
    }
}

/// True for a reviewer who may do what is for leads.
pub fn is_lead(visitor: &Visitor) -> bool {
    visitor.reviewer.role == Role::Lead
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

    /// Access by a clock that shows as many seconds after the start as the number says.
    fn access() -> (Access, Arc<AtomicU64>) {
        let (begun, seconds) = (Instant::now(), Arc::new(AtomicU64::new(0)));
        let shown = Arc::clone(&seconds);
        let clock = move || begun + Duration::from_secs(shown.load(Ordering::SeqCst));
        (Access::with_clock(Some(Reviewer { name: "zere".into(), role: Role::Lead }), clock), seconds)
    }

    fn account(role: Role, token: &str) -> Account {
        Account { name: "aigul".into(), role, regions: Vec::new(), active: true, token: token.into() }
    }

    fn is_known(access: &Access, cookie: &str) -> bool {
        let entry = access.who(Some(cookie), None, HERE, |_| Ok(None)).expect("no store");
        matches!(entry, Entry::Known(_))
    }

    #[test]
    fn a_session_ends_by_idleness_and_in_any_case() {
        let (access, seconds) = access();
        let enter = || {
            let ticket = access.ticket().expect("random");
            access.enter(&ticket, HERE, |_| Ok(None)).expect("no store").expect("the ticket opens")
        };
        let idle = enter();
        seconds.store(IDLE.as_secs() - 1, Ordering::SeqCst);
        assert!(is_known(&access, &idle), "a second before its end");
        seconds.fetch_add(IDLE.as_secs() - 1, Ordering::SeqCst);
        assert!(is_known(&access, &idle), "what is used goes on");
        seconds.fetch_add(IDLE.as_secs(), Ordering::SeqCst);
        assert!(!is_known(&access, &idle), "unused for two hours");
        let busy = enter();
        let begun = seconds.load(Ordering::SeqCst);
        while seconds.load(Ordering::SeqCst) + 1800 < begun + LONGEST.as_secs() {
            seconds.fetch_add(1800, Ordering::SeqCst);
            assert!(is_known(&access, &busy), "in use");
        }
        seconds.store(begun + LONGEST.as_secs(), Ordering::SeqCst);
        assert!(!is_known(&access, &busy), "twelve hours, however busy");
        assert!(access.inner().sessions.is_empty(), "and nothing is left of them");
    }

    #[test]
    fn a_bearers_session_ends_too_and_the_token_is_asked_for_again() {
        let (access, seconds) = access();
        let who = |known: Option<Account>| access.who(None, Some("a.b"), HERE, |_| Ok(known)).expect("no store");
        assert!(matches!(who(Some(account(Role::Reviewer, "a"))), Entry::Known(_)));
        assert!(matches!(who(None), Entry::Known(_)), "kept, so that no token is hashed at every request");
        seconds.store(IDLE.as_secs(), Ordering::SeqCst);
        assert!(matches!(who(None), Entry::Stranger), "its time is over, and the store knows it no more");
    }

    #[test]
    fn another_role_another_token_and_a_revoked_one_end_a_session() {
        let changes = [
            ("revoked", vec![Account { active: false, ..account(Role::Lead, "t1") }], false),
            ("gone", vec![], false),
            ("another role", vec![account(Role::Reviewer, "t1")], false),
            ("a new token", vec![account(Role::Lead, "t2")], false),
            ("other regions", vec![Account { regions: vec!["Батыс".into()], ..account(Role::Lead, "t1") }], true),
        ];
        for (what, accounts, stays) in changes {
            let (access, _) = access();
            let enter = || access.enter("t1.x", HERE, |_| Ok(Some(account(Role::Lead, "t1")))).expect("no store");
            let cookie = enter().expect("a good token");
            let ticket = access.ticket().expect("random");
            let local = access.enter(&ticket, HERE, |_| Ok(None)).expect("no store").expect("the ticket opens");
            access.expel(&accounts);
            assert_eq!(is_known(&access, &cookie), stays, "{what}");
            assert!(is_known(&access, &local), "{what}: the person at this machine stays");
        }
    }

    #[test]
    fn wrong_tries_shut_out_those_who_make_them_and_nobody_else() {
        let (access, seconds) = access();
        let wrong = |peer| access.enter("no.token", peer, |_| Ok(None)).expect("no store");
        let right = |peer| access.enter("t1.x", peer, |_| Ok(Some(account(Role::Lead, "t1")))).expect("no store");
        for _ in 0..10 {
            assert_eq!(wrong(THERE), None);
        }
        assert_eq!(right(THERE), None, "even a right one waits");
        assert!(right(HERE).is_some(), "from elsewhere it opens");
        seconds.store(5, Ordering::SeqCst);
        assert!(right(THERE).is_some(), "one more in five seconds");
    }

    #[test]
    fn strangers_have_their_bounds() {
        let (access, seconds) = access();
        let ask = |peer| access.who(Some("nobody's"), None, peer, |_| Ok(None)).expect("no store");
        let all: Vec<Entry> = (0..121).map(|_| ask(THERE)).collect();
        assert!(all[..120].iter().all(|entry| matches!(entry, Entry::Stranger)));
        assert!(matches!(all[120], Entry::TooOften) && matches!(ask(HERE), Entry::Stranger));
        seconds.store(1, Ordering::SeqCst);
        assert!(matches!(ask(THERE), Entry::Stranger));
    }
}

//! The review server: pages for reviewers, the same actions as JSON for programs.
//!
//! Takes a [`Desk`] and an address; serves until it is told to stop. Promises: every answer carries the security headers; no
//! handler runs before host, size, rate, session, role and origin were checked; nothing of a request becomes a path of the
//! file system; nothing is asked of any other machine. Handlers are plain functions that run on threads of their own.

pub mod guard;
pub mod access;
pub mod reply;
pub mod view;
pub mod routes;
pub mod pages;
pub mod lists;
pub mod lead;
pub mod api;

use super::ask::Refusal;
use super::desk::{Desk, Reviewer};
use super::store::people::Claim;
use super::store::{Account, StoreError};
use crate::locale::Lang;
use access::{Access, Entry, Visitor};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequestParts, RawPathParams, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use guard::{Hosts, LARGEST_BODY, only_reads};
use reply::Reply;
use routes::{ROUTES, Route, Who};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// The name of the session's cookie.
pub const COOKIE: &str = "saual_session";
/// The name of the language's cookie.
pub const LANG_COOKIE: &str = "saual_lang";
/// Most requests that are worked on at a time; the runtime needs a blocking thread for each, so that no reader waits behind
/// those who wait for the disk.
pub const AT_ONCE: usize = 256;

/// The server's parts.
pub struct App {
    /// The desk.
    pub desk: Desk,
    /// Sessions.
    pub access: Access,
    /// The hosts it answers to.
    pub hosts: Hosts,
    /// The language where the browser has no say.
    pub lang: Lang,
    /// True where cookies are to travel over https alone.
    pub https: bool,
    /// True where the terms of the work came with a pack and stay as they are.
    pub fixed_terms: bool,
    pages: view::Pages,
    free: tokio::sync::Semaphore,
}

/// A request as a handler takes it.
pub struct Asked<'a> {
    /// The server.
    pub app: &'a App,
    /// Who asks; a stranger only on open routes.
    pub visitor: Option<Visitor>,
    /// The parameters of the path, in order.
    pub path: Vec<String>,
    /// The fields of the address.
    pub query: BTreeMap<String, String>,
    /// The address's fields as they stood.
    pub raw_query: String,
    /// The fields of the form.
    pub form: BTreeMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
    /// The reader's language.
    pub lang: Lang,
    /// The session's cookie.
    pub cookie: Option<String>,
    /// Where the request comes from.
    pub peer: IpAddr,
}

impl Asked<'_> {
    /// Who asks.
    ///
    /// # Errors
    /// [`Refused::Stranger`]
    pub fn reviewer(&self) -> Result<&Reviewer, Refused> {
        self.visitor.as_ref().map(|visitor| &visitor.reviewer).ok_or(Refused::Stranger)
    }

    /// A field of the form, or else of the address; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.form.get(name).or_else(|| self.query.get(name)).map_or("", String::as_str)
    }
}

/// Why a request was turned away.
#[derive(Debug)]
pub enum Refused {
    /// Another host's name: 421.
    Host,
    /// A body that is too large: 413.
    TooLarge,
    /// Not understood: 400, with the field.
    Bad(&'static str),
    /// Nobody known: 401.
    Stranger,
    /// Known, but not allowed: 403.
    Forbidden,
    /// No such thing: 404.
    Missing,
    /// The key was used for something else: 409.
    Conflict(StoreError),
    /// Too often: 429.
    TooOften,
    /// Too many at once: 503.
    Busy,
    /// A fault of the server or its disk: 500.
    Fault(String),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unknown { .. } => Self::Missing,
            Refusal::LeadOnly => Self::Forbidden,
            Refusal::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Invalid { what } => Self::Bad(what),
            StoreError::KeyReused { .. } | StoreError::NothingToUndo => Self::Conflict(error),
            other => Self::Fault(other.to_string()),
        }
    }
}

impl Refused {
    /// The status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Stranger => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Missing => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The error's short name in JSON, and the tail of its message key.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::TooLarge => "too-large",
            Self::Bad(_) => "bad",
            Self::Stranger => "stranger",
            Self::Forbidden => "forbidden",
            Self::Missing => "missing",
            Self::Conflict(StoreError::NothingToUndo) => "nothing-to-undo",
            Self::Conflict(_) => "conflict",
            Self::TooOften => "too-often",
            Self::Busy => "busy",
            Self::Fault(_) => "fault",
        }
    }

    /// What to tell the reader: never what the system said.
    pub fn say(&self, lang: Lang) -> String {
        let said = lang.text(&format!("refused-{}", self.code()));
        match self {
            Self::Bad(field) => format!("{said} ({field})"),
            _ => said,
        }
    }
}

impl App {
    /// A server over `desk`.
    ///
    /// # Errors
    /// [`crate::Error::Internal`] for a faulty template.
    pub fn new(desk: Desk, access: Access, hosts: Hosts, lang: Lang) -> crate::Result<Self> {
        Ok(Self {
            desk,
            access,
            hosts,
            lang,
            https: false,
            fixed_terms: false,
            pages: view::Pages::new()?,
            free: tokio::sync::Semaphore::new(AT_ONCE),
        })
    }

    /// Takes in what other programs wrote to the store: decisions, terms, who may no longer enter.
    ///
    /// # Errors
    /// Those of the store.
    pub fn keep_up(&self) -> Result<(), StoreError> {
        if !self.desk.refresh()? {
            return Ok(());
        }
        let (accounts, terms) = {
            let store = self.desk.store();
            (store.reviewers()?, store.terms()?)
        };
        self.access.expel(&accounts);
        if !self.fixed_terms {
            self.desk.set_terms(terms);
        }
        Ok(())
    }

    /// The account of a token. The store is free again before the token is hashed.
    ///
    /// # Errors
    /// Those of the store.
    pub fn account(&self, token: &str) -> Result<Option<Account>, StoreError> {
        let claim = self.desk.store().claim(token)?;
        claim.map_or(Ok(None), Claim::proven)
    }

    /// The address on which a ticket opens.
    pub fn address(base: &str, ticket: &str) -> String {
        format!("{base}/login?token={ticket}")
    }
}

/// The routes as axum takes them.
pub fn router(app: Arc<App>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let app = Arc::clone(&app);
        let handler = move |request: Request| serve(Arc::clone(&app), Some(route), request);
        let filter =
            if route.method == "GET" { axum::routing::MethodFilter::GET } else { axum::routing::MethodFilter::POST };
        router = router.route(route.path, axum::routing::on(filter, handler));
    }
    let nowhere = move |request: Request| serve(Arc::clone(&app), None, request);
    router.fallback(nowhere.clone()).method_not_allowed_fallback(nowhere)
}

async fn serve(app: Arc<App>, route: Option<&'static Route>, request: Request) -> Response {
    let json = request.uri().path().starts_with("/api/");
    let lang = language(&app, request.headers());
    let answer = match answer(&app, route, request, lang).await {
        Ok(reply) => reply,
        Err(refused) if json => Reply::refused_json(&refused, lang),
        Err(Refused::Stranger) => Reply::redirect("/login"),
        Err(refused) => {
            let page = app.pages.refusal(&refused, lang);
            Reply::html(page.unwrap_or_default()).with_status(refused.status())
        }
    };
    answer.into_response(app.https)
}

async fn answer(app: &Arc<App>, route: Option<&'static Route>, request: Request, lang: Lang) -> Result<Reply, Refused> {
    let _place = app.free.try_acquire().map_err(|_| Refused::Busy)?;
    if !app.hosts.admit(request.headers()) {
        return Err(Refused::Host);
    }
    let route = route.ok_or(Refused::Missing)?;
    let peer = peer(app, &request);
    let (mut parts, body) = request.into_parts();
    let path = RawPathParams::from_request_parts(&mut parts, &()).await.map_err(|_| Refused::Bad("path"))?;
    let path: Vec<String> = path.iter().map(|(_, value)| value.to_owned()).collect();
    let body = read(body).await?;
    let app = Arc::clone(app);
    let work = move || {
        let form = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_form = form.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        let is_json = form.is_some_and(|kind| kind.starts_with("application/json"));
        let cookie = guard::cookie(&parts.headers, COOKIE).map(ToOwned::to_owned);
        let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
        let entry = app.access.who(cookie.as_deref(), bearer, peer, |token| app.account(token))?;
        let visitor = match entry {
            Entry::Known(visitor) => Some(*visitor),
            Entry::TooOften => return Err(Refused::TooOften),
            Entry::Stranger => None,
        };
        let allowed = match route.who {
            Who::Anybody => true,
            Who::Reviewer => visitor.is_some(),
            Who::Lead => visitor.as_ref().is_some_and(access::is_lead),
        };
        if !allowed {
            return Err(if visitor.is_some() { Refused::Forbidden } else { Refused::Stranger });
        }
        let raw_query = parts.uri.query().unwrap_or_default().to_owned();
        let form = if is_form { guard::fields(&String::from_utf8_lossy(&body)) } else { BTreeMap::new() };
        let query = guard::fields(&raw_query);
        let asked = Asked { app: &app, visitor, path, query, raw_query, form, body, lang, cookie, peer };
        if !only_reads(&parts.method) {
            may_write(&asked, &parts.headers, is_json)?;
        }
        (route.does)(&asked)
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Refused::Fault("a handler failed".into())))
}

/// Where a request comes from: behind a proxy (`--https`) the last address that the proxy noted, else whoever is connected.
fn peer(app: &App, request: &Request) -> IpAddr {
    let direct = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let noted = || {
        let list = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        list.rsplit(',').next()?.trim().parse().ok()
    };
    let noted: Option<IpAddr> = if app.https { noted() } else { None };
    noted.or(direct).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// A writing request comes from a page of this server and carries its session's secret, or carries a bearer token, which no
/// browser sends by itself.
fn may_write(asked: &Asked<'_>, headers: &HeaderMap, is_json: bool) -> Result<(), Refused> {
    if asked.visitor.as_ref().is_some_and(|visitor| visitor.bearer) {
        return if is_json { Ok(()) } else { Err(Refused::Bad("content-type")) };
    }
    if !asked.app.hosts.same_origin(headers) {
        return Err(Refused::Forbidden);
    }
    let Some(visitor) = &asked.visitor else { return Ok(()) };
    let header = headers.get("x-csrf").and_then(|value| value.to_str().ok());
    let given = header.or_else(|| asked.form.get("csrf").map(String::as_str)).unwrap_or_default();
    if super::store::people::same(given, &visitor.csrf) { Ok(()) } else { Err(Refused::Forbidden) }
}

async fn read(body: Body) -> Result<Vec<u8>, Refused> {
    let reading = axum::body::to_bytes(body, LARGEST_BODY);
    match tokio::time::timeout(Duration::from_secs(15), reading).await {
        Ok(Ok(bytes)) => Ok(bytes.to_vec()),
        Ok(Err(_)) => Err(Refused::TooLarge),
        Err(_) => Err(Refused::Bad("body")),
    }
}

/// The language that the reader chose, else the first that the browser asks for and the program speaks.
fn language(app: &App, headers: &HeaderMap) -> Lang {
    let of = |code: &str| Lang::ALL.into_iter().find(|lang| lang.code() == code);
    let chosen = guard::cookie(headers, LANG_COOKIE).and_then(of);
    let asked = || {
        let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        list.split(',').find_map(|item| of(item.trim().get(..2)?))
    };
    chosen.or_else(asked).unwrap_or(app.lang)
}

/// Serves `app` on `listener` until `stop` is done.
///
/// # Errors
/// Those of the listener.
pub async fn run(
    listener: tokio::net::TcpListener,
    app: Arc<App>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let watched = Arc::clone(&app);
    let watch = tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(2)).await;
            let app = Arc::clone(&watched);
            let _ = tokio::task::spawn_blocking(move || app.keep_up()).await;
        }
    });
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(stop).await;
    watch.abort();
    served
}

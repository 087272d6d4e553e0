//! `saual review DIR`: the reviewers' pages, on this machine alone unless told otherwise.

use super::decisions::said;
use super::suggested_run;
use crate::cli::args::RunArgs;
use crate::cli::{Outcome, settings::Context};
use crate::review::decision::{LONGEST_NAME, Role};
use crate::review::queue::Terms;
use crate::review::server::access::Access;
use crate::review::server::guard::Hosts;
use crate::review::server::{AT_ONCE, App, run as serve};
use crate::review::{Desk, Reviewer, Store, StoreError, pack};
use crate::run::Language;
use crate::{Error, Result};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

/// How to serve, as typed.
#[derive(Debug)]
pub struct Serve {
    /// The local reviewer's name.
    pub name: Option<String>,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// Another address than the loopback's.
    pub listen: Option<IpAddr>,
    /// Names under which browsers reach it.
    pub hosts: Vec<String>,
    /// True behind a proxy that speaks https.
    pub https: bool,
}

/// Runs the project, lays out the desk, serves until interrupted.
pub fn run(dir: &Path, options: &RunArgs, how: &Serve, context: &Context) -> Result<Outcome> {
    let screen = context.screen();
    let outside = how.listen.filter(|address| !address.is_loopback());
    if !dir.is_dir() {
        return Err(Error::file(dir)(std::io::ErrorKind::NotFound.into()));
    }
    let store = Store::of_project(dir).map_err(said(context))?;
    let card = pack::card(dir).map_err(said(context))?;
    let mut terms = store.terms().map_err(said(context))?;
    if outside.is_some() && terms.reviewers.is_empty() {
        return Err(Error::model("--listen", context.lang.text("review-needs-names")));
    }
    let local =
        outside.is_none().then(|| local(how.name.as_deref(), card.as_ref())).transpose().map_err(said(context))?;
    let fixed_terms = card.is_some();
    if let Some(card) = card {
        terms = of_pack(card);
    }
    let run = suggested_run(dir, options, context)?;
    let desk = Desk::new(run, &Language::bundled()?, store, terms)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(AT_ONCE + 8)
        .enable_all()
        .build()
        .map_err(Error::file(Path::new("runtime")))?;
    runtime.block_on(async {
        let address = SocketAddr::new(how.listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), how.port);
        let place = address.to_string();
        let at = Path::new(&place);
        let listener = tokio::net::TcpListener::bind(address).await.map_err(Error::file(at))?;
        let bound = listener.local_addr().map_err(Error::file(at))?;
        let mut hosts = how.hosts.clone();
        hosts.extend(outside.map(|_| bound.ip().to_string()));
        let base = format!("http://{bound}");
        let access = Access::new(local.clone());
        let ticket = access.ticket().map_err(said(context))?;
        let mut app = App::new(desk, access, Hosts::new(bound.port(), &hosts), context.lang)?;
        app.https = how.https;
        app.fixed_terms = fixed_terms;
        let first = App::address(&base, &ticket);
        if local.is_some() {
            screen.line(&screen.say("review-open-address", &[("address", first.into())]));
        } else {
            let args = [("address", base.as_str().into())];
            screen.line(&screen.say("review-open-named", &args));
            if !how.https {
                screen.note(&context.lang.text("review-no-https"));
            }
        }
        screen.note(&context.lang.text("review-stop"));
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        serve(listener, Arc::new(app), stop).await.map_err(Error::file(at))
    })?;
    Ok(Outcome::Done)
}

/// Who sits at this machine: a lead, unless the project came as somebody's pack.
fn local(name: Option<&str>, card: Option<&pack::Header>) -> std::result::Result<Reviewer, StoreError> {
    let user = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let name = name.map(ToOwned::to_owned).or_else(|| card.map(|card| card.reviewer.clone())).or(user);
    let name = name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "reviewer".into());
    if name.len() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(StoreError::Invalid { what: "name" });
    }
    let role = if card.is_some() { Role::Reviewer } else { Role::Lead };
    Ok(Reviewer { name, role })
}

/// The terms that a pack carries, so that far away the work is dealt out as at home.
fn of_pack(card: pack::Header) -> Terms {
    Terms {
        reviewers: card.members,
        double_percent: card.double_percent.min(100),
        sample_percent: card.sample_percent.min(100),
        blind: card.blind,
    }
}

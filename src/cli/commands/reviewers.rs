//! `saual reviewers ACTION DIR`: who may enter from elsewhere, and on what terms the work is dealt out.

use super::decisions::said;
use crate::cli::args::ReviewersAction;
use crate::cli::{Outcome, settings::Context};
use crate::review::{Blind, Role, Store};
use crate::{Error, Result};
use std::path::Path;

/// The terms as typed.
#[derive(Debug, Clone, Copy)]
pub struct TermsArgs<'a> {
    /// Percent judged by two.
    pub double: Option<u8>,
    /// Percent drawn at random.
    pub sample: Option<u8>,
    /// Which cards are blind.
    pub blind: Option<&'a str>,
}

/// Does the action.
pub fn run(
    action: ReviewersAction,
    dir: &Path,
    name: Option<&str>,
    lead: bool,
    regions: &[String],
    typed: TermsArgs<'_>,
    context: &Context,
) -> Result<Outcome> {
    if !dir.is_dir() {
        return Err(Error::file(dir)(std::io::ErrorKind::NotFound.into()));
    }
    let mut store = Store::of_project(dir).map_err(said(context))?;
    let screen = context.screen();
    let needed = || name.ok_or_else(|| Error::model("NAME", context.lang.text("decisions-option-needed")));
    match action {
        ReviewersAction::Add => {
            let name = needed()?;
            let role = if lead { Role::Lead } else { Role::Reviewer };
            let token = store.add_reviewer(name, role, regions).map_err(said(context))?;
            if context.json {
                screen.json(&serde_json::json!({ "name": name, "role": role, "token": token }));
            } else {
                screen.line(&token);
                screen.note(&screen.say("reviewers-added", &[("name", name.into())]));
            }
        }
        ReviewersAction::Revoke => {
            let name = needed()?;
            if !store.revoke_reviewer(name).map_err(said(context))? {
                return Err(Error::model(name, context.lang.text("reviewers-unknown")));
            }
            screen.note(&screen.say("reviewers-revoked", &[("name", name.into())]));
        }
        ReviewersAction::Terms => {
            let mut terms = store.terms().map_err(said(context))?;
            terms.double_percent = typed.double.unwrap_or(terms.double_percent);
            terms.sample_percent = typed.sample.unwrap_or(terms.sample_percent);
            let blind = Blind::ALL.into_iter().find(|(code, _)| typed.blind == Some(*code));
            terms.blind = blind.map_or(terms.blind, |(_, blind)| blind);
            store.set_terms(&terms).map_err(said(context))?;
            return list(&store, context);
        }
        ReviewersAction::List => return list(&store, context),
    }
    Ok(Outcome::Done)
}

fn list(store: &Store, context: &Context) -> Result<Outcome> {
    let screen = context.screen();
    let accounts = store.reviewers().map_err(said(context))?;
    let terms = store.terms().map_err(said(context))?;
    if context.json {
        screen.json(&serde_json::json!({ "reviewers": accounts, "terms": terms }));
        return Ok(Outcome::Done);
    }
    for account in &accounts {
        let role = context.lang.text(&format!("role-{}", account.role.code()));
        let revoked =
            if account.active { String::new() } else { format!(" ({})", context.lang.text("settings-revoked")) };
        screen.line(&format!("{}: {role}{revoked} {}", account.name, account.regions.join(", ")));
    }
    let terms = [
        ("settings-double", terms.double_percent.to_string()),
        ("settings-sample", terms.sample_percent.to_string()),
        ("settings-blind", context.lang.text(&format!("blind-{}", terms.blind.code()))),
    ];
    for (key, value) in terms {
        screen.line(&format!("{}: {value}", context.lang.text(key)));
    }
    Ok(Outcome::Done)
}

//! Every route: its method, its path, who may ask, what answers. Nothing is served that does not stand here.

use super::reply::Reply;
use super::{Asked, Refused, api, lead, lists, pages};

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody who reaches the server.
    Anybody,
    /// Whoever has a session or a token.
    Reviewer,
    /// A lead.
    Lead,
}

/// A route.
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// As axum writes paths.
    pub path: &'static str,
    /// Who may ask.
    pub who: Who,
    /// What answers.
    pub does: fn(&Asked<'_>) -> Result<Reply, Refused>,
}

const fn get(path: &'static str, who: Who, does: fn(&Asked<'_>) -> Result<Reply, Refused>) -> Route {
    Route { method: "GET", path, who, does }
}

const fn post(path: &'static str, who: Who, does: fn(&Asked<'_>) -> Result<Reply, Refused>) -> Route {
    Route { method: "POST", path, who, does }
}

/// All of them.
pub const ROUTES: &[Route] = &[
    get("/", Who::Reviewer, pages::next),
    get("/inquiries/{id}", Who::Reviewer, pages::inquiry),
    get("/inquiries/{id}/text", Who::Reviewer, pages::text),
    post("/decisions", Who::Reviewer, pages::decide),
    post("/undo", Who::Reviewer, pages::undo),
    get("/list", Who::Reviewer, lists::list),
    get("/deputies", Who::Reviewer, lists::deputies),
    get("/deputies/{id}", Who::Reviewer, lists::deputy),
    get("/audit", Who::Reviewer, lists::audit),
    get("/progress", Who::Reviewer, lists::progress),
    get("/codebook", Who::Reviewer, pages::codebook),
    get("/keys", Who::Reviewer, pages::keys),
    get("/agreement", Who::Lead, lead::agreement),
    get("/disagreements", Who::Lead, lead::disagreements),
    post("/rulings", Who::Lead, lead::rule),
    get("/settings", Who::Lead, lead::settings),
    post("/settings", Who::Lead, lead::set),
    get("/decisions.csv", Who::Lead, lead::csv),
    get("/decisions.jsonl", Who::Lead, lead::jsonl),
    get("/inquiry_topics.csv", Who::Lead, lead::topics_csv),
    get("/inquiry_topics.jsonl", Who::Lead, lead::topics_jsonl),
    get("/login", Who::Anybody, pages::login),
    post("/login", Who::Anybody, pages::enter),
    post("/logout", Who::Reviewer, pages::leave),
    post("/lang", Who::Anybody, pages::lang),
    get("/static/review.css", Who::Anybody, pages::css),
    get("/static/review.js", Who::Anybody, pages::js),
    get("/api/v1/openapi.json", Who::Anybody, api::openapi),
    get("/api/v1/next", Who::Reviewer, api::next),
    get("/api/v1/inquiries", Who::Reviewer, api::inquiries),
    get("/api/v1/inquiries/{id}", Who::Reviewer, api::inquiry),
    get("/api/v1/promises", Who::Reviewer, api::promises),
    get("/api/v1/progress", Who::Reviewer, api::progress),
    get("/api/v1/agreement", Who::Lead, api::agreement),
    get("/api/v1/decisions", Who::Lead, api::decisions),
    post("/api/v1/decisions", Who::Reviewer, api::decide),
    post("/api/v1/undo", Who::Reviewer, api::undo),
];

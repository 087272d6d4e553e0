//! The card and what belongs to it: deciding, taking back, the codebook, the way in and out.

use super::guard::encoded;
use super::reply::Reply;
use super::{Asked, COOKIE, LANG_COOKIE, Refused, access};
use crate::locale::Lang;
use crate::review::ask::{Ask, REASONS, Topics};
use crate::review::card::{self, html_lang, shortened};
use crate::review::queue::Filter;
use crate::review::store::people::random_hex;
use serde_json::json;

/// The filter of a request's address.
pub fn filter(asked: &Asked<'_>) -> Filter {
    let of = |name: &str| asked.query.get(name).map(|value| shortened(value, 200)).unwrap_or_default();
    Filter {
        deputy: of("deputy"),
        region: of("region"),
        topic: of("topic"),
        from: of("from"),
        to: of("to"),
        text: of("text"),
        status: of("status"),
        order: of("order"),
    }
}

/// A filter as the fields of an address, beginning with `&`; empty where it narrows nothing.
pub fn filter_query(filter: &Filter) -> String {
    let Filter { deputy, region, topic, from, to, text, order, .. } = filter;
    let fields = [
        ("deputy", deputy),
        ("region", region),
        ("topic", topic),
        ("from", from),
        ("to", to),
        ("text", text),
        ("order", order),
    ];
    let set = fields.into_iter().filter(|(_, value)| !value.is_empty());
    set.map(|(name, value)| format!("&{name}={}", encoded(value))).collect()
}

/// `GET /`: the next card.
pub fn next(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let filter = filter(asked);
    if let Some((inquiry, clause)) = asked.app.desk.next(&asked.reviewer()?.name, &filter) {
        return show(asked, inquiry, clause, &filter);
    }
    let key = format!("w{}", random_hex(12)?);
    let filtered = !filter_query(&filter).is_empty();
    let values = json!({ "filtered": filtered, "unfound": asked.app.desk.unfound(), "key": key });
    Ok(Reply::html(asked.page("done.html", &asked.lang.text("review-done"), &values)?))
}

/// `GET /inquiries/{id}`: the card of an inquiry, of the promise `clause` where one is named.
pub fn inquiry(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let inquiry = desk.inquiry(asked.path.first().map_or("", String::as_str))?;
    let clause = match asked.query.get("clause") {
        Some(id) => desk.clause(id)?,
        None => desk.first_clause(&asked.reviewer()?.name, inquiry).ok_or(Refused::Missing)?,
    };
    show(asked, inquiry, clause, &filter(asked))
}

fn show(asked: &Asked<'_>, inquiry: usize, clause: usize, filter: &Filter) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let who = asked.reviewer()?;
    let card = card::card(desk, who, inquiry, clause, asked.lang);
    let search = asked.query.get("search").map(|text| shortened(text, 200)).unwrap_or_default();
    let found: Vec<_> = desk.search(&search, 12).into_iter().map(|place| brief(asked, place)).collect();
    let values = json!({
        "card": card,
        "key": format!("w{}", random_hex(12)?),
        "filter": filter_query(filter),
        "search": search,
        "searched": !search.is_empty(),
        "found": found,
        "reasons": REASONS,
        "codebook": true,
    });
    Ok(Reply::html(asked.page("card.html", &card.title, &values)?))
}

/// A promise in a few words.
pub fn brief(asked: &Asked<'_>, place: usize) -> serde_json::Value {
    let clause = &asked.app.desk.run.clauses[place];
    let wording = crate::report::Wording::new(&asked.app.desk.run, asked.lang);
    json!({
        "id": clause.id, "owner": card::name(wording, clause.owner.as_str()), "text": shortened(&clause.text, 400),
        "lang": html_lang(Some(clause.lang)),
    })
}

/// `GET /inquiries/{id}/text`: the whole text.
pub fn text(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let desk = &asked.app.desk;
    let row = &desk.run.project.inquiries[desk.inquiry(asked.path.first().map_or("", String::as_str))?];
    Ok(Reply::text(format!("{}\n\n{}", row.title, row.text)))
}

/// The topics ticked in a form: fields `topic:ID`.
pub fn ticked(asked: &Asked<'_>) -> Topics {
    let chosen = asked.form.keys().filter_map(|name| name.strip_prefix("topic:")).map(ToOwned::to_owned);
    Topics { taxonomy: asked.field("taxonomy").to_owned(), chosen: chosen.collect() }
}

/// What a form or a program asks to have kept. `alike` is any text but the empty one.
pub fn ask(field: &dyn Fn(&str) -> String, topics: impl FnOnce() -> Topics) -> Result<Ask, Refused> {
    let (inquiry, clause, comment) = (field("inquiry"), field("clause"), field("comment"));
    let alike = !field("alike").is_empty();
    let answer = field("answer");
    Ok(match answer.as_str() {
        "2" | "1" | "0" => Ask::Grade { inquiry, clause, grade: answer.parse().unwrap_or(0), comment, alike },
        "none" => Ask::None { inquiry, comment, alike },
        "skip" => Ask::Skip {
            inquiry,
            reason: Some(field("reason")).filter(|text| !text.is_empty()).unwrap_or_else(|| "unsure".into()),
            comment,
        },
        "topics" => Ask::Topics { inquiry, topics: topics(), comment, alike },
        _ => return Err(Refused::Bad("answer")),
    })
}

/// `POST /decisions`: keeps the answer, then shows the next card; after topics the same one again.
pub fn decide(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let ask = ask(&|name| asked.field(name).to_owned(), || ticked(asked))?;
    let of_topics = matches!(ask, Ask::Topics { .. });
    let kept = asked.app.desk.decide(asked.reviewer()?, ask, asked.field("key"))?;
    let at = kept.last().map(|decision| decision.at.clone()).unwrap_or_default();
    let filter = only_filter(asked.field("filter"));
    Ok(Reply::redirect(if of_topics {
        let (inquiry, clause) = (encoded(asked.field("inquiry")), encoded(asked.field("clause")));
        format!("/inquiries/{inquiry}?clause={clause}&saved={at}{filter}")
    } else {
        format!("/?saved={at}{filter}")
    }))
}

/// A form's filter, taken apart and put together again: nothing of it stands in an address as it was sent.
fn only_filter(text: &str) -> String {
    let fields = super::guard::fields(text.trim_start_matches(['&', '?']));
    let known = ["deputy", "region", "topic", "from", "to", "text", "order"];
    let set = fields.iter().filter(|(name, value)| known.contains(&name.as_str()) && !value.is_empty());
    set.map(|(name, value)| format!("&{name}={}", encoded(value))).collect()
}

/// `POST /undo`: takes the latest decision back and shows its card again.
pub fn undo(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let undone = asked.app.desk.undo(asked.reviewer()?, asked.field("key"))?;
    let (_, taken) = undone.first().ok_or(Refused::Missing)?;
    let clause = taken.draft.clause.as_ref().map(|id| format!("&clause={}", encoded(id))).unwrap_or_default();
    let filter = only_filter(asked.field("filter"));
    let part = if taken.draft.topics.is_empty() { "" } else { "#topics-form" };
    Ok(Reply::redirect(format!("/inquiries/{}?undone=1{clause}{filter}{part}", encoded(&taken.draft.inquiry))))
}

/// `GET /codebook`
pub fn codebook(asked: &Asked<'_>) -> Result<Reply, Refused> {
    Ok(Reply::html(asked.page("text.html", &asked.lang.text("codebook-title"), &json!({ "codebook": true }))?))
}

/// `GET /keys`
pub fn keys(asked: &Asked<'_>) -> Result<Reply, Refused> {
    Ok(Reply::html(asked.page("text.html", &asked.lang.text("keys-title"), &json!({ "keys": true }))?))
}

/// `GET /login`: the form; or, with a token, in.
pub fn login(asked: &Asked<'_>) -> Result<Reply, Refused> {
    match asked.query.get("token") {
        Some(token) => let_in(asked, token),
        None => {
            Ok(Reply::html(asked.page("login.html", &asked.lang.text("login-title"), &json!({ "failed": false }))?))
        }
    }
}

/// `POST /login`
pub fn enter(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let_in(asked, asked.field("token"))
}

fn let_in(asked: &Asked<'_>, token: &str) -> Result<Reply, Refused> {
    let app = asked.app;
    if let Some(cookie) = app.access.enter(token, asked.peer, |token| app.account(token))? {
        return Ok(Reply::redirect("/").with_cookie(COOKIE, &cookie, access::LONGEST.as_secs(), true));
    }
    let page = asked.page("login.html", &asked.lang.text("login-title"), &json!({ "failed": true }))?;
    Ok(Reply::html(page).with_status(Refused::Stranger.status()))
}

/// `POST /logout`
pub fn leave(asked: &Asked<'_>) -> Result<Reply, Refused> {
    if let Some(cookie) = &asked.cookie {
        asked.app.access.leave(cookie);
    }
    Ok(Reply::redirect("/login").with_cookie(COOKIE, "", 0, true))
}

/// `POST /lang`: remembers the language and goes back to where it was chosen.
pub fn lang(asked: &Asked<'_>) -> Result<Reply, Refused> {
    let code = asked.field("lang");
    let lang = Lang::ALL.into_iter().find(|lang| lang.code() == code).ok_or(Refused::Bad("lang"))?;
    // Back to a page of this server and nowhere else: a path, no host.
    let back = asked.field("back");
    let safe = back.starts_with('/')
        && !back.starts_with("//")
        && back.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let to = if safe { back } else { "/" };
    Ok(Reply::redirect(to).with_cookie(LANG_COOKIE, lang.code(), 365 * 24 * 3600, false))
}

/// `GET /static/review.css`
pub fn css(_: &Asked<'_>) -> Result<Reply, Refused> {
    Ok(Reply::asset("text/css; charset=utf-8", include_str!("templates/review.css")))
}

/// `GET /static/review.js`
pub fn js(_: &Asked<'_>) -> Result<Reply, Refused> {
    Ok(Reply::asset("text/javascript; charset=utf-8", include_str!("templates/review.js")))
}

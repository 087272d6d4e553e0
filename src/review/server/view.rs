//! Templates and what all pages share. Everything that is not html made by [`crate::report::markup`] is escaped by [`crate::report::template`].

use super::{Asked, Refused};
use crate::Result;
use crate::locale::Lang;
use crate::report::markup::Voice;
use crate::report::template::{self, translator};
use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use serde::Serialize;

/// The templates by name.
const TEMPLATES: [(&str, &str); 16] = [
    ("base.html", include_str!("templates/base.html")),
    ("card.html", include_str!("templates/card.html")),
    ("done.html", include_str!("templates/done.html")),
    ("list.html", include_str!("templates/list.html")),
    ("deputies.html", include_str!("templates/deputies.html")),
    ("deputy.html", include_str!("templates/deputy.html")),
    ("audit.html", include_str!("templates/audit.html")),
    ("progress.html", include_str!("templates/progress.html")),
    ("text.html", include_str!("templates/text.html")),
    ("login.html", include_str!("templates/login.html")),
    ("agreement.html", include_str!("templates/agreement.html")),
    ("disagreements.html", include_str!("templates/disagreements.html")),
    ("settings.html", include_str!("templates/settings.html")),
    ("codebook.html", include_str!("templates/codebook.html")),
    ("keys.html", include_str!("templates/keys.html")),
    ("unfound.html", include_str!("templates/unfound.html")),
];

/// The pages.
pub struct Pages {
    environment: Environment<'static>,
}

impl Pages {
    /// Reads the templates.
    ///
    /// # Errors
    /// [`crate::Error::Internal`]
    pub fn new() -> Result<Self> {
        let mut environment = template::environment(&TEMPLATES)?;
        environment.add_filter("urlencode", |text: String| super::guard::encoded(&text));
        Ok(Self { environment })
    }

    /// The page that says why a request was turned away.
    ///
    /// # Errors
    /// [`crate::Error::Internal`]
    pub fn refusal(&self, refused: &Refused, lang: Lang) -> Result<String> {
        let values = context! {
            t => translator(Voice::One(lang)),
            lang => lang.code(),
            title => refused.say(lang),
            page => Value::from(Serde(serde_json::json!({}))),
        };
        template::render(&self.environment, "text.html", values)
    }
}

impl Asked<'_> {
    /// The page of a template with `values` and what all pages show.
    ///
    /// # Errors
    /// [`Refused::Fault`]
    pub fn page(&self, template: &str, title: &str, values: &impl Serialize) -> std::result::Result<String, Refused> {
        let visitor = self.visitor.as_ref();
        let progress = visitor.map(|visitor| self.app.desk.progress(&visitor.reviewer.name));
        let shared = context! {
            t => translator(Voice::One(self.lang)),
            lang => self.lang.code(),
            title,
            project => self.app.desk.run.project.monitor.title.in_lang(self.lang),
            fictional => self.app.desk.run.project.monitor.fictional,
            reviewer => visitor.map(|visitor| visitor.reviewer.name.clone()),
            lead => visitor.is_some_and(super::access::is_lead),
            csrf => visitor.map(|visitor| visitor.csrf.clone()),
            asked => progress.map(|progress| progress.0),
            judged => progress.map(|progress| progress.1),
            saved => self.query.get("saved").filter(|at| super::super::decision::is_moment(at)).cloned(),
            undone => self.query.contains_key("undone"),
            here => self.raw_query.clone(),
            page => Value::from(Serde(values)),
        };
        template::render(&self.app.pages.environment, template, shared)
            .map_err(|error| Refused::Fault(error.to_string()))
    }
}

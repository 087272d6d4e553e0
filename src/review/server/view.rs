//! Templates and what all pages share. Everything that is not html made by [`crate::report::markup`] is escaped by it.

use super::{Asked, Refused};
use crate::locale::{Arg, Lang};
use crate::report::markup::escape;
use crate::{Error, Result};
use minijinja::value::{Kwargs, Serde, Value, ValueKind};
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

fn wrong(error: &minijinja::Error) -> Error {
    Error::Internal(format!("review page: {error:#}"))
}

impl Pages {
    /// Reads the templates.
    ///
    /// # Errors
    /// [`Error::Internal`]
    pub fn new() -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_formatter(|out, _, value| {
            if value.is_safe() {
                return out.write_str(value.as_str().unwrap_or_default()).map_err(minijinja::Error::from);
            }
            match value.kind() {
                ValueKind::Undefined | ValueKind::None => Ok(()),
                _ => out.write_str(&escape(&value.to_string())).map_err(minijinja::Error::from),
            }
        });
        environment.add_filter("urlencode", |text: String| super::guard::encoded(&text));
        for (name, source) in TEMPLATES {
            environment.add_template(name, source).map_err(|error| wrong(&error))?;
        }
        Ok(Self { environment })
    }

    fn render(&self, name: &str, values: Value) -> Result<String> {
        let page = self.environment.get_template(name).and_then(|template| template.render(values));
        page.map_err(|error| wrong(&error))
    }

    /// The page that says why a request was turned away.
    ///
    /// # Errors
    /// [`Error::Internal`]
    pub fn refusal(&self, refused: &Refused, lang: Lang) -> Result<String> {
        let values = context! {
            t => translator(lang),
            lang => lang.code(),
            title => refused.say(lang),
            page => Value::from(Serde(serde_json::json!({}))),
        };
        self.render("text.html", values)
    }
}

/// `t("key", n = 3)` in a language.
fn translator(lang: Lang) -> Value {
    Value::from_function(move |key: String, kwargs: Kwargs| -> std::result::Result<String, minijinja::Error> {
        let mut args: Vec<(String, Arg)> = Vec::new();
        for name in kwargs.args() {
            let value: Value = kwargs.get(name)?;
            let arg = match value.kind() {
                ValueKind::Number => Arg::from(f64::try_from(value).unwrap_or_default()),
                _ => Arg::from(value.to_string()),
            };
            args.push((name.to_owned(), arg));
        }
        kwargs.assert_all_used()?;
        let args: Vec<(&str, Arg)> = args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect();
        Ok(lang.say(&key, &args))
    })
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
            t => translator(self.lang),
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
        self.app.pages.render(template, shared).map_err(|error| Refused::Fault(error.to_string()))
    }
}

//! Templates of pages: what stands in `{{ … }}` is escaped, and `t("key", n = 3)` says a sentence.
//!
//! Takes templates by name; gives an environment of [`minijinja`] in which no text of a project can become markup.
//! Knows nothing of: which pages there are.

use super::markup::{Voice, escape};
use crate::locale::Arg;
use crate::{Error, Result};
use minijinja::Environment;
use minijinja::value::{Kwargs, Value, ValueKind};

/// An environment with `templates` by name.
///
/// # Errors
/// [`Error::Internal`] for a template that cannot be read.
pub fn environment(templates: &[(&'static str, &'static str)]) -> Result<Environment<'static>> {
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
    for (name, source) in templates {
        environment.add_template(name, source).map_err(|error| wrong(&error))?;
    }
    Ok(environment)
}

/// The page of a template.
///
/// # Errors
/// [`Error::Internal`] for a fault of the template.
pub fn render(environment: &Environment<'_>, name: &str, values: Value) -> Result<String> {
    environment.get_template(name).and_then(|template| template.render(values)).map_err(|error| wrong(&error))
}

fn wrong(error: &minijinja::Error) -> Error {
    Error::Internal(format!("page template: {error:#}"))
}

/// `t("key", n = 3)` in the languages of `voice`.
pub fn translator(voice: Voice) -> Value {
    Value::from_function(move |key: String, kwargs: Kwargs| -> std::result::Result<Value, minijinja::Error> {
        let args = arguments(&kwargs)?;
        let args: Vec<(&str, Arg)> = args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect();
        Ok(Value::from_safe_string(voice.say(|lang| lang.say(&key, &args))))
    })
}

/// `number(x)` as the languages of `voice` write it.
pub fn number_writer(voice: Voice) -> Value {
    Value::from_function(move |number: f64| Value::from_safe_string(voice.say(|lang| lang.number(number))))
}

/// The named arguments of a template's call as those of a sentence: a number takes part in plural rules.
fn arguments(kwargs: &Kwargs) -> std::result::Result<Vec<(String, Arg)>, minijinja::Error> {
    let argument = |name: &str| {
        let value: Value = kwargs.get(name)?;
        let arg = match value.kind() {
            ValueKind::Number => Arg::from(f64::try_from(value).unwrap_or_default()),
            _ => Arg::from(value.to_string()),
        };
        Ok((name.to_owned(), arg))
    };
    let args = kwargs.args().map(argument).collect();
    kwargs.assert_all_used()?;
    args
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use minijinja::context;

    #[test]
    fn texts_are_escaped_and_sentences_speak_the_language_of_the_page() {
        let environment = environment(&[("a.html", "{{ x }}·{{ t('count-inquiries', n=3) }}·{{ y }}")]).expect("sound");
        let values = context! { t => translator(Voice::One(Lang::Ru)), x => "<b>'", y => () };
        assert_eq!(render(&environment, "a.html", values).expect("sound"), "&lt;b&gt;&#39;·3 запроса·");
    }
}

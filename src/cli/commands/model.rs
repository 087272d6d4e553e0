//! `saual model show`: what a link model holds, a sentence a comparison.

use crate::cli::screen::Tone;
use crate::cli::{Outcome, settings::Context};
use crate::embedding::Choice;
use crate::linking::{COMPARISONS, LinkModel, Weights};
use crate::{Error, Result};
use std::path::Path;

/// Prints the model of `file`, or the bundled one for `encoder`.
pub fn run(encoder: &Choice, file: Option<&Path>, context: &Context) -> Result<Outcome> {
    let model = match file {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(Error::file(file))?;
            LinkModel::parse(&text, &file.display().to_string())?
        }
        None => LinkModel::bundled(encoder)?,
    };
    let screen = context.screen();
    if context.json {
        screen.json(&model);
        return Ok(Outcome::Done);
    }
    let number = |value: f64| context.lang.signed(value);
    screen.line(&screen.tone(Tone::Strong, &model.version));
    screen.line(&screen.say("model-prior", &[("weight", number(model.prior).into())]));
    for comparison in COMPARISONS {
        let key = comparison.replace('_', "-");
        let why = context.lang.text(&format!("why-{key}"));
        let worth = match model.comparison.get(comparison) {
            Some(Weights::Knots { knots }) => match (knots.first(), knots.last()) {
                (Some(first), Some(last)) if first[1] != last[1] => screen.say(
                    "model-line",
                    &[
                        ("from", context.lang.rounded(first[0], 2).into()),
                        ("to", context.lang.rounded(last[0], 2).into()),
                        ("low", number(first[1]).into()),
                        ("high", number(last[1]).into()),
                    ],
                ),
                _ => context.lang.text("model-nothing"),
            },
            Some(Weights::Levels { levels }) => {
                let level = |(name, weight): (&String, &f64)| {
                    let key_of = name.replace('_', "-");
                    let own = context.lang.find(&format!("level-{key}-{key_of}"));
                    let said = own.unwrap_or_else(|| context.lang.text(&format!("level-{key_of}")));
                    format!("{said} {}", number(*weight))
                };
                levels.iter().map(level).collect::<Vec<_>>().join(" · ")
            }
            None => context.lang.text("model-nothing"),
        };
        screen
            .line(&format!("{}  {worth}", screen.tone(Tone::Strong, &context.lang.text(&format!("comparison-{key}")))));
        screen.line(&format!("    {why}"));
    }
    let [suggest, review] = [model.zones.suggest, model.zones.review].map(|zone| context.lang.rounded(zone, 2));
    screen.line(&screen.say("model-zones", &[("suggest", suggest.into()), ("review", review.into())]));
    Ok(Outcome::Done)
}

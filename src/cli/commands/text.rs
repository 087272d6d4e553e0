//! `saual text TOOL`: the analysis of texts, line by line, for pipes.

use super::each_line;
use crate::Result;
use crate::analysis::{Analyzer, Language, fold::fold};
use crate::cli::args::{TextRole, TextTool};
use crate::cli::{Outcome, settings::Context};
use crate::embedding::{Choice, Role};
use crate::locale::Lang;

/// One line in, one line out.
pub fn run(tool: TextTool, encoder: &Choice, role: TextRole, context: &Context) -> Result<Outcome> {
    let language = match context.typed_lang {
        Some(Lang::Kk) => Some(Language::Kazakh),
        Some(Lang::Ru) => Some(Language::Russian),
        Some(Lang::En) | None => None,
    };
    let of: fn(&Analyzer, &str, Option<Language>) -> String = match tool {
        TextTool::Stem => stems,
        TextTool::Language => |analyzer, line, _| analyzer.language(line).code().to_owned(),
        TextTool::Cyrillic => |analyzer, line, _| analyzer.cyrillic_text(line),
        TextTool::Fold => |_, line, _| folded(line),
        TextTool::Embed => {
            let role = if role == TextRole::Query { Role::Query } else { Role::Passage };
            return super::embed::run(encoder, role, context);
        }
    };
    let (analyzer, screen) = (Analyzer::default(), context.screen());
    each_line(|line| {
        let out = of(&analyzer, line, language);
        if context.json {
            screen.line(&serde_json::Value::from(out).to_string());
        } else {
            screen.line(&out);
        }
    })?;
    Ok(Outcome::Done)
}

fn stems(analyzer: &Analyzer, line: &str, language: Option<Language>) -> String {
    let tokens = match language {
        Some(language) => analyzer.tokens_in(line, language),
        None => analyzer.tokens(line, None),
    };
    tokens.iter().map(|token| &*token.stem).collect::<Vec<_>>().join(" ")
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

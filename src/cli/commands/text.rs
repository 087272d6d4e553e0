//! `saual text TOOL`: the analysis of texts, line by line, for pipes.

use super::each_line;
use crate::Result;
use crate::analysis::{Analyzer, Language, Token, fold::fold};
use crate::cli::args::TextTool;
use crate::cli::{Outcome, settings::Context};
use crate::locale::Lang;

/// One line in, one line out.
pub fn run(tool: TextTool, context: &Context) -> Result<Outcome> {
    let analyzer = Analyzer::default();
    let language = match context.typed_lang {
        Some(Lang::Kk) => Some(Language::Kazakh),
        Some(Lang::Ru) => Some(Language::Russian),
        Some(Lang::En) | None => None,
    };
    let screen = context.screen();
    each_line(|line| {
        let out = match (tool, language) {
            (TextTool::Stem, Some(language)) => stems(&analyzer.tokens_in(line, language)),
            (TextTool::Stem, None) => stems(&analyzer.tokens(line, None)),
            (TextTool::Language, _) => analyzer.language(line).code().to_owned(),
            (TextTool::Cyrillic, _) => analyzer.cyrillic_text(line),
            (TextTool::Fold | TextTool::Embed, _) => folded(line),
        };
        if context.json {
            screen.line(&serde_json::Value::from(out).to_string());
        } else {
            screen.line(&out);
        }
    })?;
    Ok(Outcome::Done)
}

fn stems(tokens: &[Token]) -> String {
    tokens.iter().map(|token| &*token.stem).collect::<Vec<_>>().join(" ")
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

//! `saual text TOOL`: the analysis of texts, line by line, for pipes.

use super::each_line;
use crate::Result;
use crate::analysis::{Analyzer, Language, fold::fold};
use crate::cli::args::TextTool;
use crate::cli::{Outcome, settings::Context};
use crate::locale::Lang;
use unicode_segmentation::UnicodeSegmentation;

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
            (TextTool::Stem, Some(language)) => stems(&analyzer, line, language),
            (TextTool::Stem, None) => {
                analyzer.tokens(line, None).iter().map(|token| &*token.stem).collect::<Vec<_>>().join(" ")
            }
            (TextTool::Language, _) => analyzer.language(line).code().to_owned(),
            (TextTool::Cyrillic, _) => analyzer.cyrillic_text(line),
            (TextTool::Fold, _) => folded(line),
        };
        if context.json {
            screen.line(&serde_json::Value::from(out).to_string());
        } else {
            screen.line(&out);
        }
    })?;
    Ok(Outcome::Done)
}

/// The stems of all words as words of one language.
fn stems(analyzer: &Analyzer, line: &str, language: Language) -> String {
    let stem = |word: &str| analyzer.stem(&folded(word), language).into_owned();
    line.unicode_words().map(stem).collect::<Vec<_>>().join(" ")
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

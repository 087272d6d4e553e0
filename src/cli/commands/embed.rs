//! `saual text embed`: the meaning of texts as vectors, line by line.

use crate::cli::{Outcome, settings::Context};
use crate::embedding::{Choice, Role, open};
use crate::{Error, Result};
use std::io::BufRead;
use std::path::Path;

/// Texts are read and answered so many at a time: enough for all cores, little to wait for.
const BATCH: usize = 256;

/// One text a line in, one vector a line out.
pub fn run(encoder: &Choice, role: Role, context: &Context) -> Result<Outcome> {
    let encoder = open(encoder)?;
    let screen = context.screen();
    let mut lines = std::io::stdin().lock().split(b'\n');
    loop {
        let batch = lines.by_ref().take(BATCH).collect::<std::io::Result<Vec<_>>>();
        let batch = batch.map_err(Error::file(Path::new("-")))?;
        if batch.is_empty() {
            return Ok(Outcome::Done);
        }
        let texts: Vec<_> = batch.iter().map(|line| String::from_utf8_lossy(line)).collect();
        let texts: Vec<&str> = texts.iter().map(|text| text.trim_end_matches('\r')).collect();
        for vector in encoder.embed(role, &texts, &|_, _| {})? {
            if context.json {
                screen.line(&serde_json::json!(vector).to_string());
            } else {
                screen.line(&vector.iter().map(ToString::to_string).collect::<Vec<_>>().join("\t"));
            }
        }
    }
}

//! `saual init DIR`: a project to fill in.

use crate::cli::{Outcome, settings::Context};
use crate::{Error, Result};
use std::path::Path;

/// The files of a new project: each table with its header and one example row that is plainly an example.
const FILES: [(&str, &str); 7] = [
    ("monitor.toml", include_str!("init/monitor.toml")),
    ("people.csv", include_str!("init/people.csv")),
    ("programmes.csv", include_str!("init/programmes.csv")),
    ("promises.csv", include_str!("init/promises.csv")),
    ("inquiries.csv", include_str!("init/inquiries.csv")),
    ("recommendations.toml", include_str!("../../../models/report/recommendations.toml")),
    (".gitignore", ".saual/\nout/\n"),
];

/// Makes the folder and its files; never overwrites.
pub fn run(dir: &Path, context: &Context) -> Result<Outcome> {
    for (name, _) in FILES {
        let file = dir.join(name);
        if file.exists() {
            let source = std::io::Error::new(std::io::ErrorKind::AlreadyExists, context.lang.text("init-exists"));
            return Err(Error::File { path: file, source });
        }
    }
    std::fs::create_dir_all(dir).map_err(Error::file(dir))?;
    for (name, content) in FILES {
        let file = dir.join(name);
        std::fs::write(&file, content).map_err(Error::file(&file))?;
    }
    let screen = context.screen();
    if context.json {
        screen.json(&serde_json::json!({ "project": dir, "files": FILES.map(|(name, _)| name) }));
    } else {
        screen.line(&screen.say("init-done", &[("dir", dir.display().to_string().into())]));
    }
    Ok(Outcome::Done)
}

//! The description of a folder of tables: a Frictionless data package, `datapackage.json` (specs.frictionlessdata.io, version 1).

use super::table::{Column, Kind};
use crate::locale::Lang;
use crate::run::Run;
use serde::Serialize;
use serde_json::json;

/// The file's name in every folder.
pub const FILE: &str = "datapackage.json";

/// A table file of the folder.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resource {
    name: String,
    path: String,
    profile: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    schema: Schema,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    fields: Vec<Field>,
    missing_values: [&'static str; 1],
}

/// A field of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Its name in the file.
    pub name: String,
    /// A type of Table Schema.
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<serde_json::Value>,
}

/// What a day or a period looks like.
const DATE: &str = r"\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?";

impl Resource {
    /// The file `path` of these fields, whose ending says the format.
    pub fn new(path: &str, fields: Vec<Field>) -> Self {
        let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
        let (format, mediatype) = if ending == "csv" { ("csv", "text/csv") } else { ("jsonl", "application/jsonl") };
        let name = format!("{}-{format}", stem.replace('_', "-"));
        let schema = Schema { fields, missing_values: [""] };
        Self { name, path: path.into(), profile: "tabular-data-resource", format, mediatype, encoding: "utf-8", schema }
    }

    /// The same table in both formats has the same fields but for lists, which csv writes as one text.
    pub fn of_columns(path: &str, columns: &[Column], lang: Lang) -> Self {
        let csv = std::path::Path::new(path).extension().is_some_and(|ending| ending == "csv");
        let field = |column: &Column| {
            let kind = match column.kind {
                Kind::Text | Kind::Prose | Kind::Code(_) | Kind::Url | Kind::Date => "string",
                Kind::Count => "integer",
                Kind::Number => "number",
                Kind::Flag => "boolean",
                Kind::List if csv => "string",
                Kind::List => "array",
            };
            let constraints = (column.kind == Kind::Date).then(|| json!({ "pattern": DATE }));
            Field { title: Some(column.heading(lang)), constraints, ..Field::new(&column.name, kind) }
        };
        Self::new(path, columns.iter().map(field).collect())
    }
}

impl Field {
    /// A field without a title.
    pub fn new(name: &str, kind: &'static str) -> Self {
        Self { name: name.into(), kind, title: None, constraints: None }
    }
}

/// The description of `resources`, which stand in one folder.
pub fn render(run: &Run, resources: &[Resource], lang: Lang) -> String {
    let monitor = &run.project.monitor;
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": "saual",
        "title": monitor.title.in_lang(lang),
        "description": lang.text("evidence-caveat"),
        "resources": resources,
    });
    let source = monitor.source.name.in_lang(lang);
    if !source.is_empty() {
        let mut named = json!({ "title": source });
        if !monitor.source.url.is_empty() {
            named["path"] = json!(monitor.source.url);
        }
        package["sources"] = json!([named]);
    }
    super::pretty(&package)
}

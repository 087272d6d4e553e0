//! Where a run's files come from, as PROV-JSON (W3C PROV-DM; the serialisation of the W3C member submission).
//!
//! Inputs, models and files are entities with the hash of their content; the run is an activity; the program is its agent. There
//! are no times: the same inputs give the same document.

use crate::run::Run;
use serde_json::{Map, Value, json};

/// The PROV document of `run`; `files` are what was written, each with the BLAKE3 hash of its bytes.
pub fn render(run: &Run, files: &[(String, String)]) -> String {
    let manifest = &run.manifest;
    let mut document = Document::default();
    for (file, hash) in &manifest.inputs {
        document.used("input", file, json!({ "saual:blake3": hash }));
    }
    let link_model = json!({ "saual:version": manifest.link_model, "saual:blake3": manifest.link_model_hash });
    document.used("model", "link_model", link_model);
    document.used("model", "topic_model", json!({ "saual:version": manifest.topic_model }));
    for (name, fingerprint) in
        [("encoder", &manifest.encoder), ("taxonomy", &manifest.taxonomy), ("analyzer", &manifest.analyzer)]
    {
        document.used("model", name, json!({ "saual:fingerprint": fingerprint }));
    }
    for (file, hash) in files {
        document.generated(file, json!({ "saual:blake3": hash }));
    }
    let mut activity = json!({
        "prov:label": "saual run",
        "saual:beyond": manifest.beyond,
        "saual:left_out": manifest.left_out,
    });
    for (name, count) in &manifest.counts {
        activity[format!("saual:count_{name}")] = json!(count);
    }
    super::pretty(&json!({
        "prefix": {
            "saual": "urn:saual:",
            "input": "urn:saual:input:",
            "model": "urn:saual:model:",
            "output": "urn:saual:output:",
        },
        "entity": document.entities,
        "activity": { RUN: activity },
        "agent": { PROGRAM: {
            "prov:type": { "$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME" },
            "prov:label": format!("saual {}", manifest.saual),
        } },
        "used": document.used,
        "wasGeneratedBy": document.generated,
        "wasAssociatedWith": { "_:associated": { "prov:activity": RUN, "prov:agent": PROGRAM } },
    }))
}

const RUN: &str = "saual:run";
const PROGRAM: &str = "saual:program";

#[derive(Default)]
struct Document {
    entities: Map<String, Value>,
    used: Map<String, Value>,
    generated: Map<String, Value>,
}

impl Document {
    fn entity(&mut self, prefix: &str, name: &str, mut attributes: Value) -> String {
        let id = format!("{prefix}:{}", local(name));
        attributes["prov:label"] = json!(name);
        self.entities.insert(id.clone(), attributes);
        id
    }

    fn used(&mut self, prefix: &str, name: &str, attributes: Value) {
        let entity = self.entity(prefix, name, attributes);
        let used = json!({ "prov:activity": RUN, "prov:entity": entity });
        self.used.insert(format!("_:used{}", self.used.len() + 1), used);
    }

    fn generated(&mut self, name: &str, attributes: Value) {
        let entity = self.entity("output", name, attributes);
        let generated = json!({ "prov:entity": entity, "prov:activity": RUN });
        self.generated.insert(format!("_:generated{}", self.generated.len() + 1), generated);
    }
}

/// A file's name as the local part of a qualified name: everything but letters, digits and `.-_/` percent-encoded.
fn local(name: &str) -> String {
    use std::fmt::Write;
    name.bytes().fold(String::with_capacity(name.len()), |mut local, byte| {
        if byte.is_ascii_alphanumeric() || b".-_/".contains(&byte) {
            local.push(char::from(byte));
        } else {
            let _ = write!(local, "%{byte:02X}");
        }
        local
    })
}

//! Writes Rust source from model facts.
//!
//! [`render`] reads `fixtures/model/` and returns the text of every generated file. It writes nothing. The binary
//! writes the files, and the test `generated_files_are_fresh` compares them with what is checked in. The README's table
//! of operations is one of them. Generated files are never edited: corrections go into the overlay beside the imported
//! facts.

mod api;
mod authorization;
mod bindings;
mod dispatch;
mod errors;
mod facts;
mod model;
mod names;
mod operations;
mod readme;
mod schema;
mod service;
mod services;
mod types;

use std::path::{Path, PathBuf};

use model::Model;

/// Reads the facts below `root` (the checkout), and returns the path below `root` and the text of each generated file.
pub fn render(root: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let models = Model::read_all(&root.join("fixtures/model"))?;
    let mut files = Vec::new();
    let generated = PathBuf::from("crates/model/src/generated");
    let authorization = PathBuf::from("crates/authorization/src/generated");
    for model in &models {
        bindings::check(model)?;
        let generated = generated.join(model.module());
        files.push((generated.join("mod.rs"), operations::module(model)));
        files.push((generated.join("types.rs"), types::render(model)));
        files.push((generated.join("schema.rs"), schema::render(model)));
        files.push((generated.join("errors.rs"), errors::render(model)));
        files.push((generated.join("operations.rs"), operations::render(model)));
        files.push((PathBuf::from(model.service().api()), api::render(model)));
        files.push((authorization.join(model.module()).with_extension("rs"), authorization::render(model)?));
    }
    files.push((generated.join("mod.rs"), services::module(&models)));
    files.push((authorization.join("mod.rs"), authorization::module(&models)));
    files.push((generated.join("services.rs"), services::render(&models)));
    files.push((PathBuf::from("crates/engine/src/generated/dispatch.rs"), dispatch::render(&models)));
    files.push((PathBuf::from("README.md"), readme::render(root, &models)?));
    Ok(files)
}

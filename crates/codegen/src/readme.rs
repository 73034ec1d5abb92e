//! Writes the table of operations in the README.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::model::Model;

const BEGIN: &str = "<!-- operations: written by `cargo run -p codegen` -->";
const END: &str = "<!-- end of operations -->";

/// The README below `root`, with the current table between its marks.
pub fn render(root: &Path, models: &[Model]) -> Result<String, String> {
    let path = root.join("README.md");
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let marked = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = marked.ok_or("README.md lacks the marks of the table of operations")?;
    Ok(format!("{before}{BEGIN}\n\n{}\n{END}{after}", table(models)))
}

fn table(models: &[Model]) -> String {
    let mut text = String::from("| service | answered | operations (planned ones in italics) |\n|---|---|---|\n");
    for model in models {
        let operations = &model.overlay.operations;
        let answered = operations.values().filter(|operation| !operation.planned).count();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} | {answered} of {} | |", model.id, operations.len());
        let mut resources: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, operation) in operations {
            let shown = if operation.planned { format!("*{name}*") } else { name.clone() };
            resources.entry(&operation.resource).or_default().push(shown);
        }
        for (resource, names) in resources {
            let _ = writeln!(text, "| | {} | {} |", resource.replace('_', " "), names.join(", "));
        }
    }
    text
}

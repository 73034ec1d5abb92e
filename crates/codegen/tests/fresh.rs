//! The generated files that are checked in equal the generator's output.

use std::fs;
use std::path::Path;

#[test]
fn generated_files_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = codegen::render(&root).expect("the model facts can be read");
    assert!(!files.is_empty());
    for (path, text) in files {
        let found = fs::read_to_string(root.join(&path)).unwrap_or_default();
        assert!(found == text, "{} is stale: run `cargo run -p codegen` and commit", path.display());
    }
}

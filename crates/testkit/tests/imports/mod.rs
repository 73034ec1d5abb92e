//! Finds the imports among the files of a crate.
//!
//! A path leads to the file that defines its item. Names that a `mod.rs` re-exports are followed. Unit tests and
//! generated code are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Ident, Item, ItemImpl, ItemMod, ItemUse, Macro, Meta, UseTree, Visibility};

/// The imported files, by the importing file.
pub type Imports = BTreeMap<String, BTreeSet<String>>;

/// The maximal number of re-exports from a name to its item.
const STEPS_MAX: usize = 8;

/// The library of a package, without generated code.
#[derive(Default)]
pub struct Library {
    modules: Vec<Module>,
}

/// A module: a file, or a part of one.
#[derive(Default)]
struct Module {
    parent: Option<usize>,
    /// The file, below `src`.
    file: String,
    children: BTreeMap<String, usize>,
    /// The imported names, re-exports included.
    imported: BTreeMap<String, Import>,
    /// The modules of glob imports.
    globs: Vec<Vec<String>>,
    /// The defined names.
    defined: BTreeSet<String>,
    /// The paths in the code.
    paths: BTreeSet<Vec<String>>,
    /// The names in the code.
    words: BTreeSet<String>,
    /// Whether the module has the handlers of a resource.
    is_resource: bool,
}

struct Import {
    path: Vec<String>,
    is_public: bool,
}

/// The target of a path.
enum Target {
    /// A module as such.
    Module(usize),
    /// An item of a module.
    Defined(usize),
}

impl Library {
    /// Reads the library in a package's folder.
    pub fn read(package: &Path) -> Self {
        let mut library = Self::default();
        let src = package.join("src");
        library.read_file(None, &src.join("lib.rs"), &src, &src);
        library
    }

    /// The imports among the files.
    pub fn imports(&self) -> Imports {
        let mut all = Imports::new();
        for (index, module) in self.modules.iter().enumerate() {
            let targets = module.targets().filter_map(|path| match self.resolve(index, path, STEPS_MAX) {
                Some(Target::Defined(target)) => Some(&self.modules[target].file),
                Some(Target::Module(_)) | None => None,
            });
            let globs = module.globs.iter().filter_map(|path| match self.resolve(index, path, STEPS_MAX) {
                Some(Target::Defined(target) | Target::Module(target)) => Some(&self.modules[target].file),
                None => None,
            });
            let files: BTreeSet<_> = targets.chain(globs).filter(|file| **file != module.file).cloned().collect();
            all.entry(module.file.clone()).or_default().extend(files);
        }
        all
    }

    /// The files that have the handlers of a resource.
    pub fn resources(&self) -> BTreeSet<String> {
        self.modules.iter().filter(|module| module.is_resource).map(|module| module.file.clone()).collect()
    }

    fn resolve(&self, from: usize, path: &[String], steps: usize) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        let module = &self.modules[from];
        match first.as_str() {
            "crate" => self.descend(0, rest, steps),
            "self" => self.descend(from, rest, steps),
            "super" => self.descend(module.parent?, rest, steps),
            name if module.children.contains_key(name) || module.imported.contains_key(name) => {
                self.descend(from, path, steps)
            }
            _ => None,
        }
    }

    /// The target of a path that begins in a module.
    fn descend(&self, from: usize, path: &[String], steps: usize) -> Option<Target> {
        let steps = steps.checked_sub(1)?;
        let Some((first, rest)) = path.split_first() else { return Some(Target::Module(from)) };
        let module = &self.modules[from];
        if first == "super" {
            self.descend(module.parent?, rest, steps)
        } else if let Some(child) = module.children.get(first) {
            self.descend(*child, rest, steps)
        } else if module.defined.contains(first) {
            Some(Target::Defined(from))
        } else if let Some(import) = module.imported.get(first) {
            let path: Vec<_> = import.path.iter().chain(rest).cloned().collect();
            self.resolve(from, &path, steps)
        } else {
            let mut globs = module.globs.iter().filter_map(|glob| match self.resolve(from, glob, steps)? {
                Target::Module(target) => self.descend(target, path, steps),
                Target::Defined(_) => None,
            });
            globs.next()
        }
    }

    fn read_file(&mut self, parent: Option<usize>, path: &Path, folder: &Path, src: &Path) -> usize {
        let text = fs::read_to_string(path).expect("the file is text");
        let parsed = syn::parse_file(&text).expect("the file is Rust");
        let file = path.strip_prefix(src).expect("it is below src").to_string_lossy().replace('\\', "/");
        self.read_module(Module { parent, file, ..Module::default() }, &parsed.items, folder, src)
    }

    fn read_module(&mut self, module: Module, items: &[Item], folder: &Path, src: &Path) -> usize {
        let (index, file) = (self.modules.len(), module.file.clone());
        let mut reader = Reader { module, children: Vec::new() };
        for item in items {
            reader.visit_item(item);
        }
        let Reader { module, children } = reader;
        self.modules.push(module);
        for child in children {
            let name = child.ident.to_string();
            let inner = folder.join(&name);
            let read = match &child.content {
                Some((_, items)) => {
                    let module = Module { parent: Some(index), file: file.clone(), ..Module::default() };
                    self.read_module(module, items, &inner, src)
                }
                None => {
                    let files = [folder.join(format!("{name}.rs")), inner.join("mod.rs")];
                    let found = files.iter().find(|file| file.exists()).expect("a module has a file");
                    self.read_file(Some(index), found, &inner, src)
                }
            };
            self.modules[index].children.insert(name, read);
        }
        index
    }
}

impl Module {
    /// The imported paths, without names that the module only re-exports.
    fn targets(&self) -> impl Iterator<Item = &Vec<String>> {
        let imported = self.imported.iter().filter(|(name, import)| !import.is_public || self.words.contains(*name));
        imported.map(|(_, import)| &import.path).chain(&self.paths)
    }

    fn import(&mut self, tree: &UseTree, before: &[String], is_public: bool) {
        let with = |name: &Ident| before.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &with(&path.ident), is_public),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, before, is_public)),
            UseTree::Glob(_) => self.globs.push(before.to_vec()),
            UseTree::Name(name) if name.ident == "self" => {
                let alias = before.last().expect("self stands for a module").clone();
                self.imported.insert(alias, Import { path: before.to_vec(), is_public });
            }
            UseTree::Name(name) => {
                self.imported.insert(name.ident.to_string(), Import { path: with(&name.ident), is_public });
            }
            UseTree::Rename(rename) => {
                let path = if rename.ident == "self" { before.to_vec() } else { with(&rename.ident) };
                self.imported.insert(rename.rename.to_string(), Import { path, is_public });
            }
        }
    }

    /// Reads the paths and words among the tokens of a macro.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons) = (Vec::new(), 0);
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.end_path(&mut path);
                    }
                    self.words.insert(name.to_string());
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.end_path(&mut path);
                    self.read_tokens(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => self.end_path(&mut path),
            }
        }
        self.end_path(&mut path);
    }

    fn end_path(&mut self, path: &mut Vec<String>) {
        if path.len() > 1 {
            self.paths.insert(std::mem::take(path));
        }
        path.clear();
    }
}

/// Visits the items of a module.
struct Reader {
    module: Module,
    children: Vec<ItemMod>,
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name): (&[Attribute], _) = match item {
            Item::Const(item) => (&item.attrs, Some(&item.ident)),
            Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            Item::Impl(item) => (&item.attrs, None),
            Item::Mod(item) => (&item.attrs, None),
            Item::Static(item) => (&item.attrs, Some(&item.ident)),
            Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            Item::Type(item) => (&item.attrs, Some(&item.ident)),
            Item::Use(item) => (&item.attrs, None),
            _ => (&[], None),
        };
        if !attributes.iter().any(is_for_tests) {
            self.module.defined.extend(name.map(Ident::to_string));
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if item.ident != "generated" {
            self.children.push(item.clone());
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let is_public = !matches!(item.vis, Visibility::Inherited);
        self.module.import(&item.tree, &[], is_public);
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let names_trait = item.trait_.as_ref().is_some_and(|(path, ..)| path.segments[0].ident == "api");
        self.module.is_resource |= names_trait;
        visit::visit_item_impl(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.module.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.module.read_tokens(call.tokens.clone());
    }

    fn visit_ident(&mut self, name: &'ast Ident) {
        self.module.words.insert(name.to_string());
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, Meta::List(list) if list.path.is_ident("cfg") && list.tokens.to_string() == "test")
}

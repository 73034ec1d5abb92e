//! A service's facts and overlay together.

use std::collections::BTreeSet;
use std::path::Path;

use crate::facts::{Facts, MemberFacts, Overlay};
use crate::service::{self, ServiceOverlay};
use crate::{bindings, names};

/// Everything known of one service.
pub(crate) struct Model {
    /// The endpoint prefix, which also names its files in `fixtures/model`.
    pub id: String,
    pub facts: Facts,
    pub overlay: Overlay,
}

impl Model {
    /// Reads all services of `folder`, in the order in which they are listed.
    pub fn read_all(folder: &Path) -> Result<Vec<Self>, String> {
        let models = service::ids(folder)?.into_iter().map(|id| Self::read(folder, id));
        let mut models = models.collect::<Result<Vec<_>, _>>()?;
        models.sort_by_key(|model| model.overlay.service.order);
        Ok(models)
    }

    fn read(folder: &Path, id: String) -> Result<Self, String> {
        let facts = Facts::read(folder, &id)?;
        let overlay = Overlay::read(folder, &id, &facts)?;
        let model = Self { id, facts, overlay };
        bindings::check(&model)?;
        Ok(model)
    }

    /// The head of the overlay.
    pub fn service(&self) -> &ServiceOverlay {
        &self.overlay.service
    }

    /// The module of the generated types in `model`.
    pub fn module(&self) -> String {
        self.id.replace('-', "_")
    }

    /// The first lines of every generated file of the service.
    pub fn header(&self, content: &str) -> String {
        crate::header(&format!("fixtures/model/{}.json and its overlay", self.id), content)
    }

    /// The Rust type of a shape, as written in the generated types.
    pub fn rust_type(&self, shape: &str) -> String {
        if let Some(name) = self.overlay.types.get(shape) {
            return format!("crate::{name}");
        }
        let facts = self.facts.shape(shape);
        match facts.kind.as_str() {
            "string" if facts.values.is_empty() => "String".to_owned(),
            "string" | "structure" => names::structure(shape),
            "integer" => "i32".to_owned(),
            "long" => "i64".to_owned(),
            "boolean" => "bool".to_owned(),
            "timestamp" => "crate::Timestamp".to_owned(),
            "list" => format!("Vec<{}>", self.rust_type(&part(facts.member.as_ref()))),
            "map" => {
                let (key, value) = (part(facts.key.as_ref()), part(facts.value.as_ref()));
                format!("std::collections::BTreeMap<{}, {}>", self.rust_type(&key), self.rust_type(&value))
            }
            kind => panic!("the model has a shape of an unknown type: {kind}"),
        }
    }

    /// All shapes that can be reached from `roots`, the roots included.
    pub fn reach(&self, roots: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<String> = roots.into_iter().collect();
        while let Some(name) = open.pop() {
            let facts = self.facts.shape(&name);
            let parts = [facts.member.as_ref(), facts.key.as_ref(), facts.value.as_ref()];
            if reached.insert(name) {
                open.extend(facts.members.values().map(|member| member.shape.clone()));
                open.extend(parts.into_iter().flatten().map(|member| member.shape.clone()));
            }
        }
        reached
    }

    /// The shapes of the inputs (or, without `input`, of the outputs) of all operations.
    pub fn roots(&self, input: bool) -> impl Iterator<Item = String> + '_ {
        self.facts
            .operations
            .values()
            .filter_map(move |operation| if input { operation.input.clone() } else { operation.output.clone() })
    }
}

fn part(member: Option<&MemberFacts>) -> String {
    member.map_or_else(|| panic!("a list or map shape has no member"), |member| member.shape.clone())
}

//! The aliases of directories, each of which belongs to one directory only.

use compact_str::CompactString;
use model::DirectoryId;

use crate::directory::Regional;
use crate::region::Region;
use crate::world::World;

impl World {
    /// The directory with an alias, in any account and Region. Case does not count, as in host names.
    pub fn directory_by_alias(&self, alias: &str) -> Option<&DirectoryId> {
        self.aliases.get(alias.to_lowercase().as_str()).map(|(id, _)| id)
    }

    /// Gives a directory an alias in one of its Regions.
    pub fn set_alias(&mut self, id: &DirectoryId, region: &Region, alias: CompactString) {
        let directory = self.directory_mut(id);
        let Some(regional) = directory.and_then(|directory| directory.regional_mut(region)) else { return };
        regional.access.alias = Some(alias.clone());
        self.aliases.insert(alias.to_lowercase(), (id.clone(), region.clone()));
    }

    /// Frees the alias that a directory has in a Region that it leaves.
    // Inferred: the API reference says that an alias is never free again, the guide that deleting the directory frees
    // it.
    pub(crate) fn free_alias(&mut self, left: &Regional) {
        if let Some(alias) = &left.access.alias {
            self.aliases.remove(alias.to_lowercase().as_str());
        }
    }

    pub(crate) fn alias_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        let regions = self.directories.values().flat_map(|directory| {
            directory.regions.iter().map(move |(region, regional)| (directory, region, regional))
        });
        let mut n_aliases = 0;
        for (directory, region, regional) in regions {
            let Some(alias) = &regional.access.alias else { continue };
            n_aliases += 1;
            let known = self.aliases.get(alias.to_lowercase().as_str());
            let held = known.is_some_and(|(id, of)| *id == directory.id && of == region);
            hold(held, &|| format!("the alias {alias} leads to {known:?}"));
        }
        hold(n_aliases == self.aliases.len(), &|| "an alias is nobody's".into());
    }
}

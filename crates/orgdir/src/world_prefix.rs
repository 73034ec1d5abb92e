//! The prefix of a path that names a world.

use engine::{Engine, InvalidName};

/// Refuses an invalid name, and says which names are valid.
pub const WORLD_NAME: &str = "a world's name has 1 to 64 letters, digits, '-', '_' and '.'";

/// A path without its world.
#[derive(Debug, PartialEq)]
pub struct InWorld<'a> {
    pub world: &'a str,
    /// The rest of the path. Empty where nothing follows the name.
    pub path: &'a str,
}

/// Splits `/w/<name>` off a path. A path without it belongs to the default world.
///
/// # Errors
/// When the name is not valid.
pub fn split(path: &str) -> Result<InWorld<'_>, InvalidName> {
    let Some(named) = path.strip_prefix("/w/") else {
        return Ok(InWorld { world: Engine::DEFAULT, path });
    };
    let (world, path) = named.find('/').map_or((named, ""), |slash| named.split_at(slash));
    Engine::check_name(world)?;
    Ok(InWorld { world, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_world() {
        for (path, world, rest) in [
            ("/", "default", "/"),
            ("/service/x", "default", "/service/x"),
            ("/w/blue", "blue", ""),
            ("/w/blue/", "blue", "/"),
            ("/w/a-b_c.1/Users/CreateUser", "a-b_c.1", "/Users/CreateUser"),
        ] {
            assert_eq!(split(path), Ok(InWorld { world, path: rest }), "{path}");
        }
        for path in ["/w/", "/w//x", "/w/a%20b", "/w/é"] {
            assert_eq!(split(path), Err(InvalidName), "{path}");
        }
    }
}

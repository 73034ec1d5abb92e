//! Schema extensions.

use std::borrow::Cow;

use model::ds::ErrorCode;
use model::ds::types::SchemaExtensionStatus as Status;
use world::{Directory, SchemaExtension};

use crate::error::{Error, Result, require};

/// Requires a directory whose schema is not being extended.
pub fn require_none(directory: &Directory) -> Result<()> {
    require(!directory.global.schema_extensions.values().any(is_running), Refused::Running.into())
}

fn is_running(extension: &SchemaExtension) -> bool {
    !matches!(extension.status, Status::Completed | Status::Failed | Status::Cancelled)
}

/// What is wrong with a schema extension.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// Another one is under way.
    Running,
}

impl Refused {
    /// The model's code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Running => ErrorCode::ClientException,
        }
    }

    /// The text, which is inferred for all of them.
    pub fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Running => "A schema extension of the directory is in progress.".into(),
        }
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::SchemaExtension(refused)
    }
}

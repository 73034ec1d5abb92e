//! Chat applications policies: which clients, workspaces and roles may be used.

use super::super::shape::{Block, Shape, Text, at_most, counted, fixed, many, optional};
use super::SWITCH;
use super::forms::is_word;

pub(in crate::management) static DOCUMENT: Block = fixed(&[optional("chatbot", &CHATBOT)]);

static CHATBOT: Shape = Shape::Block(fixed(&[optional("platforms", &PLATFORMS), optional("default", &CLIENT)]));

// The user guide's first example has `default` next to the platforms. AWS refuses that, and takes it next to
// `platforms` as in the other examples (captures of radkawar/stackd, 9dc356f, organizations_chat_policy).
static PLATFORMS: Shape =
    Shape::Block(fixed(&[optional("slack", &SLACK), optional("microsoft_teams", &TEAMS), optional("chime", &CLIENT)]));

static CLIENT: Shape = Shape::Block(fixed(&[optional("client", &SWITCH)]));

static SLACK: Shape = Shape::Block(fixed(&[
    optional("client", &SWITCH),
    optional(
        "workspaces",
        &counted(Text::Form(is_workspace_or_all, "a workspace id, such as T0123ABCD, or *"), 0, Some(255)),
    ),
    optional("default", &CHANNELS),
    optional("overrides", &at_most(255, Text::Form(is_workspace, "a workspace id, such as T0123ABCD"), &CHANNELS)),
]));

static TEAMS: Shape = Shape::Block(fixed(&[
    optional("client", &SWITCH),
    optional("tenants", &at_most(36, TENANT_OR_ALL, &many(Text::Form(is_uuid_or_all, "a team id (UUID) or *")))),
    optional("default", &ROLES),
    optional("overrides", &at_most(36, TENANT, &TEAM_OVERRIDES)),
]));

const TENANT_OR_ALL: Text = Text::Form(is_uuid_or_all, "an id (UUID in lower case) or *");
const TENANT: Text = Text::Form(is_uuid, "an id (UUID in lower case)");

static TEAM_OVERRIDES: Shape = at_most(36, TENANT, &ROLES);

static CHANNELS: Shape = Shape::Block(fixed(&[
    optional("supported_channel_types", &many(Text::OneOf(&["public", "private"]))),
    optional("supported_role_settings", &ROLE_SETTINGS),
]));

static ROLES: Shape = Shape::Block(fixed(&[optional("supported_role_settings", &ROLE_SETTINGS)]));

static ROLE_SETTINGS: Shape = many(Text::OneOf(&["user_role", "channel_role"]));

fn is_workspace(text: &str) -> bool {
    text.len() <= 255 && is_word(text, |char| char.is_ascii_uppercase() || char.is_ascii_digit())
}

fn is_workspace_or_all(text: &str) -> bool {
    text == "*" || is_workspace(text)
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| is_word(part, |char| char.is_ascii_digit() || ('a'..='f').contains(&char)))
}

fn is_uuid_or_all(text: &str) -> bool {
    text == "*" || is_uuid(text)
}

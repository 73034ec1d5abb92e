//! Chat policies: `organizations_chat_policy`, `…_details`, `…_overrides`, `…_wildcards` and `…_controls`.

use policy::management::Kind::Chatbot as Chat;

use super::check;

const TENANT: &str = "12345678-1234-1234-1234-123456789abc";
const TEAM: &str = "12345678-abcd-1234-1234-123456789abc";
const LARGE: &str = "12345678-ABCD-1234-1234-123456789ABC";

#[test]
fn blocks_may_be_empty_and_have_known_keys() {
    check(Chat, "$$", &[r#"{"chatbot": {}}"#], &["{}", r#"{"other": {}}"#]);
    check(
        Chat,
        r#"{"chatbot": {$$}}"#,
        &[r#""platforms": {}"#, r#""default": {"client": {"@@assign": "disabled"}}"#],
        &[r#""other": {}"#, r#""default": {"other": {"@@assign": "disabled"}}"#],
    );
    let platforms = ["slack", "microsoft_teams", "chime", "Slack"];
    check(Chat, r#"{"chatbot": {"platforms": {"$$": {}}}}"#, &platforms, &["default", "unknown"]);
    let client = r#"{"chatbot": {"platforms": {"$$": {"client": {"@@assign": "enabled"}}}}}"#;
    check(Chat, client, &platforms, &["default", "unknown"]);
    let other = r#"{"chatbot": {"platforms": {"$$": {"other": {"@@assign": "enabled"}}}}}"#;
    check(Chat, other, &[], &["slack", "microsoft_teams", "chime"]);
}

#[test]
fn a_client_is_enabled_or_disabled() {
    check(
        Chat,
        r#"{"chatbot": {"platforms": {"slack": {"client": $$}}}}"#,
        &["{}", r#"{"@@assign": "enabled"}"#, r#"{"@@assign": "disabled"}"#],
        &[r#"{"@@append": ["enabled"]}"#, r#"{"@@remove": ["enabled"]}"#],
    );
    check(
        Chat,
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@assign": $$}}}}}"#,
        &[],
        &[r#""ENABLED""#, r#""true""#, "true", "1", "null", "[]", r#"["enabled"]"#, "{}"],
    );
}

#[test]
fn workspaces_are_large_letters_and_digits() {
    let longest = format!(r#""{}""#, "T".repeat(255));
    let longer = format!(r#""{}""#, "T".repeat(256));
    let (small, smaller) = (format!(r#""{}""#, "a".repeat(256)), format!(r#""{}""#, "a".repeat(255)));
    check(
        Chat,
        r#"{"chatbot": {"platforms": {"slack": {"workspaces": {"@@assign": [$$]}}}}}"#,
        &[r#""*""#, r#""T0123""#, r#""123""#, "1", "", r#""*", "T0123""#, r#""T0123", "T0123""#, &longest],
        &[
            r#""one""#,
            r#""""#,
            &small,
            &smaller,
            &longer,
            r#""with space""#,
            r#""T*""#,
            r#""aBC""#,
            r#""T_A""#,
            r#""T-A""#,
            "true",
            "null",
            "{}",
            "[]",
        ],
    );
    check(
        Chat,
        r#"{"chatbot": {"platforms": {"slack": {"workspaces": {$$}}}}}"#,
        &[r#""@@append": ["T0123"]"#, r#""@@remove": ["T0123"]"#, r#""@@append": ["*"]"#],
        &[r#""@@assign": "*""#],
    );
}

#[test]
fn a_document_may_have_more_than_an_effective_policy() {
    for count in [255, 256] {
        let ids: Vec<_> = (0..count).map(|number| format!(r#""T{number}""#)).collect();
        let document = r#"{"chatbot": {"platforms": {"slack": {"workspaces": {"@@assign": [$$]}}}}}"#;
        check(Chat, document, &[&ids.join(", ")], &[]);
    }
    for count in [36, 37] {
        let ids: Vec<_> = (0..count).map(|number| format!("00000000-0000-0000-0000-{number:012x}")).collect();
        let tenants: Vec<_> = ids.iter().map(|id| format!(r#""{id}": {{"@@assign": ["*"]}}"#)).collect();
        let document = r#"{"chatbot": {"platforms": {"microsoft_teams": {"tenants": {$$}}}}}"#;
        check(Chat, document, &[&tenants.join(", ")], &[]);
        let teams = format!(r#""{}": {{"@@assign": ["{}"]}}"#, ids[0], ids.join(r#"", ""#));
        check(Chat, document, &[&teams], &[]);
        let short: Vec<_> = (0..count).map(|number| format!(r#""{number}": {{"@@assign": ["*"]}}"#)).collect();
        check(Chat, document, &[], &[&short.join(", ")]);
        let short: Vec<_> = (0..count).map(|number| format!(r#""{number}""#)).collect();
        check(Chat, document, &[], &[&format!(r#""one": {{"@@assign": [{}]}}"#, short.join(", "))]);
    }
}

#[test]
fn channels_and_roles_are_known_words() {
    for (key, [one, other]) in
        [("supported_channel_types", ["public", "private"]), ("supported_role_settings", ["user_role", "channel_role"])]
    {
        let place = format!(r#"{{"chatbot": {{"platforms": {{"slack": {{"default": {{"{key}": {{$$}}}}}}}}}}}}"#);
        let twice = format!(r#""@@assign": ["{one}", "{one}"]"#);
        let taken = [one, other].map(|word| format!(r#""@@assign": ["{word}"]"#));
        let refused = [&*one.to_uppercase(), "*", "wrong"].map(|word| format!(r#""@@assign": ["{word}"]"#));
        check(Chat, &place, &[&taken[0], &taken[1], r#""@@assign": []"#, &twice], &[]);
        check(Chat, &place, &[], &[&refused[0], &refused[1], &refused[2], &format!(r#""@@assign": "{one}""#)]);
        check(Chat, &place, &[], &[r#""@@assign": [true]"#, r#""@@assign": [1]"#, r#""@@assign": [null]"#]);
    }
    check(
        Chat,
        r#"{"chatbot": {"platforms": {"slack": {"default": {$$}}}}}"#,
        &[
            r#""supported_channel_types": {"@@append": ["public"]}"#,
            r#""supported_channel_types": {"@@remove": ["public"]}"#,
            r#""supported_channel_types": {"@@assign": ["private", "public"]}"#,
            r#""supported_channel_types": {"@@assign": ["private", "public", "private"]}"#,
        ],
        &[r#""other": {"@@assign": ["private"]}"#],
    );
    check(
        Chat,
        r#"{"chatbot": {"platforms": {"microsoft_teams": {"default": {$$}}}}}"#,
        &[
            r#""supported_role_settings": {"@@assign": ["user_role"]}"#,
            r#""supported_role_settings": {"@@append": ["user_role"]}"#,
            r#""supported_role_settings": {"@@remove": ["user_role"]}"#,
        ],
        &[r#""supported_channel_types": {"@@assign": ["public"]}"#],
    );
    let chime = r#"{"chatbot": {"platforms": {"chime": {"default": {$$}}}}}"#;
    check(Chat, chime, &[], &[r#""supported_role_settings": {"@@assign": ["user_role"]}"#]);
}

#[test]
fn tenants_and_teams_are_ids_or_all() {
    let (a36, a37) = ("a".repeat(36), "a".repeat(37));
    let place = r#"{"chatbot": {"platforms": {"microsoft_teams": {"tenants": {"$$": {"@@assign": ["*"]}}}}}}"#;
    check(Chat, place, &["*", TENANT, TEAM], &["one", "", &a36, &a37, "with space", LARGE]);
    let place = format!(
        r#"{{"chatbot": {{"platforms": {{"microsoft_teams": {{"tenants": {{"{TENANT}": {{"@@assign": [$$]}}}}}}}}}}}}"#
    );
    let quoted = |text: &str| format!(r#""{text}""#);
    let taken = [quoted("*"), quoted(TENANT), quoted(TEAM), String::new(), r#""*", "*""#.to_owned()];
    let mixed = format!(r#""*", "{LARGE}""#);
    let refused = [quoted("one"), quoted(""), quoted(&a36), quoted(&a37), quoted("with space"), quoted(LARGE), mixed];
    check(Chat, &place, &taken.each_ref().map(String::as_str), &refused.each_ref().map(String::as_str));
    let place =
        format!(r#"{{"chatbot": {{"platforms": {{"microsoft_teams": {{"tenants": {{"{TENANT}": {{$$}}}}}}}}}}}}"#);
    let append = |id: &str| format!(r#""@@append": ["{id}"]"#);
    let remove = |id: &str| format!(r#""@@remove": ["{id}"]"#);
    let control = r#""@@operators_allowed_for_child_policies": ["@@append"]"#;
    let both = format!(r#""@@assign": ["{TENANT}"], "@@append": ["{TENANT}"]"#);
    let taken = ["", &append(TENANT), &remove(TENANT), control, &both];
    check(Chat, &place, &taken, &[&append(LARGE), &remove(LARGE)]);
    let place = r#"{"chatbot": {"platforms": {"microsoft_teams": {"tenants": {$$}}}}}"#;
    let both = format!(r#""*": {{"@@assign": ["*"]}}, "{TENANT}": {{"@@assign": ["*"]}}"#);
    check(Chat, place, &[&both, &format!(r#""*": {{"@@assign": ["{TENANT}"]}}"#)], &[]);
}

#[test]
fn overrides_are_for_one_workspace_or_team() {
    let longest = format!(r#""{}": {{}}"#, "T".repeat(255));
    let longer = format!(r#""{}": {{}}"#, "T".repeat(256));
    let channels = r#": {"supported_channel_types": {"@@assign": ["private"]}}"#;
    let of = |id: &str| format!(r#""{id}"{channels}"#);
    check(
        Chat,
        r#"{"chatbot": {"platforms": {"slack": {"overrides": {$$}}}}}"#,
        &[&longest, r#""123": {}"#, r#""T0123": {}"#, &of("T0123")],
        &[
            &longer,
            r#""aBC": {}"#,
            r#""T_A": {}"#,
            r#""T-A": {}"#,
            &of("*"),
            &of(""),
            &of("with space"),
            &of("T*"),
            r#""T0123": {"other": {"@@assign": ["private"]}}"#,
            r#""T0123": {"client": {"@@assign": "disabled"}}"#,
            r#""T0123": {"client": {"@@assign": "disabled"}, "supported_role_settings": {"@@assign": ["user_role"]}}"#,
        ],
    );
    let roles = r#"{"supported_role_settings": {"@@assign": ["user_role"]}}"#;
    let none = r#"{"supported_role_settings": {"@@assign": []}}"#;
    let of = |tenant: &str, team: &str, setting: &str| format!(r#""{tenant}": {{"{team}": {setting}}}"#);
    let taken = [
        of(TENANT, TEAM, "{}"),
        of(TENANT, TEAM, roles),
        of(TENANT, TEAM, none),
        String::new(),
        format!(r#""{TENANT}": {{}}"#),
    ];
    let refused = [
        of(TENANT, LARGE, "{}"),
        of(TENANT, LARGE, roles),
        of(TENANT, LARGE, none),
        r#""*": {}"#.to_owned(),
        format!(r#""{TEAM}": {roles}"#),
        format!(r#""{TENANT}": {{"teams": {{"{TEAM}": {roles}}}}}"#),
        of(TENANT, "team", "{}"),
        of(TENANT, "*", "{}"),
        of(TENANT, "*", roles),
        of("*", LARGE, roles),
        of("*", "*", roles),
        of("tenant", "team", roles),
        of("tenant", "team", r#"{"supported_channel_types": {"@@assign": ["private"]}}"#),
    ];
    let place = r#"{"chatbot": {"platforms": {"microsoft_teams": {"overrides": {$$}}}}}"#;
    check(Chat, place, &taken.each_ref().map(String::as_str), &refused.each_ref().map(String::as_str));
}

#[test]
fn controls_stand_everywhere_and_operators_at_the_root_and_in_settings() {
    let root = r#"{"chatbot": {"platforms": {"slack": {"client": {"@@assign": "enabled"}}}}, $$}"#;
    let others = [
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@assign": "enabled"}}}, $$}}"#,
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@assign": "enabled"}}, $$}}}"#,
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@assign": "enabled"}, $$}}}}"#,
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@assign": "enabled", $$}}}}}"#,
    ];
    let control = r#""@@operators_allowed_for_child_policies": ["@@none"]"#;
    check(Chat, root, &[control, r#""@@append": ["enabled"]"#], &[]);
    for place in others {
        check(Chat, place, &[control], &[r#""@@append": ["enabled"]"#]);
    }
    let plain = ["null", "[]", r#"["one"]"#, r#""one""#, "1", "[null]"];
    check(Chat, &root.replace("$$", r#""@@assign": $$"#), &plain, &["{}", "[{}]"]);
}

#[test]
fn keys_operators_and_controls_are_read_in_any_case() {
    let client = r#"{"client": {"@@assign": "enabled"}}"#;
    let taken = [
        format!(r#"{{"CHATBOT": {{"platforms": {{"slack": {client}}}}}}}"#),
        format!(r#"{{"chatbot": {{"Platforms": {{"slack": {client}}}}}}}"#),
        format!(r#"{{"chatbot": {{"platforms": {{"SLACK": {client}}}}}}}"#),
        r#"{"chatbot": {"platforms": {"slack": {"Client": {"@@assign": "enabled"}}}}}"#.to_owned(),
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@Assign": "enabled"}}}}}"#.to_owned(),
        r#"{"chatbot": {"platforms": {"slack": {"default": {"Supported_Channel_Types": {"@@assign": ["private"]}}}}}}"#
            .to_owned(),
    ];
    let refused = [
        r#"{"chatbot": {"platforms": {"slack": {}, "Slack": {}}}}"#,
        r#"{"chatbot": {}, "Chatbot": {}}"#,
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@assign": "enabled"},
            "Client": {"@@assign": "disabled"}}}}}"#,
    ];
    check(Chat, "$$", &taken.each_ref().map(String::as_str), &refused);
    check(
        Chat,
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@operators_allowed_for_child_policies": [$$]}}}}}"#,
        &[r#""@@assign", "@@Assign""#],
        &[r#""@@assign", "@@assign""#, r#""@@none", "@@assign""#, r#""@@None", "@@assign""#, r#""@@None", "@@NONE""#],
    );
    check(
        Chat,
        r#"{"chatbot": {"platforms": {"slack": {"client": {"@@Operators_Allowed_For_Child_Policies": ["$$"],
            "@@Assign": "enabled"}}}}}"#,
        &["@@assign", "@@Assign", "@@ASSIGN", "@@All", "@@NONE"],
        &[],
    );
}

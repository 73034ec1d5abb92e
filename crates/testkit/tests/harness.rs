//! Runs folders of scenarios with a filter, a failure, a panic and an update.
// A test that cannot go on fails.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Arguments;
use testkit::{Finished, run_folder};

/// A folder of scenarios that is removed when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        for (file, text) in files {
            let file = folder.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Self(folder)
    }

    /// Runs the cases with `filter` in their names, and returns the result and the printed text.
    fn run(&self, filter: Option<&str>, update: bool) -> (Finished, String) {
        let log = self.0.join("log");
        let arguments = Arguments {
            filter: filter.map(str::to_owned),
            logfile: Some(log.display().to_string()),
            ..Arguments::default()
        };
        (run_folder(&self.0, &arguments, update), fs::read_to_string(log).unwrap())
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// The beginning of the message for a failure in a line of a file.
    fn failure(&self, file: &str, line: usize, operation: &str) -> String {
        format!("{}:{line}: {operation}: ", self.0.join(file).display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// The numbers of passed, failed and filtered cases.
fn counts(finished: &Finished) -> (u64, u64, u64) {
    let conclusion = &finished.conclusion;
    (conclusion.num_passed, conclusion.num_failed, conclusion.num_filtered_out)
}

const ORGANIZATION: &str = "as 111111111111\nCreateOrganization -> Organization.Id as @org\n\n";

#[test]
fn a_filter_runs_only_what_it_names() {
    let text = format!("{ORGANIZATION}== Whole\nListRoots -> Roots count 1\n== Broken\nListRoots -> Roots count 9\n");
    let folder = Folder::new("filter", &[("organizations/ListRoots.txt", &text), ("ds/Bad.txt", "Op {\n")]);
    let (finished, _) = folder.run(Some("ListRoots: Whole"), false);
    assert_eq!(counts(&finished), (1, 0, 2));
    let (finished, log) = folder.run(None, false);
    assert_eq!(counts(&finished), (1, 2, 0));
    let failure = folder.failure("organizations/ListRoots.txt", 7, "ListRoots");
    assert!(log.contains(&format!("{failure}Roots counts 1, expected 9")), "{log}");
    assert!(log.contains("ds/Bad.txt:1: a quote or bracket is not closed"), "{log}");
}

#[test]
fn a_panic_fails_its_case_and_loses_nothing_else() {
    let panics = "CreateOrganizationalUnit ParentId=r-1 Name=repeat(xx,18446744073709551615)";
    let refused = "as 222222222222\nListRoots !! AWSOrganizationsNotInUseException\n";
    let text = format!("{ORGANIZATION}== Before\n{refused}== Panic\n{panics}\n== After\nDescribeOrganization\n");
    let folder = Folder::new("panic", &[("organizations/ListRoots.txt", &text)]);
    let (finished, log) = folder.run(None, false);
    assert_eq!(counts(&finished), (2, 1, 0));
    let failure = folder.failure("organizations/ListRoots.txt", 8, "CreateOrganizationalUnit");
    assert!(log.contains(&format!("{failure}panicked: capacity overflow")), "{log}");
    let file = "organizations:ListRoots AWSOrganizationsNotInUseException why";
    assert!(testkit::gaps(&finished.reached, file).iter().any(|gap| gap.contains("is reached")));
}

#[test]
fn definitions_stand_for_their_values() {
    let text = "as 111111111111
let name=Sandbox
let number=2
let tags=[{\"Key\":\"of\",\"Value\":\"@name\"}]
let policy=<<END
  {\"Version\":\"2012-10-17\",
   \"Statement\":{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}
  END
== All
CreateOrganization
ListRoots MaxResults=@number -> Roots.0.Id as @root
let parent=@root
CreateOrganizationalUnit ParentId=@parent Name=@name Tags=@tags -> OrganizationalUnit.Id as @ou
ListTagsForResource ResourceId=@ou => {\"Tags\":@tags}
DescribeOrganizationalUnit OrganizationalUnitId=@ou -> OrganizationalUnit.Name=Sandbox
CreatePolicy Name=@name Description=\"\" Type=SERVICE_CONTROL_POLICY Content=@policy -> Policy.Content=@policy
CreatePolicy Name=b Description=\"\" Type=SERVICE_CONTROL_POLICY Content=<<END -> Policy.Content=<<END
{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3:::@name\"}}
END
{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3:::Sandbox\"}}
END
";
    let (finished, log) = Folder::new("let", &[("organizations/Let.txt", text)]).run(None, false);
    assert_eq!(counts(&finished), (1, 0, 0), "{log}");
}

const WRONG: &str = "# A comment.
as 111111111111
CreateOrganization FeatureSet=ALL  ->  Organization.FeatureSet=SOME  Organization.Id as @org

== One
ListRoots -> Roots count 2 \\
    Roots.0.Name=\"The root\"
ListRoots -> Roots count 1
== Two
   CreateOrganization !! ConcurrentModificationException   \"x\"
DescribeOrganization -> Organization.Id=@org
ListDelegatedAdministrators => <<END
{}
END
";

const RIGHT: &str = "# A comment.
as 111111111111
CreateOrganization FeatureSet=ALL  ->  Organization.FeatureSet=ALL  Organization.Id as @org

== One
ListRoots -> Roots count 1 \\
    Roots.0.Name=Root
ListRoots -> Roots count 1
== Two
   CreateOrganization !! AlreadyInOrganizationException   \"The provided account is already a member of an \
    organization.\"
DescribeOrganization -> Organization.Id=@org
ListDelegatedAdministrators => <<END
{
  \"DelegatedAdministrators\": []
}
END
";

#[test]
fn an_update_rewrites_what_is_wrong_and_nothing_else() {
    let file = "organizations/CreateOrganization.txt";
    let folder = Folder::new("update", &[(file, WRONG)]);
    assert_eq!(counts(&folder.run(None, false).0), (0, 2, 0));
    assert_eq!(folder.read(file), WRONG, "a run without an update rewrites nothing");
    for rewritten in [1, 0] {
        let (finished, log) = folder.run(None, true);
        assert_eq!((counts(&finished), finished.rewritten.len()), ((2, 0, 0), rewritten), "{log}");
        assert_eq!(folder.read(file), RIGHT);
    }
    assert_eq!(counts(&folder.run(None, false).0), (2, 0, 0));
}

#[test]
fn an_update_keeps_the_edits_before_a_line_that_fails() {
    let text = "as 111111111111\n== One\nCreateOrganization -> Organization.FeatureSet=SOME\nListRoots !! Code\n";
    let folder = Folder::new("edits", &[("organizations/CreateOrganization.txt", text)]);
    let (finished, log) = folder.run(None, true);
    assert_eq!(counts(&finished), (0, 1, 0));
    assert!(log.contains(":4: ListRoots: answered {"), "{log}");
    assert_eq!(folder.read("organizations/CreateOrganization.txt"), text.replace("SOME", "ALL"));
}

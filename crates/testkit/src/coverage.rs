//! Finds the errors of operations that no scenario reaches.

use std::collections::BTreeSet;

use model::{ModeledError, SERVICES, State, organizations};

/// The errors that calls of scenarios reached.
#[derive(Default)]
pub struct Reached {
    /// Pairs of an operation, as `service:Operation`, and an error, by a rule.
    pub(crate) errors: BTreeSet<(String, String)>,
    /// Pairs of an error and its reason, by a rule.
    pub(crate) reasons: BTreeSet<(String, String)>,
    /// Pairs of an error and its reason, by a fault.
    pub(crate) ordered: BTreeSet<(String, String)>,
}

impl Reached {
    /// Adds the errors of other calls.
    pub fn extend(&mut self, other: Self) {
        self.errors.extend(other.errors);
        self.reasons.extend(other.reasons);
        self.ordered.extend(other.ordered);
    }
}

/// A line of the coverage file. It excuses an error that cannot occur for an operation, or for all operations of a
/// service.
struct Excuse<'a> {
    operation: &'a str,
    error: &'a str,
}

impl Excuse<'_> {
    /// `service:*` stands for every operation of the service.
    fn covers(&self, pair: &(String, String)) -> bool {
        let every = self.operation.strip_suffix('*').is_some_and(|service| pair.0.starts_with(service));
        pair.1 == self.error && (every || pair.0 == self.operation)
    }
}

/// Lists, in words, the errors of a coverage file, whose lines are `service:Operation Error reason`, and the errors
/// that nothing reaches or excuses.
pub fn gaps(reached: &Reached, file: &str) -> Vec<String> {
    let (mut excuses, mut found) = (Vec::new(), Vec::new());
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut words = line.splitn(3, char::is_whitespace).map(str::trim);
        match (words.next(), words.next(), words.next()) {
            (Some(operation), Some(error), Some(reason)) if !reason.is_empty() => {
                excuses.push(Excuse { operation, error });
            }
            _ => found.push(format!("'{line}' gives no reason")),
        }
    }
    for pair in excuses.windows(2) {
        let [before, after] = [&pair[0], &pair[1]].map(|excuse| (excuse.operation, excuse.error));
        if before >= after {
            let how = if before == after { "stands twice" } else { "is out of alphabetical order" };
            found.push(format!("{} {}: {how}", after.0, after.1));
        }
    }
    let modeled = modeled();
    let missed: BTreeSet<&(String, String)> = modeled.difference(&reached.errors).collect();
    let unexcused = missed.iter().filter(|pair| !excuses.iter().any(|excuse| excuse.covers(pair)));
    found.extend(unexcused.map(|(operation, error)| format!("{operation} {error}: no scenario reaches it")));
    let idle = excuses.iter().filter(|excuse| !missed.iter().any(|pair| excuse.covers(pair)));
    found.extend(
        idle.map(|excuse| {
            format!("{} {}: is reached, or no such pair: delete the line", excuse.operation, excuse.error)
        }),
    );
    found
}

/// Lists, in words, the errors of a file of reasons, whose lines are `Error REASON ordered|never why`. A rule gives
/// each reason of Organizations' models, or the file lists it: as `ordered`, if a fault of some scenario orders it, or
/// as `never`.
pub fn reason_gaps(reached: &Reached, file: &str) -> Vec<String> {
    let modeled: BTreeSet<(String, String)> =
        organizations::ErrorCode::all().iter().flat_map(|error| error.reasons()).filter_map(pair).collect();
    let (mut excused, mut found) = (BTreeSet::new(), Vec::new());
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words: Vec<&str> = line.splitn(4, char::is_whitespace).collect();
        let [error, reason, kind @ ("ordered" | "never"), _] = words.as_slice() else {
            found.push(format!("'{line}' is no Error REASON ordered|never why"));
            continue;
        };
        let line = ((*error).to_owned(), (*reason).to_owned());
        if !modeled.contains(&line) || reached.reasons.contains(&line) {
            found.push(format!("{error} {reason}: is given by a rule, or does not exist: delete the line"));
        }
        if (*kind == "ordered") != reached.ordered.contains(&line) {
            found.push(format!("{error} {reason}: 'ordered' is wrong: check whether a scenario orders it"));
        }
        excused.insert(line);
    }
    let silent = modeled.iter().filter(|pair| !reached.reasons.contains(pair) && !excused.contains(pair));
    found.extend(silent.map(|(error, reason)| format!("{error} {reason}: no scenario gives it")));
    found
}

fn pair(error: organizations::ErrorCode) -> Option<(String, String)> {
    Some((error.name().to_owned(), error.reason()?.to_owned()))
}

/// All pairs of an implemented operation and an error of its model.
fn modeled() -> BTreeSet<(String, String)> {
    let operations = SERVICES.iter().flat_map(|service| service.operations);
    let implemented = operations.filter(|operation| operation.state == State::Implemented);
    implemented
        .flat_map(|operation| {
            let name = operation.to_string();
            operation.errors.iter().map(move |error| (name.clone(), (*error).to_owned()))
        })
        .collect()
}

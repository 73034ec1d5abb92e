//! Which errors of which operations the scenarios reach.

use std::collections::BTreeSet;

use model::{SERVICES, State};

/// Pairs of an operation, as `service:Operation`, and an error that a call of it gave.
#[derive(Default)]
pub struct Reached(pub(crate) BTreeSet<(String, String)>);

/// A line of the coverage file: an error of an operation, or of all operations of a service, that cannot occur.
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

/// What is wrong with a coverage file, whose lines are `service:Operation Error reason`, in words.
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
    let missed: BTreeSet<&(String, String)> = modeled.difference(&reached.0).collect();
    let unexcused = missed.iter().filter(|pair| !excuses.iter().any(|excuse| excuse.covers(pair)));
    found.extend(unexcused.map(|(operation, error)| format!("{operation} {error}: no scenario reaches it")));
    let idle = excuses.iter().filter(|excuse| !missed.iter().any(|pair| excuse.covers(pair)));
    found.extend(
        idle.map(|excuse| format!("{} {}: is reached, or no such pair: take it off", excuse.operation, excuse.error)),
    );
    found
}

/// Every pair of an implemented operation and an error of its model.
fn modeled() -> BTreeSet<(String, String)> {
    let operations = SERVICES.iter().flat_map(|service| service.operations);
    let implemented = operations.filter(|operation| operation.state == State::Implemented);
    implemented
        .flat_map(|operation| {
            let name = format!("{}:{}", operation.service.id, operation.name);
            operation.errors.iter().map(move |error| (name.clone(), (*error).to_owned()))
        })
        .collect()
}

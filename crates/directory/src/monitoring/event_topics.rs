//! Event topics: they receive the changes of a directory's stage. Each Region has its own.

use std::borrow::Cow;
use std::time::Duration;

use model::ds::ErrorCode;
use model::ds::types::{
    DeregisterEventTopicInput, DeregisterEventTopicOutput, DescribeEventTopicsInput, DescribeEventTopicsOutput,
    EventTopic, RegisterEventTopicInput, RegisterEventTopicOutput, TopicStatus,
};
use model::{DirectoryId, Partition, Timestamp, arn};
use world::{Directory, DirectoryWork, EventTopic as Topic, EventTopicWork, Failure, Tx, View, World};

use crate::error::{Coded, Result, require};
use crate::failures::{CanFail, Failures, Finish};
use crate::generated::api;
use crate::{Service, availability, lookup};

/// From the registration of a topic until the service has checked that it exists.
const CHECKED: Duration = Duration::from_mins(1);

impl api::EventTopics for Service {
    // Inferred: a topic that is registered again stays as it is, and is checked again.
    fn register_event_topic(tx: &mut Tx<'_>, input: RegisterEventTopicInput) -> Result<RegisterEventTopicOutput> {
        let view = tx.view();
        let regional = availability::directory(&view, &input.directory_id)?.regional;
        let is_new = !regional.monitoring.event_topics.contains_key(input.topic_name.as_str());
        if is_new {
            require_topic(tx, &input.topic_name)?;
            let topic = Topic { status: TopicStatus::Registered, created_at: tx.now };
            let regional = tx.regional_mut(&input.directory_id);
            regional.monitoring.event_topics.insert(input.topic_name.as_str().into(), topic);
        }
        let region = tx.caller.region.clone();
        let topic = input.topic_name.into();
        let work = EventTopicWork { directory: input.directory_id, region, topic, failure: None };
        tx.after(CHECKED, DirectoryWork::EventTopic(work));
        Ok(RegisterEventTopicOutput {})
    }

    fn deregister_event_topic(tx: &mut Tx<'_>, input: DeregisterEventTopicInput) -> Result<DeregisterEventTopicOutput> {
        let view = tx.view();
        let regional = availability::directory(&view, &input.directory_id)?.regional;
        let registered = regional.monitoring.event_topics.contains_key(input.topic_name.as_str());
        require(registered, EventTopicError::Unknown(input.topic_name.clone()))?;
        let regional = tx.regional_mut(&input.directory_id);
        regional.monitoring.event_topics.remove(input.topic_name.as_str());
        Ok(DeregisterEventTopicOutput {})
    }

    fn describe_event_topics(view: &View<'_>, input: DescribeEventTopicsInput) -> Result<DescribeEventTopicsOutput> {
        require(input.topic_names.as_ref().is_none_or(|names| !names.is_empty()), EventTopicError::NoNames)?;
        let directories: Vec<&Directory> = match &input.directory_id {
            Some(id) => vec![availability::directory(view, id)?.directory],
            None => lookup::own_directories(view).collect(),
        };
        let mut rows: Vec<EventTopic> = directories.into_iter().flat_map(|directory| topics(view, directory)).collect();
        if let Some(names) = &input.topic_names {
            let is_registered = |name: &String| rows.iter().any(|row| row.topic_name.as_ref() == Some(name));
            if let Some(unknown) = names.iter().find(|name| !is_registered(name)) {
                return Err(EventTopicError::Unknown(unknown.clone()).into());
            }
            rows.retain(|row| row.topic_name.as_ref().is_some_and(|name| names.contains(name)));
        }
        Ok(DescribeEventTopicsOutput { event_topics: Some(rows) })
    }
}

/// Ends the check of a topic.
impl Finish for EventTopicWork {
    fn finish(self, world: &mut World, _: Timestamp) {
        let directory = world.directory_mut(&self.directory);
        let regional = directory.and_then(|directory| directory.regional_mut(&self.region));
        if let Some(topic) = regional.and_then(|regional| regional.monitoring.event_topics.get_mut(&self.topic)) {
            topic.status = self.failure.map_or(TopicStatus::Registered, |failure| failure.status);
        }
    }
}

impl CanFail for EventTopicWork {
    type Status = TopicStatus;

    const FAILURES: &'static [Failures<TopicStatus>] = &[Failures::without_reason(
        &["RegisterEventTopic"],
        &[TopicStatus::TopicNotFound, TopicStatus::Failed, TopicStatus::Deleted],
    )];

    fn status_name(status: TopicStatus) -> &'static str {
        status.as_str()
    }

    fn failure(&mut self) -> &mut Option<Failure<TopicStatus>> {
        &mut self.failure
    }
}

/// Requires that a topic exists in the caller's account and Region. Where none are declared, every name is assumed to
/// be one.
fn require_topic(tx: &Tx<'_>, name: &str) -> Result<()> {
    let Some(topics) = tx.known(|surroundings| &surroundings.topics).listed()? else { return Ok(()) };
    let exists = topics.contains(&(tx.caller.account, tx.caller.region.clone(), name.into()));
    require(exists, EventTopicError::NoSuchTopic(name.to_owned()).into())
}

fn topics(view: &View<'_>, directory: &Directory) -> Vec<EventTopic> {
    let regional = directory.regional(&view.caller.region);
    let topics = regional.into_iter().flat_map(|regional| &regional.monitoring.event_topics);
    topics.map(|(name, topic)| row(view, &directory.id, name, topic)).collect()
}

fn row(view: &View<'_>, directory: &DirectoryId, name: &str, topic: &Topic) -> EventTopic {
    let region = view.caller.region.as_str();
    let arn = arn(Partition::of_region(region), "sns", region, view.caller.account, &[name]);
    EventTopic {
        created_date_time: Some(topic.created_at),
        directory_id: Some(directory.clone()),
        status: Some(topic.status),
        topic_arn: Some(arn),
        topic_name: Some(name.to_owned()),
    }
}

/// Why an event topic is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum EventTopicError {
    /// The topic is not registered.
    Unknown(String),
    /// The topic does not exist in the account and Region.
    NoSuchTopic(String),
    /// The list of names is empty.
    NoNames,
}

impl Coded for EventTopicError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unknown(_) | Self::NoSuchTopic(_) => ErrorCode::EntityDoesNotExistException,
            Self::NoNames => ErrorCode::InvalidParameterException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Unknown(name) => format!("Topic {name} is not registered").into(),
            Self::NoSuchTopic(name) => format!("Topic {name} does not exist").into(),
            Self::NoNames => "TopicNames must name at least one topic.".into(),
        }
    }
}

//! The names of a job and of its endpoints: [`Identity`].

use crate::model::SyncJob;

/// The names of a job and of its endpoints, as the response has them. An empty text counts as absent.
///
/// All of it is one allocation: an assessment is made for every response, and five would cost as much as the judgement.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Identity {
    /// The texts one after the other.
    text: Box<str>,
    /// The end of each of them.
    ends: [usize; NAMES],
}

const NAMES: usize = 5;

impl Identity {
    /// The names of a job, with its id as it is judged.
    pub(super) fn of(job: &SyncJob, job_id: Option<&str>) -> Self {
        Identity::new(
            job_id,
            job.task_id.as_deref(),
            job.source.as_ref().and_then(|endpoint| endpoint.instance_id.as_deref()),
            job.destination.as_ref().and_then(|endpoint| endpoint.instance_id.as_deref()),
            job.job_name.as_deref(),
        )
    }

    pub(super) fn new(
        job_id: Option<&str>,
        task_id: Option<&str>,
        source: Option<&str>,
        destination: Option<&str>,
        job_name: Option<&str>,
    ) -> Self {
        let names = [job_id, task_id, source, destination, job_name].map(Option::unwrap_or_default);
        let mut text =
            String::with_capacity(names.iter().fold(0, |sum, name| name.len().saturating_add(sum)));
        let mut ends = [0; NAMES];
        for (name, end) in names.iter().zip(&mut ends) {
            text.push_str(name);
            *end = text.len();
        }
        Identity { text: text.into_boxed_str(), ends }
    }

    pub(super) fn job_id(&self) -> Option<&str> {
        let [end, ..] = self.ends;
        self.part(0, end)
    }

    pub(super) fn task_id(&self) -> Option<&str> {
        let [start, end, ..] = self.ends;
        self.part(start, end)
    }

    /// The instance ids of source and destination.
    pub(super) fn endpoints(&self) -> [Option<&str>; 2] {
        let [_, start, middle, end, _] = self.ends;
        [self.part(start, middle), self.part(middle, end)]
    }

    /// The instance ids of source and destination, if both are known.
    pub(super) fn instances(&self) -> Option<(&str, &str)> {
        let [source, destination] = self.endpoints();
        source.zip(destination)
    }

    pub(super) fn job_name(&self) -> Option<&str> {
        let [.., start, end] = self.ends;
        self.part(start, end)
    }

    fn part(&self, start: usize, end: usize) -> Option<&str> {
        self.text.get(start..end).filter(|part| !part.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_comes_back() {
        let names = Identity::new(Some("job"), None, Some("source"), Some("destination"), Some("name"));
        assert_eq!(names.job_id(), Some("job"));
        assert_eq!(names.task_id(), None);
        assert_eq!(names.instances(), Some(("source", "destination")));
        assert_eq!(names.job_name(), Some("name"));
        let names = Identity::new(None, Some("任务"), Some(""), Some("destination"), None);
        assert_eq!(names.job_id(), None);
        assert_eq!(names.task_id(), Some("任务"));
        assert_eq!(names.instances(), None);
        assert_eq!(names.job_name(), None);
        assert_eq!(Identity::default().job_id(), None);
    }
}

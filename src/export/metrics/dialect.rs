//! The text formats of metrics: [`Dialect`].

use crate::named_enum::named_enum;

named_enum! {
    /// A text format of metrics.
    #[derive(PartialOrd, Ord, Default)]
    #[non_exhaustive]
    pub enum Dialect as "dialect of metrics" {
        /// [OpenMetrics] 1.0: with state sets and units, and an end mark.
        ///
        /// [OpenMetrics]: https://prometheus.io/docs/specs/om/open_metrics_spec/
        #[default]
        OpenMetrics = "openmetrics",
        /// [Prometheus text] 0.0.4: the format of node_exporter's textfile collector.
        ///
        /// [Prometheus text]: https://prometheus.io/docs/instrumenting/exposition_formats/
        Prometheus = "prometheus",
    }
}

impl Dialect {
    /// The content type to serve a text of this dialect as.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Dialect::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
            Dialect::Prometheus => "text/plain; version=0.0.4; charset=utf-8",
        }
    }

    /// The end of a text: `# EOF`, which OpenMetrics needs.
    pub(super) const fn end(self) -> &'static str {
        match self {
            Dialect::OpenMetrics => "# EOF\n",
            Dialect::Prometheus => "",
        }
    }
}

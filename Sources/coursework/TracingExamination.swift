import Configuration
import Platform
import TraceExport

/// The check of `doctor` that concerns the collector of spans.
struct TracingExamination {
    let settings: TracingSettings
    let limit: Duration

    /// Nothing where nothing is traced. No more than a warning: jobs run without a collector.
    func findings() async -> [Finding] {
        guard let endpoint = settings.endpoint else { return [] }
        let executor = BlockingExecutor(label: "coursework.traces", width: 1)
        let collector = Collector(endpoint: endpoint, certificatesFile: settings.caFile, executor: executor)
        guard let obstacle = await collector.obstacle(within: limit) else {
            return [Finding(check: "tracing", state: .ok, message: "\(endpoint) takes spans.")]
        }
        let message =
            "\(endpoint) takes no spans (\(obstacle)): they are lost. Start the collector, or mend tracing.endpoint."
        return [Finding(check: "tracing", state: .warning, message: message)]
    }
}

public import Jobs

/// Jobs for benchmarks, fault tests and trying out a deployment. A worker knows them only with `--diagnostics`.
public enum DiagnosticsJobs {
    /// - Parameter dataFolder: where the jobs that write something write it.
    public static func register(in registry: inout JobRegistry, dataFolder: String) {
        registry.register(NoopHandler())
        registry.register(SleepHandler())
        registry.register(FailHandler())
        registry.register(CrashHandler())
        let journal = ExecutionJournal(dataFolder: dataFolder)
        registry.register(JournalHandler(journal: journal))
        registry.register(HangHandler(journal: journal))
        registry.register(StepsHandler(journal: journal))
    }
}

internal import EffectLedger
public import Jobs

/// Jobs for benchmarks, fault tests and trying out a deployment. A worker knows them only with `--diagnostics`.
public enum DiagnosticsJobs {
    public static func register(in registry: inout JobRegistry, surroundings: Surroundings) {
        registry.register(NoopHandler())
        registry.register(SleepHandler())
        registry.register(FailHandler())
        registry.register(CrashHandler())
        let journal = ExecutionJournal(dataFolder: surroundings.dataFolder)
        registry.register(JournalHandler(journal: journal))
        registry.register(HangHandler(journal: journal))
        registry.register(StepsHandler(journal: journal))
        registry.register(EffectHandler(ledger: surroundings.services[EffectLedger.self]))
    }
}

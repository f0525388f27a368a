public import Jobs

/// Jobs for benchmarks, fault tests and trying out a deployment. A worker knows them only with `--diagnostics`.
public enum DiagnosticsJobs {
    public static func register(in registry: inout JobRegistry) {
        registry.register(NoopHandler())
        registry.register(SleepHandler())
        registry.register(FailHandler())
        registry.register(CrashHandler())
    }
}

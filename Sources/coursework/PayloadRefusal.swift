import Jobs

/// Payloads are checked where they come in: what is wrong with one is told to whoever wrote it, not to the reader of dead
/// letters.
enum PayloadRefusal {
    /// A sentence; nil for a payload that fits.
    static func sentence(_ payload: [UInt8], of job: RegisteredJob, limit: Int) -> String? {
        let violations = job.payloadSchema.violations(in: payload, limits: PayloadLimits(bytes: limit))
        guard !violations.isEmpty else { return nil }
        let problems = violations.map { Terminal.line("\($0)", atMost: 300) }.joined(separator: "; ")
        return "This is no payload of \(job.type): \(problems)."
    }
}

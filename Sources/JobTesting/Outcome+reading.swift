public import Jobs

/// An outcome as a test asks for it.
extension Outcome {
    public var isSuccess: Bool { result != nil }

    /// What a job that was done leaves behind; nil when it was not done.
    public var result: JobResult? { if case .success(let result) = self { result } else { nil } }

    /// Why the job was buried; nil when it was not.
    public var burial: String? { if case .bury(let reason) = self { reason } else { nil } }

    /// Why the job was discarded; nil when it was not.
    public var discarding: String? { if case .discard(let reason) = self { reason } else { nil } }

    /// Why the job is to be tried again; nil when it is not.
    public var retryReason: String? { if case .retry(let error, _) = self { "\(error)" } else { nil } }

    /// How long the job is snoozed; nil when it is not.
    public var snooze: Duration? { if case .snooze(let duration) = self { duration } else { nil } }
}

internal import JobQueue
internal import Jobs
internal import Platform
internal import Sealing

/// Runs one job and decides what becomes of it.
struct JobRunner: Sendable {
    let argsBytesLimit: Int
    let clock: ServerClock

    func run(_ active: ActiveJob) async -> Disposition {
        guard active.cancellation == .none else { return disposition(ofCancelled: active) }
        guard !isExpired(active.job) else { return .expire }
        active.start(at: .now)
        guard active.isSealed || active.job.args.count <= argsBytesLimit else {
            return .bury(.malformed, error: tooLarge(active.job.args))
        }
        guard let registered = active.registered else { return unregistered(active.job) }
        let args: ArraySlice<UInt8>
        do throws(SealFailure) { args = try active.openArgs() } catch {
            return disposition(of: error, active, registered)
        }
        guard args.count <= argsBytesLimit else { return .bury(.malformed, error: tooLarge(args)) }
        // Found only when the job is done, it would be a dead letter whose work is done.
        if let mistake = await active.mistakeInLinks { return .bury(.malformed, error: ErrorReport(mistake)) }
        do {
            let context = JobContext(attempt: active.job.attempt, running: active)
            return disposition(of: try await registered.run(args, context), active, registered)
        } catch let error as UndecodablePayload {
            return .bury(.undecodable, error: ErrorReport(error))
        } catch {
            guard active.cancellation == .none else { return disposition(ofCancelled: active) }
            guard !(error is CircuitOpen), let outcome = registered.outcome(error, active.job.attempt) else {
                return failure(error, told: nil, active, registered)
            }
            return disposition(of: outcome, for: error, active, registered)
        }
    }

    /// - Parameter error: what the handler threw, where the type made the outcome of it.
    private func disposition(
        of outcome: Outcome, for error: (any Error)? = nil, _ active: ActiveJob, _ registered: RegisteredJob
    ) -> Disposition {
        guard active.cancellation != .lost else { return .drop }
        switch outcome {
        case .success(let result):
            guard !active.job.hasLinks || result.json.count <= argsBytesLimit else {
                return .bury(.buried, error: tooLarge(result))
            }
            return .complete(result)
        case .discard(let reason): return .discard(reason: reason)
        case .bury(let reason):
            return .bury(.buried, error: ErrorReport(reason, kind: error.map(ErrorReport.kind(of:)) ?? ""))
        case .snooze(let duration): return .snooze(min(RetryPolicy.longestWait, max(.zero, duration)))
        case .retry(let error, let after): return failure(error, told: after, active, registered)
        }
    }

    private func failure(
        _ error: any Error, told: Duration?, _ active: ActiveJob, _ registered: RegisteredJob
    ) -> Disposition {
        if active.cancellation != .none { return disposition(ofCancelled: active) }
        if let open = error as? CircuitOpen { return .snooze(Self.wait(for: open)) }
        return retryOrBury(error, told: told ?? (error as? any RetryAfterError)?.retryAfter, active, registered)
    }

    /// Until the dependency is tried again, and then not all jobs at once: the longer it fails the more of them wait, and
    /// each comes back in vain.
    private static func wait(for open: CircuitOpen) -> Duration {
        let wait = min(RetryPolicy.longestWait, max(.zero, open.retryAfter))
        let spread = min(.seconds(60), max(.seconds(1), open.failingFor / 2))
        return wait + .milliseconds(Int64.random(in: 0...spread.milliseconds))
    }

    private func retryOrBury(
        _ error: any Error, told: Duration? = nil, _ active: ActiveJob, _ registered: RegisteredJob
    ) -> Disposition {
        let failures = active.job.attempt
        let policy = registered.retryPolicy
        guard policy.allowsRetry(afterFailures: failures) else {
            return .bury(.failures, error: ErrorReport(error))
        }
        var random = SystemRandomNumberGenerator()
        let delay = policy.delay(afterFailures: failures, told: told, using: &random)
        return .retry(delay: delay, within: policy.retryFor, error: ErrorReport(error))
    }

    /// What a job that was told to stop comes to, whether it stopped or not.
    func disposition(ofCancelled active: ActiveJob) -> Disposition {
        switch active.cancellation {
        case .lost: return .drop
        case .request: return .cancel
        case .drain, .none: return .release
        case .deadline:
            guard let registered = active.registered, case .after(let limit) = registered.deadline else {
                return .release
            }
            return retryOrBury(DeadlineExceeded(limit: limit), active, registered)
        }
    }

    /// A key may still come, but what was changed stays so.
    private func disposition(
        of failure: SealFailure, _ active: ActiveJob, _ registered: RegisteredJob
    ) -> Disposition {
        failure.isMissingKey
            ? retryOrBury(failure, active, registered) : .bury(.undecodable, error: ErrorReport(failure))
    }

    func isExpired(_ job: ClaimedJob) -> Bool {
        job.expiresMilliseconds > 0 && job.expiresMilliseconds <= clock.milliseconds
    }

    private func tooLarge(_ args: ArraySlice<UInt8>) -> ErrorReport {
        """
        The args are \(args.count) bytes and at most \(argsBytesLimit) are allowed; \
        store the data and enqueue its key.
        """
    }

    private func tooLarge(_ result: JobResult) -> ErrorReport {
        """
        The result is \(result.json.count) bytes and at most \(argsBytesLimit) can be passed on to the next job of the \
        chain; store the data and pass on its key.
        """
    }

    private func unregistered(_ job: ClaimedJob) -> Disposition {
        guard !job.type.isEmpty else {
            return .bury(
                .malformed, error: "The entry has no field 'type'; write XADD … type domain.verb args JSON.")
        }
        guard JobType(String(decoding: job.type, as: UTF8.self)) != nil else {
            return .bury(.malformed, error: "The field 'type' is not a name of the form domain.verb.")
        }
        // Back to the queue, for a newer worker.
        return .awaitType
    }
}

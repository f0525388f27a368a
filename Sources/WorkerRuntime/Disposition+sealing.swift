internal import JobQueue
internal import Jobs
internal import Sealing

extension EndedJobs.Ended {
    /// The same with nothing in the clear that the job said: neither Redis nor the log gets it.
    func sealed(by vault: PayloadVault) -> Self {
        Self(job: job, disposition: disposition.sealed(by: vault, of: job.typeText))
    }
}

extension Disposition {
    fileprivate func sealed(by vault: PayloadVault, of type: String) -> Disposition {
        switch self {
        case .complete(let result) where !result.json.isEmpty:
            return .complete(JobResult(json: vault.sealed(result.json, as: .result, of: type)))
        case .discard(let reason): return .discard(reason: vault.sealed(error: reason, of: type))
        case .retry(let delay, let limit, let error):
            return .retry(delay: delay, within: limit, error: error.sealed(by: vault, of: type))
        case .bury(let reason, let error): return .bury(reason, error: error.sealed(by: vault, of: type))
        case .complete, .snooze, .awaitType, .cancel, .expire, .block, .release, .drop: return self
        }
    }
}

extension ErrorReport {
    /// What kind of error it was stays readable. So does which key is missing: nobody could mend it else.
    fileprivate func sealed(by vault: PayloadVault, of type: String) -> ErrorReport {
        guard kind != "\(SealFailure.self)" else { return self }
        return ErrorReport(vault.sealed(error: text, of: type), kind: kind)
    }
}

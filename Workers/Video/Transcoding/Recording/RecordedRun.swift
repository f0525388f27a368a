import Jobs
import PostgresClient
import Storage
import VideoRecord

/// What a run of a job comes to, in the tables.
struct RecordedRun {
    let record: VideoRecord
    let claim: VideoClaim
    let request: TranscodeRequest
    let storage: any ObjectStorage
    let context: JobContext

    func end(with outcome: Outcome) async throws -> Outcome {
        switch outcome {
        case .success: try await ready()
        case .bury(let reason), .discard(let reason): try await failed(reason)
        case .retry(let error, _): if !context.mayRetry { try await failed("\(error)") }
        // Its pieces run, or it waits for something else: it comes back.
        case .snooze: break
        }
        return outcome
    }

    func end(with error: any Error) async throws -> Outcome {
        if context.isCancelledForGood { await cancelled() }
        guard !Task.isCancelled, !(error is PostgresError || error is DestinationTaken || error is JobTakenAway) else {
            throw error
        }
        if claim.wasReady, case StorageError.absent(request.source) = error { return try await again() }
        switch TranscodeVideo.outcome(for: error, attempt: context.attempt) {
        case .bury(let reason), .discard(let reason): try await failed(reason)
        case nil where !context.mayRetry && !(error is CircuitOpen): try await failed("\(error)")
        default: break
        }
        throw error
    }

    /// The platform was told, and has deleted the upload; only the end of the job was lost.
    private func again() async throws -> Outcome {
        .success(try JobResult(encoding: TranscodeResult(try await ready(), in: storage)))
    }

    /// What `video.json` names now.
    @discardableResult
    private func ready() async throws -> TranscodedVideo {
        let video = try await TranscodedVideo(at: request.destination, in: storage)
        try await context.confirmOwnership()
        if try await !record.ready(claim, PublishedVideo(video)) {
            context.logger.warning("A newer job has the destination: nobody is told of this video")
        }
        return video
    }

    private func failed(_ reason: String) async throws {
        try await context.confirmOwnership()
        try await record.failed(claim, reason: reason)
    }

    /// In a task of its own, since this one is cancelled.
    private func cancelled() async {
        let (record, claim) = (record, claim)
        do {
            try await Task.detached { try await record.cancelled(claim) }.value
        } catch {
            context.logger.warning("That the video is cancelled could not be noted: \(error)")
        }
    }
}

package import Jobs
package import Storage
package import VideoRecord

package struct TranscodeVideoHandler: JobHandler {
    let storage: any ObjectStorage
    let rules: TranscodingRules
    private let call: VideoCall

    /// - Parameter record: nil where no database is configured.
    package init(
        storage: any ObjectStorage, rules: TranscodingRules, record: VideoRecord? = nil,
        follows: VideoFollowUps = VideoFollowUps()
    ) {
        (self.storage, self.rules) = (storage, rules)
        call = VideoCall(record, storage, follows)
    }

    package func handle(_ job: TranscodeVideo, context: JobContext) async throws -> Outcome {
        try await call.run(job, context) { try await transcode(job, context, $0) }
    }

    private func transcode(
        _ job: TranscodeVideo, _ context: JobContext, _ attempt: RecordedAttempt?
    ) async throws -> Outcome {
        let request = try TranscodeRequest(job)
        switch try await ChunkedTranscode(storage: storage, context: context).standing() {
        case .waiting(let outcome): return outcome
        case .notBegun:
            return try await Workplace.with(rules, storage, context) { place in
                try await VideoTranscode(request: request, place: place, attempt: attempt).start()
            }
        case .encoded(let folder):
            return try await Workplace.with(rules, storage, context) { place in
                try await VideoTranscode(request: request, place: place, attempt: attempt).finish(folder)
            }
        }
    }
}

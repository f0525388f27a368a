import Jobs
import MediaSandbox
import Storage

/// What jobs that encode a part of a video have in common: they end with the video's job, are done when the part is there, and
/// tell why it never will be.
struct PartJob: Sendable {
    static let properties: [Property] = [
        .required("video", .text(.jobID), "The job that waits for it."),
        .required("folder", .text(.chunkFolder), "The folder of the chunks in the storage."),
    ]

    private static let lookEvery = Duration.seconds(2)

    let video: JobID
    let folder: ChunkFolder
    let part: ChunkFolder.Part
    let storage: any ObjectStorage
    let context: JobContext

    /// Nil for what no `video.transcode` has made.
    init?(
        video: String, folder: String, _ part: ChunkFolder.Part, _ storage: any ObjectStorage, _ context: JobContext
    ) {
        guard let video = JobID(video), let folder = ChunkFolder(folder) else { return nil }
        (self.video, self.folder, self.part, self.storage, self.context) = (video, folder, part, storage, context)
    }

    static let refusal = Outcome.bury(
        reason: "The payload names no video, or no folder of its chunks; only video.transcode makes such jobs.")

    func run(_ encode: @escaping @Sendable (ChunkSheet) async throws -> Void) async throws -> Outcome {
        guard try await context.isPending(video), let sheet = try await folder.sheet(in: storage),
            sheet.parts.contains(part)
        else { return .discard(reason: "The video's job \(video) has ended.") }
        if try await storage.has(folder.encoded(part)) { return .success() }
        do {
            return try await unlessVideoEnds { try await encode(sheet) }
        } catch {
            return try await outcome(of: error)
        }
    }

    /// A video that is cancelled takes its chunks with it.
    private func unlessVideoEnds(_ encode: @escaping @Sendable () async throws -> Void) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome.self) { tasks in
            tasks.addTask {
                try await encode()
                return .success()
            }
            tasks.addTask {
                while try await isWanted() { try await Task.sleep(for: Self.lookEvery) }
                return .discard(reason: "The video's job \(video) has ended.")
            }
            defer { tasks.cancelAll() }
            guard let outcome = try await tasks.next() else { throw CancellationError() }
            return outcome
        }
    }

    /// While Redis does not answer, it is.
    private func isWanted() async throws -> Bool {
        try Task.checkCancellation()
        do {
            return try await context.isPending(video)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return true
        }
    }

    /// What cannot be encoded is told to the video's job, which dies of it: there is one dead letter for a video.
    private func outcome(of error: any Error) async throws -> Outcome {
        if error is CancellationError { throw error }
        switch TranscodeVideo.outcome(for: error, attempt: context.attempt) {
        case .bury(let reason): return try await giveUp(reason)
        case nil where !context.mayRetry, .retry where !context.mayRetry: return try await giveUp("\(error)")
        default: throw error
        }
    }

    private func giveUp(_ reason: String) async throws -> Outcome {
        try await storage.write(Array(reason.utf8), to: folder.failure(part), mediaType: "text/plain")
        return .discard(reason: reason)
    }
}

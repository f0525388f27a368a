import FoundationEssentials
import Jobs
import Storage

/// A long video, seen by its own job: it has the chunks encoded by jobs of a batch, waits without a slot until they have ended,
/// and finds them encoded.
struct ChunkedTranscode: Sendable {
    /// What the job remembers while it waits.
    private struct Position: Codable {
        var folder: String
        /// The batch's token, which is new whenever something is to be encoded again.
        var batch: String
        var began: Date
    }

    /// How things stand.
    enum Standing {
        /// Nothing is cut.
        case notBegun
        case waiting(Outcome)
        case encoded(ChunkFolder)
    }

    private static let queued = 0.1
    private static let encoded = 0.9

    let storage: any ObjectStorage
    let context: JobContext

    func standing() async throws -> Standing {
        guard let position: Position = try await context.checkpoint(), let folder = ChunkFolder(position.folder),
            let batch = BatchID(queue: context.queue, token: position.batch)
        else { return .notBegun }
        let progress = try await context.progress(of: batch)
        if let progress, !progress.hasEnded { return .waiting(try await wait(for: batch, progress, position)) }
        guard let sheet = try await folder.sheet(in: storage) else { return .notBegun }
        let missing = try await missing(of: sheet, in: folder)
        if missing.isEmpty { return .encoded(folder) }
        // One that nobody knows was not enqueued yet, or Redis has lost it.
        if progress != nil { throw try await failure(for: missing, of: sheet, folder) }
        try await enqueue(missing, of: sheet, folder, into: batch)
        return .waiting(.snooze(.milliseconds(500)))
    }

    /// Has all parts encoded that are not.
    func begin(_ folder: ChunkFolder) async throws -> Outcome {
        try await save(folder)
        guard case .waiting(let outcome) = try await standing() else { return .snooze(.zero) }
        return outcome
    }

    private func save(_ folder: ChunkFolder) async throws {
        let batch = JobBatch(queue: context.queue)
        try await context.save(
            checkpoint: Position(folder: folder.text, batch: batch.id.token, began: context.now))
    }

    private func missing(of sheet: ChunkSheet, in folder: ChunkFolder) async throws -> [ChunkFolder.Part] {
        var missing: [ChunkFolder.Part] = []
        for part in sheet.parts where try await !storage.has(folder.encoded(part)) { missing.append(part) }
        return missing
    }

    private func enqueue(
        _ parts: [ChunkFolder.Part], of sheet: ChunkSheet, _ folder: ChunkFolder, into batch: BatchID
    ) async throws {
        for part in parts { try await storage.delete(folder.failure(part)) }
        try await storage.delete(folder.kept)
        var members = JobBatch(batch)
        members.name = "video \(context.id)"
        // The sound takes longest, and nothing of it can be done by two.
        members.jobs = try (parts.filter { $0 == .sound } + parts.filter { $0 != .sound }).map { part in
            switch part {
            case .pictures(let number):
                try NewJob(
                    TranscodeChunk(video: context.id.description, folder: folder.text, chunk: number),
                    queue: batch.queue)
            case .sound:
                try NewJob(TranscodeSound(video: context.id.description, folder: folder.text), queue: batch.queue)
            }
        }
        members.onComplete = try NewJob(
            SweepChunks(video: context.id.description, folder: folder.text), queue: batch.queue)
        try await context.enqueue(members)
    }

    // MARK: Waiting

    private func wait(for batch: BatchID, _ progress: BatchProgress, _ position: Position) async throws -> Outcome {
        // One that will not come spoils the video: the others need not go on.
        if progress.dead + progress.other > 0, !progress.isCancelled { try await context.cancel(batch) }
        let share = Double(progress.done) / Double(max(1, progress.total))
        let elapsed = Duration.seconds(max(0, context.now.timeIntervalSince(position.began)))
        let left = share > 0 ? elapsed * ((1 - share) / share) : nil
        await context.report(progress: Self.queued + (Self.encoded - Self.queued) * share, remaining: left)
        // Often when the end is near.
        return .snooze(min(.seconds(5), max(.milliseconds(250), (left ?? elapsed) / 20)))
    }

    /// The job dies, and keeps what is encoded: replayed, it has the rest encoded again.
    private func failure(
        for missing: [ChunkFolder.Part], of sheet: ChunkSheet, _ folder: ChunkFolder
    ) async throws -> ChunkFailure {
        try await storage.write(Array("1\n".utf8), to: folder.kept, mediaType: "text/plain")
        try await save(folder)
        for part in missing {
            guard let reason = try? await storage.read(folder.failure(part), maxBytes: 64 << 10) else { continue }
            return ChunkFailure(String(decoding: reason, as: UTF8.self))
        }
        return ChunkFailure(
            "\(missing.count) of \(sheet.parts.count) parts of the video were not encoded: their workers died, or somebody cancelled them. Replay the job: only those are encoded again."
        )
    }
}

/// A part of a video will not come.
struct ChunkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

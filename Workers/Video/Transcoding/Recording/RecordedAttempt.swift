import Jobs
import PostgresClient
import Storage
import Synchronization
import VideoRecord

/// An attempt whose folder in the storage is written down, so that what it leaves there is found when it dies.
///
/// That is done before it encodes: then it can publish while the database is away. What lies in the folder tells a file in
/// it that is written before all others.
final class RecordedAttempt: Sendable {
    /// In the folder: the names of all that will lie beside it.
    static let list = "files.json"

    let record: VideoRecord
    let claim: VideoClaim
    let context: JobContext
    /// In that of the destination; its name is this attempt's alone.
    let folder: String
    private let hasWritten = Atomic(false)

    init(record: VideoRecord, claim: VideoClaim, context: JobContext, folder: String) {
        (self.record, self.claim, self.context, self.folder) = (record, claim, context, folder)
    }

    /// What comes before the first file. A worker that lost the job and goes on later writes none: nobody would find it.
    func willWrite(_ names: [String], beside list: StorageKey, in storage: any ObjectStorage) async throws {
        try await context.confirmOwnership()
        hasWritten.store(true, ordering: .relaxed)
        try await storage.write(try JobResult(encoding: names).json, to: list, mediaType: "application/json")
    }

    /// Another folder, that of the chunks of a long video: what is left there when the job does not come to its end is found.
    func note(_ folder: String, holding names: [String], in storage: any ObjectStorage) async throws {
        guard let list = StorageKey("\(folder)/\(Self.list)") else { return }
        try await record.note(folder: folder, of: claim)
        try await storage.write(try JobResult(encoding: names).json, to: list, mediaType: "application/json")
    }

    /// What stays, `videos tidy` takes.
    func forget(_ folder: String) async { try? await record.forget(folder: folder) }

    /// The last moment at which a newer job's video would be overwritten. That is rare enough not to wait for the database.
    func willPublish() async throws {
        do {
            guard try await record.holds(claim) else { throw DestinationTaken() }
        } catch let error as PostgresError where error.isTransient {
            context.logger.warning("The video is published without asking for newer jobs: \(error)")
        }
    }

    /// A job that waits for its pieces comes back often, and would leave a note each time.
    /// - Parameter key: of the folder.
    func forgetUnlessWritten(_ key: StorageKey) async {
        guard !hasWritten.load(ordering: .relaxed) else { return }
        await forget(key.text)
    }
}

/// A newer job publishes into the same folder.
struct DestinationTaken: Error, CustomStringConvertible {
    var description: String { "A newer job publishes to the same destination; this one leaves it alone." }
}

import FoundationEssentials
package import Jobs
package import Storage
package import VideoRecord

/// Keeps the tables of videos and the storage in step where jobs did not come to their end.
package struct VideoUpkeep: Sendable {
    /// How a job ended that could not say so itself.
    package enum End: Sendable {
        case cancelled
        case failed(reason: String)
    }

    private static let listBytes = 16 << 20
    private static let atOnce = 8

    private let record: VideoRecord
    private let storage: any ObjectStorage
    /// How long a version is kept that another one replaced.
    package let keepVersions: Duration

    package init(
        _ record: VideoRecord, _ storage: any ObjectStorage, _ settings: VideoSettings, _ surroundings: Surroundings
    ) throws {
        (self.record, self.storage) = (record, storage)
        keepVersions = try TranscodingRules(settings, surroundings).keepVersions
    }

    // MARK: Rows

    /// Writes how a video's job ended which has ended. One that had published, and could not say so, is ready.
    /// - Returns: what the row says now; nil when it said something else meanwhile.
    package func settle(_ video: VideoDescription, as end: End) async throws -> VideoState? {
        if let published = try await published(video.destination),
            try await record.wrote(video.claim, into: published.folder)
        {
            return try await record.ready(video.claim, PublishedVideo(published)) ? .ready : nil
        }
        switch end {
        case .cancelled:
            try await record.cancelled(video.claim)
            return .cancelled
        case .failed(let reason):
            return try await record.failed(video.claim, reason: reason) ? .failed : nil
        }
    }

    // MARK: Files

    /// Deletes a folder that is no video's. What is noted of it goes last, so that one which cannot be deleted is not
    /// forgotten.
    /// - Returns: how many files; nil for a folder that `video.json` names, whatever the tables say.
    package func delete(_ folder: VideoFolder) async throws -> Int? {
        guard try await published(folder.destination)?.folder != folder.key else { return nil }
        let names = try await names(in: folder)
        try await delete(names.compactMap { StorageKey("\(folder.key)/\($0)") })
        if let list = StorageKey("\(folder.key)/\(RecordedAttempt.list)") { try await storage.delete(list) }
        try await record.forget(folder: folder.key)
        return names.count
    }

    /// How many files a folder has.
    package func count(_ folder: VideoFolder) async throws -> Int { try await names(in: folder).count }

    /// Takes a video out of the tables and the storage. Its upload, and the key of an encrypted one, are not this
    /// program's.
    /// - Returns: how many files; nil when its job waits or runs.
    package func erase(_ video: VideoDescription) async throws -> Int? {
        // Of a version that was published before there was a database only this knows the files.
        let published = try await published(video.destination)
        guard try await record.erase(video) else { return nil }
        let folders = try await record.folders(of: video)
        let keys = try await keys(published, folders)
        try await delete(keys.compactMap { StorageKey($0) })
        // Not before: it may be all that names them, should the storage fail in between.
        if let pointer = StorageKey("\(video.destination)/\(Publisher.pointer)") { try await storage.delete(pointer) }
        for folder in folders { _ = try await delete(folder) }
        return keys.count
    }

    /// How many files ``erase(_:)`` would delete.
    package func count(_ video: VideoDescription) async throws -> Int {
        try await keys(try await published(video.destination), try await record.folders(of: video)).count
    }

    private func keys(_ published: TranscodedVideo?, _ folders: [VideoFolder]) async throws -> Set<String> {
        var keys = Set((published?.files ?? []).map(\.key))
        for folder in folders { keys.formUnion(try await names(in: folder).map { "\(folder.key)/\($0)" }) }
        return keys
    }

    /// Nothing was written into a folder without a list.
    private func names(in folder: VideoFolder) async throws -> [String] {
        guard let list = StorageKey("\(folder.key)/\(RecordedAttempt.list)") else { return [] }
        do {
            let json = try await storage.read(list, maxBytes: Self.listBytes)
            return try JSONDecoder().decode([String].self, from: Data(json))
        } catch StorageError.absent {
            return []
        }
    }

    private func delete(_ keys: [StorageKey]) async throws {
        try await keys.concurrently(atOnce: Self.atOnce) { try await storage.delete($0) }
    }

    /// Nil where nothing is.
    private func published(_ destination: String) async throws -> TranscodedVideo? {
        guard let destination = StorageKey(destination) else { return nil }
        do {
            return try await TranscodedVideo(at: destination, in: storage)
        } catch StorageError.absent {
            return nil
        }
    }
}

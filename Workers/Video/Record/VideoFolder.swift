import PostgresClient

/// A folder in the storage that an attempt may have written into.
package struct VideoFolder: Sendable, Equatable {
    /// A key in the storage.
    package let key: String
    package let destination: String
    /// Which wrote it.
    package let job: String

    /// What the name of a folder begins with that holds chunks of a long video.
    package static let chunksPrefix = "chunks-"

    /// Whether its job goes on from what it holds when it is replayed.
    package var holdsChunks: Bool { key.split(separator: "/").last?.hasPrefix(Self.chunksPrefix) ?? false }

    package init(key: String, destination: String, job: String) {
        (self.key, self.destination, self.job) = (key, destination, job)
    }
}

extension VideoFolder {
    static let columns = "f.folder, v.destination, f.job"

    init(_ row: PostgresRow) throws {
        self.init(key: try row["folder"], destination: try row["destination"], job: try row["job"])
    }
}

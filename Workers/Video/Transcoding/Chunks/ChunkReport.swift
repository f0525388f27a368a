import FoundationEssentials
import Jobs
import Storage

/// What is known of an encoded part.
struct ChunkReport: Codable, Sendable, Equatable {
    /// Of each rendition; the sound's are not counted.
    var frames: Int?
    /// What the decoder of each rendition is told before its first frame: the same for all chunks, or they are not one video.
    var headers: [String]?
    /// In LUFS, of the sound; nil for a silent one.
    var loudness: Double?

    static func read(_ key: StorageKey, from storage: any ObjectStorage) async throws -> ChunkReport {
        try JSONDecoder().decode(ChunkReport.self, from: Data(try await storage.read(key, maxBytes: 64 << 10)))
    }

    func write(to key: StorageKey, in storage: any ObjectStorage) async throws {
        try await storage.write(JobResult(encoding: self).json, to: key, mediaType: "application/json")
    }
}

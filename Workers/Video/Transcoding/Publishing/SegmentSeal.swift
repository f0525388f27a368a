import AdaptiveStreaming
import Jobs
import MediaProbe
import Signing
import Storage

/// The key of a video's segments.
struct SegmentSeal: Sendable {
    /// Where players get the key.
    let address: PlaylistKey
    private let key: [UInt8]

    /// The key that is in the storage, so that a video which is made again does not take it from those who watch; else a
    /// new one, which is put there. Nil when the video is not to be encrypted.
    static func `for`(
        _ encryption: TranscodeRequest.Encryption?, in storage: any ObjectStorage, _ context: JobContext
    ) async throws -> SegmentSeal? {
        guard let encryption else { return nil }
        do throws(StorageError) {
            let key = try await storage.read(encryption.key, maxBytes: AES128.keyLength)
            guard key.count == AES128.keyLength else { throw .tooLarge(encryption.key, maxBytes: AES128.keyLength) }
            return SegmentSeal(address: encryption.address, key: key)
        } catch .tooLarge {
            throw UnusableMedia("The object \(encryption.key) in the storage is no key of 16 bytes; name another one.")
        } catch .absent {}
        let key = AES128.randomKey()
        try await context.confirmOwnership()
        try await storage.write(key, to: encryption.key, mediaType: "application/octet-stream")
        return SegmentSeal(address: encryption.address, key: key)
    }

    /// The initialization vector is the number of the segment, as 16 bytes (RFC 8216, 5.2).
    func sealed(_ bytes: [UInt8], segment number: Int) -> [UInt8] {
        let vector = (0..<16).map { $0 < 8 ? 0 : UInt8(truncatingIfNeeded: number >> ((15 - $0) * 8)) }
        return AES128.encrypt(bytes, key: key, vector: vector)
    }
}

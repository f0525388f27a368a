internal import Platform

/// Objects in a bucket of S3, or of what speaks like it: MinIO, Ceph, Garage.
///
/// Everything that is asked may be asked again: a call that fails for reasons that pass is repeated a few times. What is
/// written travels with its SHA-256, which the storage compares, and what is read is compared with that.
package struct S3Storage: ObjectStorage {
    /// Larger ones are written in parts of this size, of which there may be 10,000 (Amazon S3 User Guide, "Multipart
    /// upload limits"): 640 GiB.
    static let partBytes = 64 << 20

    let client: S3Client

    /// - Parameters:
    ///   - connections: how many calls are under way at once.
    ///   - certificatesFile: of certificates that are trusted instead of the system's.
    package init(
        _ location: S3Location, account: S3Account, connections: Int = 8, certificatesFile: String? = nil
    ) {
        client = S3Client(location, account, connections: connections, certificatesFile: certificatesFile)
    }

    var location: S3Location { client.location }

    package func place(of key: StorageKey) -> String { location.url(of: key) }

    package func read(_ key: StorageKey, maxBytes: Int) async throws(StorageError) -> [UInt8] {
        let answer = try await client.get(key, mostBytes: maxBytes)
        guard answer.objectSize ?? answer.body.count <= maxBytes else { throw .tooLarge(key, maxBytes: maxBytes) }
        guard answer.isIntact else {
            throw .unavailable("the object '\(key)' is not what was written: its checksum differs")
        }
        return answer.body
    }

    package func readPiece(
        _ key: StorageKey, from offset: Int, maxBytes: Int
    ) async throws(StorageError) -> StoragePiece {
        guard maxBytes > 0, let answer = try await client.get(key, bytes: offset..<(offset + maxBytes)) else {
            // Beyond its end there is nothing.
            return StoragePiece(bytes: [], objectSize: try await client.size(of: key))
        }
        guard answer.status == 206, let size = answer.objectSize else {
            throw .unavailable("\(location.host) sends no pieces of objects")
        }
        return StoragePiece(bytes: answer.body, objectSize: size)
    }

    package func write(_ bytes: [UInt8], to key: StorageKey, mediaType: String) async throws(StorageError) {
        try await client.put(bytes, to: key, mediaType: mediaType)
    }

    package func delete(_ key: StorageKey) async throws(StorageError) { try await client.delete(key) }
}

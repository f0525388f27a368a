import MediaProbe
import MediaSandbox
import Signing
import Storage

/// An upload, beside the programs that will read it.
struct SourceFile: Sendable {
    let container: ContainerFormat
    let bytes: Int
    let sha256: String

    /// - Throws: ``UnusableMedia`` for what is none of the containers.
    static func fetch(
        _ key: StorageKey, from storage: any ObjectStorage, into folder: JobFolder, _ rules: TranscodingRules
    ) async throws -> SourceFile {
        let first = try await storage.readPiece(key, from: 0, maxBytes: ContainerFormat.bytesToTell)
        guard first.objectSize > 0 else { throw UnusableMedia("The upload \(key) is empty.") }
        guard let container = ContainerFormat(firstBytes: first.bytes) else {
            throw UnusableMedia(
                "The upload \(key) is no video that is read here: it must be MP4, MOV, WebM, Matroska, AVI or MPEG.")
        }
        guard first.objectSize <= rules.maxSourceBytes else {
            throw UnusableMedia(
                "The upload \(key) has \(first.objectSize) bytes, more than workers.video.maxSourceBytes allows.")
        }
        try DiskSpace.require(first.objectSize, in: folder.path)
        let digest = SHA256Stream()
        try await storage.download(key, to: folder.input(MediaTools.sourceFile)) { digest.update($0) }
        return SourceFile(container: container, bytes: first.objectSize, sha256: digest.finish())
    }
}

import FoundationEssentials
import Glibc
import MediaProbe
import MediaSandbox
import Platform
import Signing
import Storage

/// An upload, beside the programs that will read it.
struct SourceFile: Sendable {
    private static let pieceBytes = 8 << 20

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
        let path = folder.input(MediaTools.sourceFile)
        let digest = try await download(key, from: storage, to: path)
        return SourceFile(container: container, bytes: first.objectSize, sha256: digest)
    }

    private static func download(
        _ key: StorageKey, from storage: any ObjectStorage, to path: String
    ) async throws -> String {
        let file = FileDescriptor(owning: open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644))
        guard file.number >= 0 else { throw SystemError.last(path) }
        let digest = SHA256Stream()
        var offset = 0
        while true {
            let piece = try await storage.readPiece(key, from: offset, maxBytes: pieceBytes)
            try Task.checkCancellation()
            digest.update(piece.bytes)
            guard write(file.number, piece.bytes, piece.bytes.count) == piece.bytes.count else {
                throw SystemError.last(path)
            }
            offset += piece.bytes.count
            if piece.bytes.isEmpty || offset >= piece.objectSize { return digest.finish() }
        }
    }
}

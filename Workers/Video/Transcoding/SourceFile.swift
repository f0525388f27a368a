import MediaProbe
import MediaSandbox
import Storage

/// An upload, beside the programs that will read it.
struct SourceFile: Sendable {
    let container: ContainerFormat
    let bytes: Int
    private let path: String

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
        try await storage.download(key, to: path)
        return SourceFile(container: container, bytes: first.objectSize, path: path)
    }

    /// Takes a while, in which the video can be looked at.
    func sha256() async throws -> String { try await FileDigest.sha256(of: path) }
}

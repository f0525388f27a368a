import FoundationEssentials
import MediaProbe
import MediaSandbox
import Signing
import Storage

/// Captions from beside a video, where the programs can read them.
struct SourceCaptions: Sendable {
    private static let maxBytes = 4 << 20

    let key: StorageKey
    /// In the folder of what programs may read.
    let file: String
    /// As ffmpeg calls it: `srt` or `webvtt`.
    let format: String
    let sha256: String
    let language: String?
    let name: String?

    static func fetch(
        _ request: TranscodeRequest, from storage: any ObjectStorage, into folder: JobFolder
    ) async throws -> [SourceCaptions] {
        var all: [SourceCaptions] = []
        for captions in request.captions {
            let bytes = try await read(captions.source, from: storage)
            let file = "captions\(all.count)"
            try Data(bytes).write(to: URL(filePath: folder.input(file)))
            all.append(
                SourceCaptions(
                    key: captions.source, file: file, format: format(bytes), sha256: SHA256.text(bytes),
                    language: captions.language, name: captions.name))
        }
        return all
    }

    private static func read(_ key: StorageKey, from storage: any ObjectStorage) async throws -> [UInt8] {
        do throws(StorageError) {
            return try await storage.read(key, maxBytes: maxBytes)
        } catch .tooLarge {
            throw UnusableMedia("The captions \(key) have more than \(maxBytes) bytes.")
        }
    }

    private static func format(_ bytes: [UInt8]) -> String {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return bytes.drop(while: mark.contains).starts(with: "WEBVTT".utf8) ? "webvtt" : "srt"
    }
}

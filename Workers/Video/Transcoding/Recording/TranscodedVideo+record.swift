import FoundationEssentials
import Storage
import VideoRecord

extension TranscodedVideo {
    /// Reads what is published.
    /// - Throws: `StorageError`, or a `DecodingError` for a file that is no video's.
    init(at destination: StorageKey, in storage: any ObjectStorage) async throws {
        guard let pointer = StorageKey("\(destination.text)/\(Publisher.pointer)") else {
            throw StorageError.absent(destination)
        }
        let bytes = try await storage.read(pointer, maxBytes: Publisher.pointerBytes)
        self = try JSONDecoder().decode(TranscodedVideo.self, from: Data(bytes))
    }

    /// In which all of it lies: a key in the storage.
    var folder: String { master.lastIndex(of: "/").map { String(master[..<$0]) } ?? "" }
}

extension PublishedVideo {
    init(_ video: TranscodedVideo) {
        self.init(
            folder: video.folder, fingerprint: video.fingerprint, master: video.master,
            progressive: video.progressive, poster: video.poster, storyboard: video.storyboard,
            captions: video.captions,
            renditions: video.renditions.map {
                Rendition(width: $0.width, height: $0.height, averageBitRate: $0.averageBitRate)
            },
            duration: video.duration, frameRate: video.frameRate, bytes: video.files.reduce(0) { $0 + $1.bytes })
    }
}

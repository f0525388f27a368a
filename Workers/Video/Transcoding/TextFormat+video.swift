import AdaptiveStreaming
import Jobs

/// Each is what reads such a text.
extension TextFormat {
    static let videoKey = TextFormat(
        "storage-key", "a key in the storage of at most 800 bytes, such as videos/lecture-1", ["videos/lecture-1"]
    ) { TranscodeRequest.key($0) != nil }

    static let keyAddress = TextFormat(
        "key-address", "an https address in ASCII, without spaces and quotes", ["https://learn.example.org/keys/1"]
    ) { PlaylistKey(address: $0) != nil }

    static let chunkFolder = TextFormat(
        "chunk-folder", "a folder of chunks, as video.transcode makes it", ["videos/lecture-1/chunks-0a1b2c"]
    ) { ChunkFolder($0) != nil }
}

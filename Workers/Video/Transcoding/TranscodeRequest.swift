import AdaptiveStreaming
import MediaProbe
import Storage

/// A payload that makes sense.
struct TranscodeRequest: Sendable {
    struct Captions: Sendable {
        let source: StorageKey
        let language: String?
        let name: String?
    }

    struct Encryption: Sendable {
        let address: PlaylistKey
        let key: StorageKey
    }

    static let maxCaptions = 50

    let source: StorageKey
    let destination: StorageKey
    let captions: [Captions]
    let encryption: Encryption?

    init(_ job: TranscodeVideo) throws(UnusableMedia) {
        source = try Self.key(job.source, "source")
        destination = try Self.key(job.destination, "destination")
        guard job.captions?.count ?? 0 <= Self.maxCaptions else {
            throw UnusableMedia("The job has more than \(Self.maxCaptions) captions.")
        }
        captions = try (job.captions ?? []).map { captions throws(UnusableMedia) in
            Captions(
                source: try Self.key(captions.source, "captions.source"), language: captions.language,
                name: captions.name)
        }
        encryption = try job.encryption.map { encryption throws(UnusableMedia) in
            guard let address = PlaylistKey(address: encryption.address) else {
                throw UnusableMedia(
                    "The payload's encryption.address cannot stand in a playlist; write an https address.")
            }
            return Encryption(address: address, key: try Self.key(encryption.key, "encryption.key"))
        }
    }

    static func key(_ text: String) -> StorageKey? {
        // With room for the names of what is put there.
        text.utf8.count <= 800 ? StorageKey(text) : nil
    }

    private static func key(_ text: String, _ field: String) throws(UnusableMedia) -> StorageKey {
        guard let key = Self.key(text) else {
            throw UnusableMedia("The payload's \(field) is no key in the storage; write one such as videos/lecture-1.")
        }
        return key
    }

    /// The key of a file in the folder to publish into.
    func key(_ name: String) -> StorageKey {
        guard let key = StorageKey("\(destination.text)/\(name)") else { preconditionFailure("no key: \(name)") }
        return key
    }
}

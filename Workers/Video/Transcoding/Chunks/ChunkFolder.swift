import FoundationEssentials
import Jobs
import Signing
import Storage
import VideoRecord

/// Where the parts of a long video lie in the storage while workers encode them: beside what it will be, and gone with it.
struct ChunkFolder: Sendable {
    /// What a part is for.
    enum Part: Sendable, Hashable {
        case pictures(Int)
        case sound

        fileprivate var name: String {
            switch self {
            case .pictures(let number): "chunk\(number)"
            case .sound: "sound"
            }
        }
    }

    let text: String

    /// The same for each run of a job.
    init(_ request: TranscodeRequest, _ job: JobID, fingerprint: String) {
        let name = SHA256.text(Array("\(job)\n\(fingerprint)".utf8)).prefix(24)
        text = request.key(VideoFolder.chunksPrefix + name).text
    }

    /// What a job names; nil for what is none.
    init?(_ text: String) {
        guard text.utf8.count <= 900, let key = StorageKey(text), key.lastComponent.hasPrefix(VideoFolder.chunksPrefix)
        else {
            return nil
        }
        self.text = text
    }

    /// All that workers must know; it is written when all parts are there.
    var sheet: StorageKey { key("sheet.json") }
    /// Says that a person may have the video go on from here.
    var kept: StorageKey { key("kept") }

    /// What was cut out of the upload.
    func source(_ part: Part) -> StorageKey { key("\(part.name).source") }
    /// What was encoded.
    func encoded(_ part: Part) -> StorageKey { key("\(part.name).mp4") }
    /// What is known of it; written before it.
    func report(_ part: Part) -> StorageKey { key("\(part.name).json") }
    /// Why there will be none.
    func failure(_ part: Part) -> StorageKey { key("\(part.name).failure") }

    func captions(_ file: String) -> StorageKey { key(file) }

    private func key(_ name: String) -> StorageKey {
        guard let key = StorageKey("\(text)/\(name)") else { preconditionFailure("no key: \(name)") }
        return key
    }

    /// Removes all there is, if there is anything. Safe to repeat.
    func remove(from storage: any ObjectStorage) async throws(StorageError) {
        if let sheet = try await sheet(in: storage) { try await remove(sheet, from: storage) }
    }

    /// The sheet goes last, since it says what there is.
    func remove(_ sheet: ChunkSheet, from storage: any ObjectStorage) async throws(StorageError) {
        for name in names(of: sheet) + [RecordedAttempt.list] { try await storage.delete(key(name)) }
    }

    /// All there may be.
    func names(of sheet: ChunkSheet) -> [String] {
        let parts = sheet.parts.flatMap { [source($0), encoded($0), report($0), failure($0)] }
        return (parts + sheet.captions.map { captions($0.file) } + [kept, self.sheet]).map(\.lastComponent)
    }

    /// Nil when it was not written, or cannot be read.
    func sheet(in storage: any ObjectStorage) async throws(StorageError) -> ChunkSheet? {
        do throws(StorageError) {
            let json = try await storage.read(sheet, maxBytes: 1 << 20)
            return try? JSONDecoder().decode(ChunkSheet.self, from: Data(json))
        } catch .absent {
            return nil
        }
    }
}

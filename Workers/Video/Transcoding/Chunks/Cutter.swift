import Glibc
import MediaProbe
import MediaSandbox
import Storage

/// Cuts an upload into chunks, each with what its decoder needs of those around it, and puts them where workers find them.
struct Cutter: Sendable {
    /// One computes while another waits for the disk.
    private static let atOnce = 2

    let place: Workplace
    let folder: ChunkFolder
    let sheet: ChunkSheet

    private var facts: MediaFacts { sheet.plan.facts }

    /// What an interrupted run has cut already is not cut again.
    /// - Parameter onProgress: is given the share that is done.
    /// - Throws: ``NotCuttable``.
    func cut(onProgress: (Double) async -> Void) async throws {
        do {
            let report = { (done: Int) async in await onProgress(Double(done) / Double(sheet.parts.count)) }
            try await sheet.parts.concurrently(atOnce: Self.atOnce, onDone: report) { try await cut($0) }
        } catch let failure as SandboxFailure where !failure.isTransient {
            throw NotCuttable("ffmpeg does not cut it. \(failure.errors.lastLine)")
        }
        for track in sheet.captions {
            try await put(track.file, folder.captions(track.file), mediaType: "text/vtt")
        }
    }

    private func cut(_ part: ChunkFolder.Part) async throws {
        let key = folder.source(part), file = key.lastComponent
        if try await place.storage.has(key) { return }
        switch part {
        case .pictures(let number): try await cutPictures(of: sheet.layout.chunk(number), to: file)
        case .sound: try await place.tools.cut(.sound, of: facts, sourceBytes: sheet.sourceBytes, to: file)
        }
        try await put(file, key, mediaType: "application/octet-stream")
    }

    private func cutPictures(of chunk: Chunk, to file: String) async throws {
        // How far a key frame is before the chunk, few containers tell.
        for step in 0...CutCommand.steps {
            try await place.tools.cut(
                .pictures(chunk, step: step), of: facts, sourceBytes: sheet.sourceBytes, to: file)
            if try await isWhole(chunk, file) { return }
        }
        throw NotCuttable("It has no key frame before chunk \(chunk.number).")
    }

    /// Whether decoding can begin before the chunk does, and what it decodes is what the upload has.
    private func isWhole(_ chunk: Chunk, _ file: String) async throws -> Bool {
        let cut: MediaFacts
        do {
            cut = try await place.tools.probe(CutCommand.container(for: facts.container), file: "file:\(file)")
        } catch let obstacle as UnusableMedia {
            throw NotCuttable("What is cut of it cannot be read. \(obstacle)")
        }
        guard cut.video.looksLike(facts.video) else { throw NotCuttable("It does not keep what it is when it is cut.") }
        guard let start = cut.video.start else { throw NotCuttable("It does not say when its frames are shown.") }
        return start <= chunk.start || chunk.number == 0
    }

    private func put(_ name: String, _ key: StorageKey, mediaType: String) async throws {
        let files = try OutputFiles(of: place.folder)
        try files.require(name)
        try await place.storage.write(file: files.path(name), to: key, mediaType: mediaType)
        unlink(files.path(name))
    }
}

extension VideoFacts {
    /// Whether it is decoded, turned and coloured in the same way.
    fileprivate func looksLike(_ other: VideoFacts) -> Bool {
        codec == other.codec && pixelFormat == other.pixelFormat && width == other.width && height == other.height
            && rotation == other.rotation && transfer == other.transfer && primaries == other.primaries
            && abs(pixelAspect - other.pixelAspect) < 0.001
    }
}

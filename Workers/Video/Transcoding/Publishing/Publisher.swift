import FoundationEssentials
import Jobs
import MediaSandbox
import Storage

/// Puts a video into the storage. All files of an attempt lie in a folder of its own; which of them is the video, the
/// file `video.json` says, which is written last, by the worker that still holds the job.
struct Publisher: Sendable {
    static let pointer = "video.json"
    static let pointerBytes = 16 << 20
    private static let atOnce = 4

    let request: TranscodeRequest
    let place: Workplace
    /// Nil where nothing is recorded.
    let attempt: RecordedAttempt?

    private var storage: any ObjectStorage { place.storage }

    /// What was published before and is whole; nil when it is to be made.
    func published(_ fingerprint: String) async throws -> TranscodedVideo? {
        guard let bytes = try? await storage.read(request.key(Self.pointer), maxBytes: Self.pointerBytes),
            let video = try? JSONDecoder().decode(TranscodedVideo.self, from: Data(bytes)),
            video.fingerprint == fingerprint
        else { return nil }
        for file in video.files {
            guard let key = StorageKey(file.key), let piece = try? await storage.readPiece(key, from: 0, maxBytes: 1),
                piece.objectSize == file.bytes
            else { return nil }
        }
        return video
    }

    func publish(
        _ finished: FinishedPackage, fingerprint: String, onProgress: (Double) async -> Void
    ) async throws -> TranscodedVideo {
        let files = try OutputFiles(of: place.folder)
        let prefix = attempt?.folder ?? Workplace.folderName(place.context)
        do {
            try await attempt?.willWrite(
                finished.files, beside: request.key("\(prefix)/\(RecordedAttempt.list)"), in: storage)
            let written = try await put(finished.files, files, prefix, onProgress)
            let video = TranscodedVideo(finished, fingerprint: fingerprint, written) {
                request.key("\(prefix)/\($0)").text
            }
            try await attempt?.willPublish()
            // The last moment at which another worker's video would be overwritten.
            try await place.context.confirmOwnership()
            try await storage.write(
                JobResult(encoding: video).json, to: request.key(Self.pointer), mediaType: "application/json")
            return video
        } catch {
            await remove(finished.files, prefix)
            throw error
        }
    }

    /// The master playlist after all others.
    private func put(
        _ names: [String], _ files: OutputFiles, _ prefix: String, _ onProgress: (Double) async -> Void
    ) async throws -> [TranscodedVideo.File] {
        let report = { (done: Int) async in
            guard done.isMultiple(of: Self.atOnce) else { return }
            await onProgress(Double(done) / Double(names.count))
        }
        var written = try await names.dropLast().concurrently(atOnce: Self.atOnce, onDone: report) {
            try await put($0, files, prefix)
        }
        if let master = names.last { written.append(try await put(master, files, prefix)) }
        return written.sorted { $0.key < $1.key }
    }

    private func put(_ name: String, _ files: OutputFiles, _ prefix: String) async throws -> TranscodedVideo.File {
        try files.require(name)
        let key = request.key("\(prefix)/\(name)")
        let hash = try await FileDigest.sha256(of: files.path(name))
        try await storage.write(file: files.path(name), to: key, mediaType: FinishedPackage.mediaType(name))
        return TranscodedVideo.File(key: key.text, bytes: files.bytes(name), sha256: hash)
    }

    /// What nobody will ever name.
    private func remove(_ names: [String], _ prefix: String) async {
        for name in names + [RecordedAttempt.list] { try? await storage.delete(request.key("\(prefix)/\(name)")) }
    }
}

extension TranscodedVideo {
    fileprivate init(_ finished: FinishedPackage, fingerprint: String, _ files: [File], key: (String) -> String) {
        let package = finished.package
        self.fingerprint = fingerprint
        master = key(StreamWriter.masterFile)
        progressive = finished.isEncrypted ? nil : key(PackageOutputs.progressiveFile)
        (poster, storyboard) = (key(EncodedPackage.poster), key(StreamWriter.storyboardText))
        captions = package.captions.map { key($0.file) }
        (duration, frameRate) = (package.duration, finished.plan.ladder.frameRate.perSecond)
        renditions = zip(finished.plan.ladder.rungs, package.renditions).map { rung, stream in
            Rendition(
                width: rung.width, height: rung.height,
                averageBitRate: StreamWriter.bandwidth(stream, package.files).average)
        }
        sourceLoudness = finished.plan.loudness
        wasHighDynamicRange = finished.plan.facts.video.isHighDynamicRange
        self.files = files
    }
}

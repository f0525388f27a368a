import Glibc
import Jobs
import Logging
import MediaProbe
import MediaSandbox
import Platform

/// A run of a job that has a video before it, or the encoded chunks of one.
struct VideoTranscode: Sendable {
    /// Of the whole job, which shares of its progress end here.
    private enum Share {
        static let fetched = 0.04
        static let cut = 0.1
    }

    let request: TranscodeRequest
    let place: Workplace
    /// Nil where nothing is recorded.
    let attempt: RecordedAttempt?

    private var publisher: Publisher { Publisher(request: request, place: place, attempt: attempt) }

    // MARK: From the upload

    func start() async throws -> Outcome {
        let source = try await SourceFile.fetch(
            request.source, from: place.storage, into: place.folder, place.rules)
        let captions = try await SourceCaptions.fetch(request, from: place.storage, into: place.folder)
        async let digest = source.sha256()
        async let probed = place.tools.probe(source.container)
        let fingerprint = try Fingerprint(source: await digest, captions, request, place.rules).text
        if let video = try await publisher.published(fingerprint) {
            place.context.logger.info("The video is published already: \(video.master)")
            return try success(video)
        }
        await place.context.report(progress: Share.fetched)
        let plan = try await plan(for: source, probed)
        if let outcome = try await startInChunks(plan, source, captions, fingerprint) { return outcome }
        let measured = try await DirectTranscode(place: place, source: source).encode(plan)
        let tracks = try await CaptionMaker(tools: place.tools).make(captions, plan.facts)
        return try success(try await finishing(measured, fingerprint).publish(tracks))
    }

    private func plan(for source: SourceFile, _ probed: MediaFacts) async throws -> EncodingPlan {
        let facts = try await timed(probed, source)
        if let duration = facts.duration, .seconds(duration) > place.rules.maxDuration {
            throw UnusableMedia(
                "The video lasts \(Int(duration)) seconds, longer than workers.video.maxDuration; cut it, or allow more."
            )
        }
        return EncodingPlan(facts, place.rules)
    }

    /// What browsers record does not say how long it is, and cannot be cut: a copy does.
    private func timed(_ facts: MediaFacts, _ source: SourceFile) async throws -> MediaFacts {
        guard facts.duration == nil, !facts.video.isStill else { return facts }
        try DiskSpace.require(source.bytes, in: place.folder.path)
        do {
            let file = "rewrapped"
            try await place.tools.rewrap(facts, sourceBytes: source.bytes, to: file)
            let files = try OutputFiles(of: place.folder)
            try files.require(file)
            let input = place.folder.input(MediaTools.sourceFile)
            guard rename(files.path(file), input) == 0 else { throw SystemError.last(input) }
            return try await place.tools.probe(.matroska)
        } catch let failure as SandboxFailure where !failure.isTransient {
            // Encoders will find out.
            return facts
        }
    }

    /// Nil for a video that is transcoded in one go.
    private func startInChunks(
        _ plan: EncodingPlan, _ source: SourceFile, _ captions: [SourceCaptions], _ fingerprint: String
    ) async throws -> Outcome? {
        let chunkSeconds = place.rules.chunkDuration.seconds
        guard let layout = ChunkLayout(plan, chunkSeconds: chunkSeconds) else { return nil }
        let folder = ChunkFolder(request, place.context.id, fingerprint: fingerprint)
        if try await !place.storage.has(folder.sheet) {
            let tracks = try await CaptionMaker(tools: place.tools).make(captions, plan.facts)
            let sheet = ChunkSheet(
                fingerprint: fingerprint, plan: plan, layout: layout, captions: tracks, sourceBytes: source.bytes)
            try await attempt?.note(folder.text, holding: folder.names(of: sheet), in: place.storage)
            do {
                try await cut(sheet, into: folder)
            } catch let obstacle as NotCuttable {
                try await remove(folder, sheet)
                place.context.logger.notice("The video is transcoded in one go: \(obstacle)")
                return nil
            } catch {
                await removeIfUnwanted(folder, sheet)
                throw error
            }
        }
        return try await ChunkedTranscode(storage: place.storage, context: place.context).begin(folder)
    }

    private func cut(_ sheet: ChunkSheet, into folder: ChunkFolder) async throws {
        try DiskSpace.require(sheet.sourceBytes, in: place.folder.path)
        try await Cutter(place: place, folder: folder, sheet: sheet).cut { share in
            await place.context.report(progress: Share.fetched + (Share.cut - Share.fetched) * share)
        }
        try await place.context.confirmOwnership()
        try await place.storage.write(
            JobResult(encoding: sheet).json, to: folder.sheet, mediaType: "application/json")
    }

    // MARK: From its chunks

    func finish(_ folder: ChunkFolder) async throws -> Outcome {
        guard let sheet = try await folder.sheet(in: place.storage) else { return try await start() }
        if let video = try await publisher.published(sheet.fingerprint) {
            try await remove(folder, sheet)
            return try success(video)
        }
        do {
            let plan = try await ChunkJoin(place: place, folder: folder, sheet: sheet).join()
            let video = try await finishing(plan, sheet.fingerprint).publish(sheet.captions)
            try await remove(folder, sheet)
            return try success(video)
        } catch let error as UnsoundOutput {
            // What does not fit together now never will: whoever replays the job has it cut anew.
            try await remove(folder, sheet)
            throw error
        } catch {
            await removeIfUnwanted(folder, sheet)
            throw error
        }
    }

    /// Of a video that a person has cancelled nothing stays; the job itself is cancelled, this is not.
    private func removeIfUnwanted(_ folder: ChunkFolder, _ sheet: ChunkSheet) async {
        guard place.context.isCancelledForGood else { return }
        await Task { try? await remove(folder, sheet) }.value
    }

    private func remove(_ folder: ChunkFolder, _ sheet: ChunkSheet) async throws {
        try await folder.remove(sheet, from: place.storage)
        await attempt?.forget(folder.text)
    }

    private func finishing(_ plan: EncodingPlan, _ fingerprint: String) -> Finishing {
        Finishing(request: request, place: place, attempt: attempt, plan: plan, fingerprint: fingerprint)
    }

    private func success(_ video: TranscodedVideo) throws -> Outcome {
        .success(try JobResult(encoding: TranscodeResult(video, in: place.storage)))
    }
}

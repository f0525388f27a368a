import Jobs
import MediaSandbox
import Storage

struct TranscodeChunkHandler: JobHandler {
    let storage: any ObjectStorage
    let rules: TranscodingRules

    func handle(_ job: TranscodeChunk, context: JobContext) async throws -> Outcome {
        let part = PartJob(video: job.video, folder: job.folder, .pictures(job.chunk), storage, context)
        guard let part else { return PartJob.refusal }
        return try await part.run { sheet in
            try await Workplace.with(rules, storage, context) { place in
                try await encode(sheet.layout.chunk(job.chunk), sheet, part, place)
            }
        }
    }

    private func encode(_ chunk: Chunk, _ sheet: ChunkSheet, _ part: PartJob, _ place: Workplace) async throws {
        let file = "chunk.mp4"
        try await storage.download(
            part.folder.source(part.part), to: place.folder.input(MediaTools.sourceFile))
        try await place.tools.encode(chunk, sheet.plan, sourceBytes: sheet.sourceBytes, to: file)
        let report = try await verified(chunk, sheet.plan, file, place)
        let files = try OutputFiles(of: place.folder)
        try await report.write(to: part.folder.report(part.part), in: storage)
        try await storage.write(
            file: files.path(file), to: part.folder.encoded(part.part), mediaType: "application/octet-stream")
    }

    private func verified(
        _ chunk: Chunk, _ plan: EncodingPlan, _ file: String, _ place: Workplace
    ) async throws -> ChunkReport {
        try OutputFiles(of: place.folder).require(file)
        let streams = try await place.tools.inspect(file, "mov")
        let frames = streams.first?.packets ?? 0
        guard streams.count == plan.ladder.rungs.count, streams.allSatisfy({ $0.packets == frames }), frames > 0,
            chunk.frames == nil || frames == chunk.frames
        else {
            throw UnsoundOutput(
                "From \(Int(chunk.start)) seconds on the video has \(frames) frames, and should have \(chunk.frames ?? 1): it is damaged or not whole; upload it again."
            )
        }
        return ChunkReport(frames: frames, headers: streams.map { $0.extradata_hash ?? "" })
    }
}

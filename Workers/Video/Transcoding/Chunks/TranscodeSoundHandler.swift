import Jobs
import MediaSandbox
import Storage

struct TranscodeSoundHandler: JobHandler {
    let storage: any ObjectStorage
    let rules: TranscodingRules

    func handle(_ job: TranscodeSound, context: JobContext) async throws -> Outcome {
        let part = PartJob(video: job.video, folder: job.folder, .sound, storage, context)
        guard let part else { return PartJob.refusal }
        return try await part.run { sheet in
            try await Workplace.with(rules, storage, context) { try await encode(sheet, part, $0) }
        }
    }

    private func encode(_ sheet: ChunkSheet, _ part: PartJob, _ place: Workplace) async throws {
        let file = JoinCommand.soundFile
        try await storage.download(
            part.folder.source(.sound), to: place.folder.input(MediaTools.sourceFile))
        var plan = sheet.plan
        plan.loudness = try await place.tools.loudness(of: .cut(from: plan.facts), lasting: plan.facts.duration)
        try await place.tools.encodeSound(plan, to: file)
        let files = try OutputFiles(of: place.folder)
        try files.require(file)
        try await ChunkReport(loudness: plan.loudness).write(to: part.folder.report(.sound), in: storage)
        try await storage.write(
            file: files.path(file), to: part.folder.encoded(.sound), mediaType: "application/octet-stream")
    }
}

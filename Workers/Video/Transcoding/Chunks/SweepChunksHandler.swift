import Jobs
import Storage

struct SweepChunksHandler: JobHandler {
    let storage: any ObjectStorage

    func handle(_ job: SweepChunks, context: JobContext) async throws -> Outcome {
        guard let video = JobID(job.video), let folder = ChunkFolder(job.folder) else {
            return PartJob.refusal
        }
        // One that died goes on from here when it is replayed.
        if try await context.isPending(video) { return .success() }
        if try await storage.has(folder.kept) { return .success() }
        try await folder.remove(from: storage)
        return .success()
    }
}

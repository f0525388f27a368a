package import Jobs
import MediaProbe
import MediaSandbox
import Platform
package import Storage

package struct TranscodeVideoHandler: JobHandler {
    let storage: any ObjectStorage
    let rules: TranscodingRules

    package init(storage: any ObjectStorage, rules: TranscodingRules) { (self.storage, self.rules) = (storage, rules) }

    package func handle(_ job: TranscodeVideo, context: JobContext) async throws -> Outcome {
        let request = try TranscodeRequest(job)
        let loop = try EventLoop(name: "video")
        defer { loop.stop() }
        let sandbox = try await Sandbox(requiring: rules.isolation, workFolder: rules.workFolder, on: loop)
        let folder = try JobFolder(in: rules.workFolder, named: Self.folderName(context))
        let transcode = DirectTranscode(
            request: request, rules: rules, storage: storage, folder: folder,
            tools: MediaTools(sandbox: sandbox, folder: folder, rules: rules, context: context), context: context)
        let video = try await transcode.run()
        return .success(try JobResult(encoding: TranscodeResult(video, in: storage)))
    }

    /// One of this attempt alone, also when another worker still believes that it has the job.
    private static func folderName(_ context: JobContext) -> String {
        "\(context.id.token)-\(context.attempt)-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
    }
}

import Jobs
import MediaSandbox
import Platform
import Storage

/// What one run of a job works with: programs in the sandbox, and a folder for their files that goes with the run.
struct Workplace: Sendable {
    let rules: TranscodingRules
    let storage: any ObjectStorage
    let folder: JobFolder
    let tools: MediaTools
    let context: JobContext

    static func with<Result>(
        _ rules: TranscodingRules, _ storage: any ObjectStorage, _ context: JobContext,
        _ body: (Workplace) async throws -> Result
    ) async throws -> Result {
        let loop = try EventLoop(name: "video")
        defer { loop.stop() }
        let sandbox = try await Sandbox(requiring: rules.isolation, workFolder: rules.workFolder, on: loop)
        let folder = try JobFolder(in: rules.workFolder, named: folderName(context))
        let tools = MediaTools(sandbox: sandbox, folder: folder, rules: rules, context: context)
        return try await body(
            Workplace(rules: rules, storage: storage, folder: folder, tools: tools, context: context))
    }

    /// One of this attempt alone, also when another worker still believes that it has the job.
    static func folderName(_ context: JobContext) -> String {
        "\(context.id.token)-\(context.attempt)-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
    }
}

import MediaSandbox
import Platform
import TestSupport

/// A folder and a loop for one test, and programs that run there.
final class Bench: Sendable {
    let temporary: TemporaryFolder
    let folder: JobFolder
    let loop: EventLoop

    init() throws {
        temporary = try TemporaryFolder()
        folder = try JobFolder(in: temporary.file("work"), named: "job")
        loop = try EventLoop(name: "test")
    }

    deinit { loop.stop() }

    /// Runs a shell's script as a program that nobody trusts.
    func run(
        _ script: String, _ isolation: Isolation = .bubblewrap,
        onProgress: @escaping @Sendable (ProgressReport) -> Void = { _ in },
        _ change: (inout SandboxLimits) -> Void = { _ in }
    ) async throws -> SandboxOutput {
        var limits = SandboxLimits(wallTime: .seconds(240), folderBytes: 64 << 20)
        limits.grace = .milliseconds(300)
        change(&limits)
        return try await Sandbox(isolation, on: loop).run(
            SandboxedProgram("sh", ["-c", script], limits: limits), in: folder, onProgress: onProgress)
    }

    /// Why it did not end well; nil when it did.
    func failure(
        _ script: String, _ isolation: Isolation = .bubblewrap, _ change: (inout SandboxLimits) -> Void = { _ in }
    ) async throws -> SandboxFailure? {
        do {
            _ = try await run(script, isolation, change)
            return nil
        } catch let failure as SandboxFailure {
            return failure
        }
    }
}

package import Jobs
package import Platform
internal import Tracing

/// Runs programs that strangers' files may turn against us: with nothing to read but the job's folder, no network, and
/// an end to all they take. Every process they start is gone when a run returns.
package struct Sandbox: Sendable {
    package let isolation: Isolation
    private let loop: EventLoop

    /// Tries first whether this machine allows it.
    /// - Parameters:
    ///   - workFolder: where the folders of jobs are.
    ///   - loop: must not end before all runs have.
    /// - Throws: ``SandboxFailure``, when they cannot be isolated; ``BusyMachine``, when nobody knows.
    package init(requiring isolation: Isolation, workFolder: String, on loop: EventLoop) async throws {
        if isolation == .bubblewrap, let obstacle = try await Self.obstacle(workFolder: workFolder, on: loop) {
            throw SandboxFailure(program: "ffmpeg", reason: .notIsolated(obstacle), errors: "")
        }
        self.init(isolation, on: loop)
    }

    package init(_ isolation: Isolation, on loop: EventLoop) { (self.isolation, self.loop) = (isolation, loop) }

    /// Runs a program to its end.
    /// - Parameters:
    ///   - context: of the job for which it runs; nil for none.
    ///   - onProgress: is called on the loop's thread.
    /// - Throws: ``SandboxFailure``, and `CancellationError` when the task is cancelled.
    package func run(
        _ program: SandboxedProgram, in folder: JobFolder, for context: JobContext? = nil,
        onProgress: @escaping @Sendable (ProgressReport) -> Void = { _ in }
    ) async throws -> SandboxOutput {
        let run = try SandboxRun(program, in: folder, isolation, on: loop, onProgress: onProgress)
        let name = SpanAttribute("process.executable.name", program.executable)
        return try await OutsideCall.during("run \(program.executable)", .internal, [name]) {
            try await run.result(for: context)
        }
    }

    // MARK: What this machine allows

    /// Why programs cannot be isolated here, and what to do; nil when they can.
    /// - Throws: ``BusyMachine``, when nothing came to its end in the time.
    package static func obstacle(
        workFolder: String, on loop: EventLoop, within limit: Duration = .seconds(60)
    ) async throws -> String? {
        let folder = try JobFolder(in: workFolder, named: "probe-\(UInt64.random(in: 0 ... .max))")
        var limits = SandboxLimits(wallTime: limit, folderBytes: 1 << 20)
        limits.grace = .seconds(1)
        do {
            _ = try await Sandbox(.bubblewrap, on: loop).run(SandboxedProgram("true", [], limits: limits), in: folder)
            return nil
        } catch let failure as SandboxFailure {
            guard !failure.isExhaustion else { throw BusyMachine(limit: limit) }
            if failure.isMissing { return "install Debian's package bubblewrap" }
            return "bwrap says '\(failure.errors)'; allow namespaces (kernel.unprivileged_userns_clone=1), or set "
                + "workers.video.sandbox to \"none\" on a machine that holds nothing else"
        }
    }
}

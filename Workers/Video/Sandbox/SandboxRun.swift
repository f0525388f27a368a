internal import Glibc
internal import Jobs
internal import Logging
internal import Platform
internal import Synchronization

/// One run of a program: what it says is read, its deadlines are kept, and it is ended as a group.
final class SandboxRun: Sendable {
    private struct State {
        var parser = ProgressParser()
        var furthest = ProgressReport()
        var furthestAt = MonotonicTime.now
        var writtenBytes = 0
        /// Why it is being ended; the first reason is the one.
        var reason: SandboxFailure.Reason?
    }

    private static let errorBytes = 16 << 10
    private static let checkEvery = Duration.milliseconds(500)
    /// For those that are killed to be gone.
    private static let afterlife = Duration.seconds(2)

    private let program: SandboxedProgram
    private let folder: JobFolder
    private let isolation: Isolation
    private let loop: EventLoop
    private let onProgress: @Sendable (ProgressReport) -> Void
    private let standardOutput: OutputPipe
    private let errors: OutputPipe
    private let progress: OutputPipe
    private let state = Mutex(State())

    init(
        _ program: SandboxedProgram, in folder: JobFolder, _ isolation: Isolation, on loop: EventLoop,
        onProgress: @escaping @Sendable (ProgressReport) -> Void
    ) throws(SystemError) {
        (self.program, self.folder, self.isolation, self.loop) = (program, folder, isolation, loop)
        self.onProgress = onProgress
        standardOutput = try OutputPipe(keeping: .first(program.limits.outputBytes), on: loop)
        errors = try OutputPipe(keeping: .last(Self.errorBytes), on: loop)
        progress = try OutputPipe(keeping: .last(0), on: loop)
    }

    func result(for context: JobContext?) async throws -> SandboxOutput {
        let began = MonotonicTime.now
        let child = try await start()
        let guarding = Task(executorPreference: loop) { await self.keepDeadlines(of: child) }
        let exit = await withTaskCancellationHandler {
            await waiting(for: context, child) { await child.exit() }
        } onCancel: {
            end(child, because: nil)
        }
        guarding.cancel()
        // It holds the folder, which goes with its last holder.
        await guarding.value
        await gone()
        context?.logger.debug(
            "A program ended",
            [
                ("program", .string(program.executable)),
                ("duration_ms", .number(MonotonicTime.now.since(began).seconds * 1000)),
            ])
        try Task.checkCancellation()
        return try output(exit)
    }

    private func waiting(
        for context: JobContext?, _ child: ChildProcess, _ body: () async -> ChildProcess.Exit
    ) async -> ChildProcess.Exit {
        guard let context else { return await body() }
        return await context.killing({ child.sendToGroup(signal: SIGKILL) }) { await body() }
    }

    private func output(_ exit: ChildProcess.Exit) throws(SandboxFailure) -> SandboxOutput {
        if let reason = state.withLock({ $0.reason }) { throw failure(reason) }
        if standardOutput.hasOverflowed { throw failure(.wroteTooMuch(program.limits.outputBytes)) }
        switch exit {
        case .code(0): return SandboxOutput(standardOutput: standardOutput.bytes, errors: lastWords)
        // A shell's way to say which signal ended a program, and that of bwrap.
        case .signal(SIGXCPU), .code(128 + SIGXCPU): throw failure(.usedProcessor(program.limits.processorTime))
        case .signal(SIGXFSZ), .code(128 + SIGXFSZ): throw failure(.wroteTooMuch(program.limits.folderBytes))
        case .code(let code) where code > 128 && code < 160: throw failure(.ended(.signal(code - 128)))
        default: throw failure(.ended(exit))
        }
    }

    private func failure(_ reason: SandboxFailure.Reason) -> SandboxFailure {
        SandboxFailure(program: program.executable, reason: reason, errors: lastWords)
    }

    private var lastWords: String {
        let text = String(decoding: errors.bytes, as: UTF8.self)
        let printable = text.unicodeScalars.filter {
            // Nor what turns the direction of a text.
            $0 == "\n" || $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        }
        return String(String.UnicodeScalarView(printable)).split(separator: "\n").suffix(40).joined(separator: "\n")
    }

    // MARK: Starting

    private func start() async throws -> ChildProcess {
        let filter = try filter()
        let nothing = FileDescriptor(owning: open("/dev/null", O_RDONLY | O_CLOEXEC))
        let words = isolation.wrapping([program.executable] + program.arguments, in: folder, program.limits)
        var command = ChildProcess.Command(
            words[0], Array(words.dropFirst()), environment: SandboxedProgram.environment)
        command.folder = folder.output
        command.diesWithParent = true
        command.takesGroupAlong = true
        command.descriptors = [
            nothing.number, standardOutput.writeDescriptor, errors.writeDescriptor, progress.writeDescriptor,
            filter.number,
        ]
        do {
            let child = try await ChildProcess.start(command, on: loop)
            try listen()
            return child
        } catch {
            throw failure(.notStarted(error))
        }
    }

    private func listen() throws(SystemError) {
        try standardOutput.read()
        try errors.read()
        try progress.read { [weak self] piece in self?.note(piece) }
    }

    /// A file without a name, where programs cannot see it.
    private func filter() throws(SystemError) -> FileDescriptor {
        // A job may start several programs at once.
        let path = folder.path + "/filter-\(UInt64.random(in: 0 ... .max))"
        let file = FileDescriptor(owning: open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
        unlink(path)
        let program = SystemCallFilter.program ?? []
        guard write(file.number, program, program.count) == program.count, lseek(file.number, 0, SEEK_SET) == 0 else {
            throw .last("writing the filter of system calls")
        }
        return file
    }

    // MARK: Deadlines

    private func note(_ piece: [UInt8]) {
        let report: ProgressReport? = state.withLock { state in
            guard state.parser.read(piece) else { return nil }
            if state.parser.report.isBeyond(state.furthest) {
                (state.furthest, state.furthestAt) = (state.parser.report, .now)
            }
            return state.parser.report
        }
        if let report { onProgress(report) }
    }

    private func keepDeadlines(of child: ChildProcess) async {
        let began = MonotonicTime.now
        while !Task.isCancelled, child.isRunning {
            if let reason = reasonToEnd(began) { return end(child, because: reason) }
            await loop.sleep(for: Self.checkEvery)
        }
    }

    private func reasonToEnd(_ began: MonotonicTime) -> SandboxFailure.Reason? {
        let limits = program.limits
        let written = folder.outputBytes
        noteWritten(written)
        if MonotonicTime.now.since(began) >= limits.wallTime { return .tookTooLong(limits.wallTime) }
        if let stall = limits.stallTime, MonotonicTime.now.since(state.withLock { $0.furthestAt }) >= stall {
            return .stalled(stall)
        }
        if standardOutput.hasOverflowed { return .wroteTooMuch(limits.outputBytes) }
        return written > limits.folderBytes ? .wroteTooMuch(limits.folderBytes) : nil
    }

    /// An encoder whose pictures are ahead reports nothing while it waits for the sound; but it writes.
    private func noteWritten(_ bytes: Int) {
        state.withLock { state in
            if bytes > state.writtenBytes { (state.writtenBytes, state.furthestAt) = (bytes, .now) }
        }
    }

    private func end(_ child: ChildProcess, because reason: SandboxFailure.Reason?) {
        state.withLock { if $0.reason == nil { $0.reason = reason } }
        child.sendToGroup(signal: SIGTERM)
        loop.schedule(at: .now + program.limits.grace) { child.sendToGroup(signal: SIGKILL) }
    }

    /// Waits until nobody writes any more: the kernel ends a namespace's processes a moment after its first one.
    private func gone() async {
        let pipes = [standardOutput, errors, progress]
        let timer = loop.schedule(at: .now + Self.afterlife) { for pipe in pipes { pipe.close() } }
        for pipe in pipes { await pipe.end() }
        loop.cancel(timer)
    }
}

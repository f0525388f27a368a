internal import Foundation
public import Glibc
public import Platform
internal import Synchronization
internal import TestSupport

/// A program that runs beside the test, in a process group of its own.
public final class Program: Sendable {
    public enum Input: Sendable {
        case nothing
        case file(String)
        /// A pipe nobody writes to, until ``Program/closeInput()``.
        case open
    }

    public enum Exit: Sendable, Equatable {
        case code(Int32)
        case signal(Int32)
    }

    /// Its thread starts all programs: they ask the kernel to be killed when the thread that started them is gone, so
    /// that none outlives the tests.
    public static let loop: EventLoop = {
        guard let loop = try? EventLoop(name: "tests") else { preconditionFailure("there is no epoll") }
        return loop
    }()

    public let processID: Int32
    public let output: Lines
    public let errors: Lines
    private let name: String
    private let input: Mutex<Int32>
    private let exited = Mutex<(exit: Exit?, waiting: [Promise<Void>])>((nil, []))

    private init(_ name: String, processID: pid_t, input: Int32, output: Int32, errors: Int32) {
        self.name = name
        self.processID = processID
        self.input = Mutex(input)
        self.output = Lines(reading: output)
        self.errors = Lines(reading: errors)
    }

    public static func start(
        _ path: String, _ arguments: [String], environment: [String: String], input: Input = .nothing
    ) async throws -> Program {
        let started = Promise<Result<Program, any Error>>()
        loop.execute {
            started.complete(with: Result { try spawn(path, arguments, environment, input) })
        }
        return try await started.wait().get()
    }

    /// Waits for its end.
    public func exit(within limit: Duration = .seconds(40)) async throws -> Exit {
        do {
            return try await within(limit, "the end of \(name)") {
                while true {
                    let change = Promise<Void>()
                    let exit: Exit? = self.exited.withLock { state in
                        if state.exit == nil { state.waiting.append(change) }
                        return state.exit
                    }
                    if let exit { return exit }
                    await change.waitOrCancel()
                    try Task.checkCancellation()
                }
            }
        } catch let error as TestFailure {
            throw TestFailure(
                "\(error.description)\n\(output.text.suffix(2000))\n\(errors.text.suffix(4000))")
        }
    }

    /// Tells it to end, by the signal, and waits for that.
    public func end(by signal: Int32 = SIGTERM, within limit: Duration = .seconds(40)) async throws -> Finished {
        send(signal)
        let exit = try await exit(within: limit)
        return Finished(exit: exit, output: output.text, errors: errors.text)
    }

    public var isRunning: Bool { exited.withLock { $0.exit == nil } }

    public func send(_ signal: Int32) { exited.withLock { if $0.exit == nil { kill(processID, signal) } } }

    public func closeInput() {
        input.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    // MARK: Starting

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String: String], _ input: Input
    ) throws -> Program {
        let (output, errors) = (try pipe(), try pipe())
        defer {
            close(output.writing)
            close(errors.writing)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var inputPipe: (reading: Int32, writing: Int32) = (-1, -1)
        defer { if inputPipe.reading >= 0 { close(inputPipe.reading) } }
        switch input {
        case .nothing: posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        case .file(let file): posix_spawn_file_actions_addopen(&actions, 0, file, O_RDONLY, 0)
        case .open:
            inputPipe = try pipe()
            posix_spawn_file_actions_adddup2(&actions, inputPipe.reading, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
        let words = ["setpriv", "--pdeathsig", "KILL", "env", "--chdir", Product.root, path] + arguments
        let processID = try spawn(words, environment, actions)
        let program = Program(
            ([path] + arguments).joined(separator: " "), processID: processID, input: inputPipe.writing,
            output: output.reading, errors: errors.reading)
        try program.watchExit()
        return program
    }

    private static func spawn(
        _ words: [String], _ environment: [String: String], _ actions: posix_spawn_file_actions_t
    ) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
        var argv = words.map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var processID = pid_t()
        var actions = actions
        let code = posix_spawnp(&processID, words[0], &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
        return processID
    }

    /// Both ends are closed in every program started from here but the one they are given to.
    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private func watchExit() throws {
        let descriptor = ParentWatch.open(processID)
        guard descriptor >= 0 else { throw POSIXError(.ESRCH) }
        try Self.loop.watchOnce(descriptor) {
            var status: Int32 = 0
            let waiting = self.exited.withLock { state in
                waitpid(self.processID, &status, 0)
                state.exit = status & 0x7f == 0 ? .code(status >> 8 & 0xff) : .signal(status & 0x7f)
                defer { state.waiting = [] }
                return state.waiting
            }
            close(descriptor)
            self.closeInput()
            for waiter in waiting { waiter.complete(with: ()) }
        }
    }
}

internal import CLinux
internal import Glibc
internal import Synchronization

/// A process that this one started, in a process group of its own.
public final class ChildProcess: Sendable {
    public struct Command: Sendable {
        public var executable: String
        /// What the process is called in ps(1); nil is the executable's own name.
        public var title: String?
        public var arguments: [String]
        public var environment: [String: String]
        /// Nil stays where we are.
        public var folder: String?
        /// Where standard output and error go; nil shares ours.
        public var outputFile: String?
        /// The descriptors that the child gets, numbered from 0, and no others; nil lets it share those of ours that are
        /// not closed at exec. It has no readiness to announce then.
        public var descriptors: [Int32]?
        /// Has the kernel kill the child when this process ends, however that ends.
        public var diesWithParent = false
        /// Kills what stayed in its group when it ends.
        public var takesGroupAlong = false
        /// Gives the child the writing end of a pipe as descriptor 3: see ``Readiness``.
        public var announcesReadiness = false

        public init(_ executable: String, _ arguments: [String], environment: [String: String]) {
            self.executable = executable
            self.arguments = arguments
            self.environment = environment
        }

        /// Only the child itself can ask the kernel to be killed with us, so setpriv(1) does before it becomes the child.
        fileprivate var program: String { diesWithParent ? "setpriv" : executable }

        fileprivate var programArguments: [String] {
            diesWithParent ? ["--pdeathsig", "KILL", "--", executable] + arguments : arguments
        }
    }

    public enum Exit: Sendable, Equatable, CustomStringConvertible {
        case code(Int32)
        case signal(Int32)

        public var description: String {
            switch self {
            case .code(let code): "exit code \(code)"
            case .signal(let signal): "signal \(signal) (\(String(cString: strsignal(signal))))"
            }
        }
    }

    public let processID: Int32
    private let exited = Mutex<(exit: Exit?, waiting: [Promise<Exit>])>((nil, []))
    private let ready = Promise<Bool>()

    private init(processID: Int32) { self.processID = processID }

    /// Starts a process.
    ///
    /// It happens on the loop's thread: the kernel ends children that asked for it (`PR_SET_PDEATHSIG`) when the thread
    /// that started them ends, and that one lives as long as the process.
    public static func start(_ command: Command, on loop: EventLoop) async throws(SystemError) -> ChildProcess {
        let started = Promise<Result<ChildProcess, SystemError>>()
        loop.execute {
            started.complete(with: Result { () throws(SystemError) in try spawn(command, on: loop) })
        }
        return try await started.wait().get()
    }

    /// Waits for its end.
    public func exit() async -> Exit {
        let promise = Promise<Exit>()
        let exit: Exit? = exited.withLock { state in
            if state.exit == nil { state.waiting.append(promise) }
            return state.exit
        }
        if let exit { return exit }
        return await promise.wait()
    }

    /// Waits until the child says that it is ready. False when it ended instead, or was not asked to say so.
    public func isReady() async -> Bool { await ready.wait() }

    public var isRunning: Bool { exited.withLock { $0.exit == nil } }

    /// Sends a signal to the process, not to its group. Does nothing once it ended: its number may be another's then.
    public func send(signal: Int32) { exited.withLock { if $0.exit == nil { kill(processID, signal) } } }

    /// Sends a signal to the process and all its descendants that stayed in its group.
    public func sendToGroup(signal: Int32) { exited.withLock { if $0.exit == nil { kill(-processID, signal) } } }

    // MARK: Starting

    private static func spawn(_ command: Command, on loop: EventLoop) throws(SystemError) -> ChildProcess {
        var pipeEnds: [Int32] = [-1, -1]
        if command.announcesReadiness, linux_pipe(&pipeEnds, O_CLOEXEC) != 0 { throw .last("pipe") }
        defer { if pipeEnds[1] >= 0 { close(pipeEnds[1]) } }

        var processID = pid_t()
        let code = withSpawnAttributes(command, readinessPipe: pipeEnds[1]) { actions, attributes in
            withCStrings([command.title ?? command.program] + command.programArguments) { arguments in
                withCStrings(command.environment.map { "\($0.key)=\($0.value)" }) { environment in
                    posix_spawnp(&processID, command.program, actions, attributes, arguments, environment)
                }
            }
        }
        guard code == 0 else {
            if pipeEnds[0] >= 0 { close(pipeEnds[0]) }
            throw SystemError(code: code, attempt: "starting \(command.executable)")
        }
        let child = ChildProcess(processID: processID)
        do {
            try child.watchExit(takingGroupAlong: command.takesGroupAlong, on: loop)
            try child.watchReadiness(pipeEnds[0], on: loop)
        } catch {
            // A child that nobody watches must not run.
            kill(-processID, SIGKILL)
            waitpid(processID, nil, 0)
            throw error
        }
        return child
    }

    private static func withSpawnAttributes(
        _ command: Command, readinessPipe: Int32,
        _ body: (UnsafePointer<posix_spawn_file_actions_t>, UnsafePointer<posix_spawnattr_t>) -> Int32
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let file = command.outputFile {
            posix_spawn_file_actions_addopen(&actions, 1, file, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        if readinessPipe >= 0 {
            posix_spawn_file_actions_adddup2(&actions, readinessPipe, Readiness.descriptor)
        }
        // Copies beyond the numbers that are given away, so that none is overwritten before its turn.
        let given = (command.descriptors ?? []).map { fcntl($0, F_DUPFD_CLOEXEC, 64) }
        defer { for descriptor in given where descriptor >= 0 { close(descriptor) } }
        for (number, descriptor) in given.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        if command.descriptors != nil { linux_spawn_closing_from(&actions, Int32(given.count)) }
        if let folder = command.folder { linux_spawn_in_folder(&actions, folder) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // We block signals to read them from a descriptor; a child that inherited that would be deaf to SIGTERM.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        return body(&actions, &attributes)
    }

    private func watchExit(takingGroupAlong: Bool, on loop: EventLoop) throws(SystemError) {
        let descriptor = linux_pidfd_open(processID)
        guard descriptor >= 0 else { throw .last("pidfd_open") }
        try loop.watchOnce(descriptor) {
            // While nobody has waited for it, its number names no other group.
            if takingGroupAlong { kill(-self.processID, SIGKILL) }
            var status: Int32 = 0
            waitpid(self.processID, &status, 0)
            close(descriptor)
            self.end(with: status & 0x7f == 0 ? .code(status >> 8 & 0xff) : .signal(status & 0x7f))
        }
    }

    private func watchReadiness(_ descriptor: Int32, on loop: EventLoop) throws(SystemError) {
        guard descriptor >= 0 else { return ready.complete(with: false) }
        try loop.watchOnce(descriptor) {
            var byte: UInt8 = 0
            let count = read(descriptor, &byte, 1)
            close(descriptor)
            self.ready.complete(with: count == 1)
        }
    }

    private func end(with exit: Exit) {
        let waiting = exited.withLock { state in
            state.exit = exit
            defer { state.waiting = [] }
            return state.waiting
        }
        for promise in waiting { promise.complete(with: exit) }
    }

    private static func withCStrings<Value>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
}

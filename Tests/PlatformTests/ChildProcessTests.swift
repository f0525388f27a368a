import Glibc
import Platform
import TestSupport
import Testing

@Suite("Child processes", .timeLimit(.minutes(1)))
struct ChildProcessTests {
    private func start(
        _ script: String, _ change: (inout ChildProcess.Command) -> Void = { _ in },
        _ body: (ChildProcess) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        var command = ChildProcess.Command("sh", ["-c", script], environment: ["PATH": "/usr/bin:/bin", "WORD": "x"])
        change(&command)
        let child = try await ChildProcess.start(command, on: loop)
        let result: Result<Void, any Error>
        do { result = .success(try await body(child)) } catch { result = .failure(error) }
        // Nobody takes note of its end once the loop has stopped: and while any such child is left over, the testing library
        // looks at that one alone, and never sees the end of a test that runs in a process of its own.
        child.sendToGroup(signal: SIGKILL)
        _ = await child.exit()
        try result.get()
    }

    @Test(arguments: [0, 1, 78, 255])
    func `tell their exit code`(code: Int32) async throws {
        try await start("exit \(code)") { child in
            #expect(await child.exit() == .code(code))
            #expect(await child.exit() == .code(code))
            #expect(!child.isRunning)
        }
    }

    @Test(arguments: [SIGTERM, SIGKILL, SIGSEGV])
    func `tell the signal that ended them, to all who wait`(signal: Int32) async throws {
        try await start("exec sleep 600") { child in
            async let first = child.exit()
            async let second = child.exit()
            child.send(signal: signal)
            let exits = await [first, second]
            #expect(exits == [.signal(signal), .signal(signal)])
        }
    }

    @Test func `describe their end in words`() {
        #expect(ChildProcess.Exit.code(3).description == "exit code 3")
        #expect(ChildProcess.Exit.signal(SIGKILL).description == "signal 9 (Killed)")
    }

    @Test func `take their descendants with them when the group is told`() async throws {
        let folder = try TemporaryFolder()
        try await start("sleep 600 & echo $! > \(folder.file("pid")); wait") { child in
            try await eventually("the grandchild runs") { (try? folder.text(of: "pid"))?.contains("\n") == true }
            let grandchild = try #require(Int32(folder.text(of: "pid").split(separator: "\n").first ?? ""))
            child.sendToGroup(signal: SIGKILL)
            #expect(await child.exit() == .signal(SIGKILL))
            // Its parent is gone; whoever inherits it may take a moment to bury it.
            try await eventually("the grandchild is gone") { Self.isGone(grandchild) }
        }
    }

    private static func isGone(_ process: Int32) -> Bool {
        guard let file = fopen("/proc/\(process)/stat", "r") else { return true }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 200)
        guard fgets(&line, 200, file) != nil else { return true }
        return line.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }.contains(") Z ")
    }

    @Test func `say when they are ready`() async throws {
        try await start("printf 1 >&3; exec 3>&-; exec sleep 600", { $0.announcesReadiness = true }) { child in
            #expect(await child.isReady())
            #expect(child.isRunning)
            child.send(signal: SIGKILL)
            _ = await child.exit()
        }
    }

    @Test func `are not ready when they end instead, or were not asked`() async throws {
        try await start("exit 0", { $0.announcesReadiness = true }) { child in #expect(await !child.isReady()) }
        try await start("exit 0") { child in #expect(await !child.isReady()) }
    }

    @Test func `get their folder, their environment and a file for what they say`() async throws {
        let folder = try TemporaryFolder()
        try await start(
            "pwd; echo $WORD; echo err >&2; echo ${HOME-none}",
            {
                $0.folder = folder.path
                $0.outputFile = folder.file("out")
            }
        ) { child in
            #expect(await child.exit() == .code(0))
            let said = try folder.text(of: "out")
            #expect(said == "\(folder.path)\nx\nerr\nnone\n")
        }
    }

    @Test func `can be told to end although we block signals`() async throws {
        try await start(
            "trap 'exit 7' TERM; printf 1 >&3; while true; do sleep 0.02; done", { $0.announcesReadiness = true }
        ) {
            child in
            #expect(await child.isReady())
            child.send(signal: SIGTERM)
            #expect(await child.exit() == .code(7))
        }
    }

    @Test func `that do not exist are an error that names them`() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let command = ChildProcess.Command("/nowhere/at/all", [], environment: [:])
        let error = await #expect(throws: SystemError.self) { try await ChildProcess.start(command, on: loop) }
        #expect(error?.description == "starting /nowhere/at/all: No such file or directory")
    }

    @Test func `signals to one that ended go nowhere`() async throws {
        try await start("exit 0") { child in
            _ = await child.exit()
            child.send(signal: SIGKILL)
            child.sendToGroup(signal: SIGKILL)
        }
    }
}

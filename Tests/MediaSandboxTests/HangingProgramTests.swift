import Glibc
import MediaSandbox
import Platform
import TestSupport
import Testing

/// H-10: programs that do not end, say too much, or end badly.
@Suite("H-10: programs in a sandbox", .timeLimit(.minutes(5)))
struct HangingProgramTests {
    @Test(arguments: [Isolation.bubblewrap, .none])
    func `that are deaf to SIGTERM are killed, and so are their children`(isolation: Isolation) async throws {
        let bench = try Bench()
        let mark = "3\(UInt32.random(in: 1_000_000...9_000_000))"
        let failure = try await bench.failure(
            "trap '' TERM; (trap '' TERM; sleep \(mark)) & sleep \(mark); sleep \(mark)", isolation
        ) { $0.wallTime = .seconds(1) }
        #expect(failure?.reason == .tookTooLong(.seconds(1)))
        try await eventually("nobody is left") { try !Self.runs(mark) }
    }

    @Test func `that leave their group are gone with it`() async throws {
        let bench = try Bench()
        let mark = "4\(UInt32.random(in: 1_000_000...9_000_000))"
        _ = try await bench.run("setsid sleep \(mark) & sleep 0.1")
        try await eventually("nobody is left") { try !Self.runs(mark) }
    }

    @Test(arguments: [Isolation.bubblewrap, .none])
    func `whose grandchild holds their pipes do not hold us up`(isolation: Isolation) async throws {
        let bench = try Bench()
        let output = try await bench.run("echo done; sleep 600 &", isolation)
        #expect(output.standardOutput == Array("done\n".utf8))
    }

    @Test func `may write 100 MB to standard error, of which the end is kept`() async throws {
        let bench = try Bench()
        let output = try await bench.run("head -c 100000000 /dev/zero | tr '\\0' 'x' >&2; echo >&2; echo the end >&2")
        #expect(output.errors.hasSuffix("\nthe end"))
        #expect(output.errors.utf8.count <= 16 << 10)
    }

    @Test func `say much, of which a dead letter tells the end, as plain text`() async throws {
        let failure = try await Bench().failure(
            "head -c 100000 /dev/zero | tr '\\0' 'x' >&2; printf '\\n\\342\\200\\256\\033]0;x\\007\\302\\233the end' >&2; exit 3"
        )
        let text = failure?.description ?? ""
        #expect(text.hasPrefix("sh ended with") && text.hasSuffix("x\n]0;xthe end"))
        #expect(text.utf8.count < 1100)
    }

    @Test(arguments: [Isolation.bubblewrap, .none])
    func `say which signal ended them, and what they said last`(isolation: Isolation) async throws {
        let failure = try await Bench().failure("printf 'a\\033[31mb' >&2; kill -SEGV $$", isolation)
        #expect(failure?.reason == .ended(.signal(SIGSEGV)))
        #expect(failure?.description == "sh ended with signal 11 (Segmentation fault). It said: a[31mb")
    }

    @Test func `that come no further are ended, and those that do are not`() async throws {
        let bench = try Bench()
        let report = "printf 'frame=%d\\nprogress=continue\\n' $frame >&3"
        let stuck = try await bench.failure("frame=7; while :; do \(report); sleep 0.1; done") {
            $0.stallTime = .seconds(2)
        }
        #expect(stuck?.reason == .stalled(.seconds(2)))
        let moving = try await bench.failure(
            "frame=0; while [ $frame -lt 80 ]; do frame=$((frame+1)); \(report); sleep 0.1; done"
        ) { $0.stallTime = .seconds(6) }
        #expect(moving == nil)
        // One that waits for its sound reports the same frame again and again, and writes.
        let writing = try await bench.failure(
            "frame=7; for n in $(seq 80); do \(report); head -c 8192 /dev/zero >> written; sleep 0.1; done"
        ) { $0.stallTime = .seconds(6) }
        #expect(writing == nil)
    }

    @Test func `report how far they are`() async throws {
        let reported = Promise<ProgressReport>()
        _ = try await Bench().run(
            "printf 'frame=3\\nout_time_us=2500000\\ntotal_size=N/A\\nprogress=end\\n' >&3",
            onProgress: { reported.complete(with: $0) })
        #expect(reported.value?.outputSeconds == 2.5)
        #expect(reported.value?.frame == 3)
        #expect(reported.value?.totalBytes == nil)
    }

    @Test func `that use the processor for too long are ended`() async throws {
        let failure = try await Bench().failure("while :; do :; done") { $0.processorTime = .seconds(1) }
        #expect(failure?.reason == .usedProcessor(.seconds(1)))
    }

    @Test func `that have no time do not say that there is no sandbox`() async throws {
        let bench = try Bench()
        await #expect(throws: BusyMachine.self) {
            try await Sandbox.obstacle(workFolder: bench.temporary.file("work"), on: bench.loop, within: .zero)
        }
        #expect(try await Sandbox.obstacle(workFolder: bench.temporary.file("work"), on: bench.loop) == nil)
    }

    @Test func `that fill their folder are ended`() async throws {
        let one = try await Bench().failure("head -c 90000000 /dev/zero > one") { $0.folderBytes = 1 << 20 }
        #expect(one != nil)
        let many = try await Bench().failure(
            "i=0; while :; do i=$((i+1)); head -c 500000 /dev/zero > $i; sleep 0.05; done"
        ) { $0.folderBytes = 1 << 20 }
        #expect(many?.reason == .wroteTooMuch(1 << 20))
    }

    @Test func `that say too much on standard output are ended`() async throws {
        let failure = try await Bench().failure("cat /dev/zero") { $0.outputBytes = 1 << 16 }
        #expect(failure?.reason == .wroteTooMuch(1 << 16))
    }

    @Test func `end when the job is cancelled`() async throws {
        let bench = try Bench()
        let mark = "5\(UInt32.random(in: 1_000_000...9_000_000))"
        let task = Task { try await bench.run("sleep \(mark)") }
        try await eventually("it runs") { try Self.runs(mark) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await eventually("nobody is left") { try !Self.runs(mark) }
    }

    /// Whether a process has this word on its command line.
    private static func runs(_ word: String) throws -> Bool {
        guard let folder = opendir("/proc") else { throw TestFailure("no /proc") }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let process = Int32(name), process != getpid(), let file = fopen("/proc/\(process)/cmdline", "r")
            else {
                continue
            }
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 8192)
            let count = fread(&bytes, 1, bytes.count, file)
            if bytes[..<count].split(separator: 0).contains(where: { $0.elementsEqual(word.utf8) }) { return true }
        }
        return false
    }
}

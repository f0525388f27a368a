import Foundation
import Glibc
import MediaSandbox
import Platform
import TestSupport
import Testing

@Suite("Folders of jobs")
struct JobFolderTests {
    @Test func `are gone with their run, and what died runs left goes with the next`() throws {
        let temporary = try TemporaryFolder()
        let parent = temporary.file("work")
        try temporary.makeFolder("work/dead/out")
        try Data().write(to: URL(fileURLWithPath: "\(parent)/dead.lock"))
        do {
            let living = try JobFolder(in: parent, named: "living")
            let other = try JobFolder(in: parent, named: "other")
            let names = try FileManager.default.contentsOfDirectory(atPath: parent).sorted()
            #expect(names == ["living", "living.lock", "other", "other.lock"])
            withExtendedLifetime((living, other)) {}
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent).isEmpty)
    }

    @Test(.timeLimit(.minutes(1))) func `of runs that died take along what was left of their sandboxes`() async throws {
        let temporary = try TemporaryFolder()
        try temporary.makeFolder("work/dead/in")
        try Data().write(to: URL(fileURLWithPath: temporary.file("work/dead.lock")))
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let orphan = try await Self.sandbox(of: temporary.file("work/dead/in"), temporary, on: loop)
        let other = try await Self.sandbox(of: temporary.path, temporary, on: loop)
        withExtendedLifetime(try JobFolder(in: temporary.file("work"), named: "living")) {}
        #expect(await orphan.exit() == .signal(SIGKILL))
        #expect(other.isRunning)
        other.send(signal: SIGTERM)
        #expect(await other.exit() == .signal(SIGTERM))
    }

    /// A program of bwrap's name that has no end.
    private static func sandbox(
        of folder: String, _ temporary: TemporaryFolder, on loop: EventLoop
    ) async throws -> ChildProcess {
        let bwrap = temporary.file("bwrap")
        if !FileManager.default.fileExists(atPath: bwrap) {
            try FileManager.default.copyItem(atPath: "/usr/bin/tail", toPath: bwrap)
        }
        var command = ChildProcess.Command(bwrap, ["-f", "/dev/null", folder], environment: [:])
        command.outputFile = temporary.file("said")
        return try await ChildProcess.start(command, on: loop)
    }

    @Test(.timeLimit(.minutes(2))) func `are worked in by several programs of their job at once`() async throws {
        let bench = try Bench()
        let said = try await withThrowingTaskGroup(of: String.self) { tasks in
            for number in 1...8 {
                tasks.addTask {
                    let output = try await bench.run("echo \(number) > \(number); cat \(number)")
                    return String(decoding: output.standardOutput, as: UTF8.self)
                }
            }
            return try await tasks.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(said == Set((1...8).map { "\($0)\n" }))
        // What keeps them in is in no file of the folder.
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).sorted() == ["in", "out"])
    }

    @Test func `are of one run`() throws {
        let temporary = try TemporaryFolder()
        let folder = try JobFolder(in: temporary.path, named: "job")
        #expect(throws: (any Error).self) { try JobFolder(in: temporary.path, named: "job") }
        withExtendedLifetime(folder) {}
    }
}

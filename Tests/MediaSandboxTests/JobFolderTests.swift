import Foundation
import MediaSandbox
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

    @Test(.timeLimit(.minutes(1))) func `of runs that died take along what was left of their sandboxes`() throws {
        let temporary = try TemporaryFolder()
        try temporary.makeFolder("work/dead/in")
        try Data().write(to: URL(fileURLWithPath: temporary.file("work/dead.lock")))
        let (orphan, other) = (Process(), Process())
        for (process, folder) in [(orphan, temporary.file("work/dead/in")), (other, temporary.path)] {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/bwrap")
            // It waits for a word that nobody says.
            process.arguments = ["--block-fd", "0", "--ro-bind", "/", "/", "--ro-bind", folder, "/mnt", "--", "true"]
            process.standardInput = Pipe()
            try process.run()
        }
        withExtendedLifetime(try JobFolder(in: temporary.file("work"), named: "living")) {}
        orphan.waitUntilExit()
        #expect(orphan.terminationReason == .uncaughtSignal)
        #expect(other.isRunning)
        other.terminate()
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

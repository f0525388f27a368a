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

    @Test func `are of one run`() throws {
        let temporary = try TemporaryFolder()
        let folder = try JobFolder(in: temporary.path, named: "job")
        #expect(throws: (any Error).self) { try JobFolder(in: temporary.path, named: "job") }
        withExtendedLifetime(folder) {}
    }
}

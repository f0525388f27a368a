import Platform
import TestSupport
import Testing

@Suite("A lock on a file")
struct FileLockTests {
    @Test func `is held by one, and free again when its owner goes`() throws {
        let folder = try TemporaryFolder()
        var lock = try FileLock(path: folder.file("lock"))
        #expect(lock != nil)
        #expect(try FileLock(path: folder.file("lock")) == nil)
        lock = nil
        #expect(try FileLock(path: folder.file("lock")) != nil)
    }

    @Test func `in a folder that is not there is an error`() {
        let error = #expect(throws: SystemError.self) { try FileLock(path: "/nowhere/lock") }
        #expect(error?.description == "opening /nowhere/lock: No such file or directory")
    }
}

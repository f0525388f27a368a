import Foundation
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FolderStorageTests {
    private let folder: TemporaryFolder
    private let storage: FolderStorage

    init() throws {
        folder = try TemporaryFolder()
        try folder.makeFolder("root/a/b")
        try Data("secret".utf8).write(to: URL(fileURLWithPath: folder.file("secret")))
        try Data("object".utf8).write(to: URL(fileURLWithPath: folder.file("root/a/b/object")))
        storage = FolderStorage(root: folder.file("root"))
    }

    private func read(_ key: String, maxBytes: Int = 100) async throws -> String {
        let bytes = try await storage.read(try #require(StorageKey(key)), maxBytes: maxBytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test
    func `an object is read whole`() async throws {
        #expect(try await read("a/b/object") == "object")
        #expect(try await read("a/b/object", maxBytes: 6) == "object")
    }

    @Test(arguments: [(0, 3, "obj"), (3, 100, "ect"), (6, 10, ""), (100, 10, ""), (2, 0, "")])
    func `a piece of an object is read, and its size told`(offset: Int, count: Int, text: String) async throws {
        let key = try #require(StorageKey("a/b/object"))
        let piece = try await storage.readPiece(key, from: offset, maxBytes: count)
        #expect(String(decoding: piece.bytes, as: UTF8.self) == text && piece.objectSize == 6)
        let absent = try #require(StorageKey("a/b"))
        await #expect(throws: StorageError.absent(absent)) {
            try await storage.readPiece(absent, from: 0, maxBytes: 1)
        }
    }

    @Test
    func `an object that is too large is not read`() async throws {
        let key = try #require(StorageKey("a/b/object"))
        await #expect(throws: StorageError.tooLarge(key, maxBytes: 5)) { try await storage.read(key, maxBytes: 5) }
    }

    @Test(arguments: [
        "", "/etc/passwd", "..", "../secret", "a/../../secret", "a//b", "a/./b", "a/", "./a", "a\0b", "a\nb",
        String(repeating: "a", count: 256), String(repeating: "a/", count: 600) + "a",
    ])
    func `what leads out of the folder, or nowhere, is no key`(text: String) { #expect(StorageKey(text) == nil) }

    @Test
    func `symbolic links are not followed, wherever they stand`() async throws {
        for (link, target) in [("root/link", "secret"), ("root/a/up", "."), ("root/a/b/alias", "root/a/b/object")] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.file(link), withDestinationPath: folder.file(target))
        }
        for text in ["link", "a/up/secret", "a/b/alias"] {
            let key = try #require(StorageKey(text))
            await #expect(throws: StorageError.absent(key)) { try await storage.read(key, maxBytes: 100) }
        }
    }

    @Test
    func `what is no plain file is absent`() async throws {
        #expect(mkfifo(folder.file("root/fifo"), 0o600) == 0)
        for text in ["nothing", "a", "a/b/object/more", "fifo"] {
            let key = try #require(StorageKey(text))
            await #expect(throws: StorageError.absent(key)) { try await storage.read(key, maxBytes: 100) }
        }
    }

    @Test
    func `a folder that is not there may be there later`() async throws {
        let storage = FolderStorage(root: folder.file("nowhere"))
        let error = try await #require(throws: StorageError.self) {
            try await storage.read(try #require(StorageKey("a")), maxBytes: 1)
        }
        #expect(error == .unavailable("\(folder.file("nowhere")): No such file or directory"))
    }

    @Test
    func `an object is written at once, replaces another, and is deleted`() async throws {
        let key = try #require(StorageKey("new/folders/object"))
        try await storage.write(Array("first".utf8), to: key, mediaType: "text/plain")
        #expect(try await read(key.text) == "first")
        try await storage.write(Array("second".utf8), to: key, mediaType: "text/plain")
        #expect(try await read(key.text) == "second")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("root/new/folders")) == ["object"])
        try await storage.delete(key)
        await #expect(throws: StorageError.absent(key)) { try await storage.read(key, maxBytes: 10) }
        try await storage.delete(key)
    }

    @Test
    func `a file is copied into it, and a failure leaves what was there`() async throws {
        let key = try #require(StorageKey("a/b/object"))
        let bytes = [UInt8](repeating: 7, count: 3 << 20)
        try Data(bytes).write(to: URL(fileURLWithPath: folder.file("large")))
        try await storage.write(file: folder.file("large"), to: key, mediaType: "video/mp4")
        #expect(try await storage.read(key, maxBytes: 4 << 20) == bytes)
        await #expect(throws: StorageError.self) {
            try await storage.write(file: folder.file("missing"), to: key, mediaType: "video/mp4")
        }
        #expect(try await storage.read(key, maxBytes: 4 << 20) == bytes)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("root/a/b")) == ["object"])
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "mounting a small tmpfs needs root and the right to mount"))
    func `a full disk is told, and leaves what was there and no remains`() async throws {
        let disk = try SmallDisk(at: folder.file("disk"), kilobytes: 64)
        defer { withExtendedLifetime(disk) {} }
        let storage = FolderStorage(root: folder.file("disk"))
        let key = try #require(StorageKey("object"))
        try await storage.write(Array("first".utf8), to: key, mediaType: "text/plain")
        let error = await #expect(throws: StorageError.self) {
            try await storage.write([UInt8](repeating: 7, count: 200_000), to: key, mediaType: "text/plain")
        }
        #expect(error?.description.hasSuffix("No space left on device.") == true)
        #expect(try await storage.read(key, maxBytes: 10) == Array("first".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("disk")) == ["object"])
    }

    @Test
    func `nothing is written through a symbolic link`() async throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("root/out"), withDestinationPath: folder.path)
        let key = try #require(StorageKey("out/secret"))
        await #expect(throws: StorageError.absent(key)) {
            try await storage.write([1], to: key, mediaType: "text/plain")
        }
        #expect(try folder.text(of: "secret") == "secret")
    }
}

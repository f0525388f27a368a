import Foundation
import TestSupport
import Testing

@testable import Storage

/// Against moto, whose requests are checked for their signature by botocore.
@Suite(.timeLimit(.minutes(2)))
struct S3StorageTests {
    private func key(_ text: String) throws -> StorageKey { try #require(StorageKey(text)) }

    @Test(arguments: [S3Location.Style.path, .virtualHost])
    func `an object is written, read whole and in pieces, and deleted`(style: S3Location.Style) async throws {
        try await S3Server.with { server in
            let storage = try server.storage(style: style)
            let key = try key("certificates/2026/Zoë's 100 % (ಠ).pdf")
            try await storage.write(Array("object".utf8), to: key, mediaType: "application/pdf")
            #expect(try await storage.read(key, maxBytes: 6) == Array("object".utf8))
            await #expect(throws: StorageError.tooLarge(key, maxBytes: 5)) { try await storage.read(key, maxBytes: 5) }
            for (offset, count, text) in [(0, 3, "obj"), (3, 100, "ect"), (6, 10, ""), (100, 10, ""), (2, 0, "")] {
                let piece = try await storage.readPiece(key, from: offset, maxBytes: count)
                #expect(String(decoding: piece.bytes, as: UTF8.self) == text && piece.objectSize == 6)
            }
            try await storage.delete(key)
            await #expect(throws: StorageError.absent(key)) { try await storage.read(key, maxBytes: 6) }
            try await storage.delete(key)
        }
    }

    @Test
    func `an object of no bytes is one`() async throws {
        try await S3Server.with { server in
            let (storage, key) = (try server.storage(), try key("empty"))
            try await storage.write([], to: key, mediaType: "text/plain")
            #expect(try await storage.read(key, maxBytes: 10) == [])
        }
    }

    @Test
    func `a file larger than a part is written in parts`() async throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 0x53)
        let bytes = (0..<(S3Storage.partBytes / 8 + 1)).flatMap { _ in
            withUnsafeBytes(of: random.next()) { Array($0) }
        }
        try Data(bytes).write(to: URL(fileURLWithPath: folder.file("video")))
        try await S3Server.with { server in
            let (storage, key) = (try server.storage(prefix: "school/a"), try key("lesson.mp4"))
            try await storage.write(file: folder.file("video"), to: key, mediaType: "video/mp4")
            var requests: [S3Server.Request] = []
            for _ in 0..<4 { requests.append(try await server.nextRequest()) }
            #expect(requests.map(\.method) == ["POST", "PUT", "PUT", "POST"])
            #expect(requests.allSatisfy { $0.status == 200 && $0.path.hasPrefix("/lessons/school/a/lesson.mp4?") })
            let end = try await storage.readPiece(key, from: S3Storage.partBytes - 4, maxBytes: 100)
            #expect(end.objectSize == bytes.count && end.bytes == Array(bytes.suffix(12)))
        }
    }

    @Test
    func `a storage that is busy for a moment is asked again`() async throws {
        try await S3Server.with(S3Server.Options(answers: [503, 500, 429])) { server in
            try await server.storage().write([1], to: key("a"), mediaType: "text/plain")
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await server.nextRequest().status) }
            #expect(statuses == [503, 500, 429, 200])
        }
    }

    @Test
    func `a storage that stays busy is said to be`() async throws {
        try await S3Server.with(S3Server.Options(answers: [503, 503, 503, 503])) { server in
            let storage = try server.storage()
            let error = await #expect(throws: StorageError.self) { try await storage.delete(key("a")) }
            #expect(
                error?.description == "The storage cannot be used: \(storage.location.host) answered 503 "
                    + "(SlowDown: Not so.).")
        }
    }

    @Test
    func `what is read is what was written, or is refused`() async throws {
        try await S3Server.with(S3Server.Options(spoils: true)) { server in
            let (storage, key) = (try server.storage(), try key("a"))
            try await storage.write(Array("object".utf8), to: key, mediaType: "text/plain")
            let error = await #expect(throws: StorageError.self) { try await storage.read(key, maxBytes: 100) }
            #expect(error?.description.hasSuffix("is not what was written: its checksum differs.") == true)
        }
    }

    @Test
    func `a wrong secret and a bucket that is not there are told, and the secret is not`() async throws {
        try await S3Server.with { server in
            let wrong = try server.storage(secret: "wrong")
            let refused = await #expect(throws: StorageError.self) { try await wrong.read(key("a"), maxBytes: 1) }
            #expect(refused?.description.contains("answered 403 (SignatureDoesNotMatch: Not so.)") == true)
            let elsewhere = try server.storage(bucket: "elsewhere")
            let none = await #expect(throws: StorageError.self) { try await elsewhere.read(key("a"), maxBytes: 1) }
            #expect(none?.description.contains("answered 404 (NoSuchBucket") == true)
            #expect(!"\(wrong)".contains("wrong"))
        }
    }

    @Test(
        arguments: [
            ("ftp://host", "bucket", "eu", nil), ("https://host/path", "bucket", "eu", nil),
            ("https://", "bucket", "eu", nil), ("https://ho st", "bucket", "eu", nil), ("https://host", "b", "eu", nil),
            ("https://host", "a/b", "eu", nil), ("https://host", "bucket", "e:u", nil),
            ("https://host", "bucket", "eu", "../up"), ("https://user@host", "bucket", "eu", nil),
        ] as [(String, String, String, String?)])
    func `what is no address of a bucket is none`(endpoint: String, bucket: String, region: String, prefix: String?) {
        #expect(
            S3Location(endpoint: endpoint, bucket: bucket, region: region, style: .path, prefix: prefix) == nil)
    }
}

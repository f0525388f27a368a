import Foundation
import Jobs
import TestSupport
import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct FileTransportTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func mail(_ text: String = "Hello", token: String = "1-0") throws -> OutgoingMail {
        try .test(text: text, token: token)
    }

    @Test
    func `a mail is a file only its owner may read`() async throws {
        let mail = try mail()
        _ = try await FileTransport(folder: folder.path + "/deep/mail").send(mail)
        #expect(try folder.read("deep/mail/emails.1-0.eml") == mail.bytes)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/deep/mail/emails.1-0.eml")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test
    func `the same job again leaves one mail`() async throws {
        let transport = FileTransport(folder: folder.path + "/mail")
        _ = try await transport.send(mail("first"))
        let second = try mail("second")
        _ = try await transport.send(second)
        #expect(try folder.names(in: "mail") == ["emails.1-0.eml"])
        #expect(try folder.read("mail/emails.1-0.eml") == second.bytes)
    }

    @Test
    func `a folder that cannot be made is an error that names it`() async throws {
        try folder.write(["file": ""])
        await #expect(
            throws: TransportFailure.unavailable(
                "The mail could not be written to \(folder.path)/file/mail: Not a directory.")
        ) {
            _ = try await FileTransport(folder: folder.path + "/file/mail").send(mail())
        }
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "mounting a small tmpfs needs root and the right to mount"))
    func `a full disk leads to a retry, keeps the old mail and leaves no remains`() async throws {
        let disk = try SmallDisk(at: folder.path + "/disk", kilobytes: 64)
        defer { withExtendedLifetime(disk) {} }
        let transport = FileTransport(folder: folder.path + "/disk")
        let old = try mail("old")
        _ = try await transport.send(old)

        let failure = await #expect(throws: TransportFailure.self) {
            _ = try await transport.send(mail(String(repeating: "x", count: 200_000)))
        }
        guard case .unavailable(let reason) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(reason.hasSuffix(": No space left on device; make room on that disk."))
        #expect(try folder.names(in: "disk") == ["emails.1-0.eml"])
        #expect(try folder.read("disk/emails.1-0.eml") == old.bytes)
        _ = try await transport.send(mail("room again"))
    }
}

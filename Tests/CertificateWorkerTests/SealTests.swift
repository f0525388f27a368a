import CertificateSigning
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

@testable import CertificateWorker

/// Certificates that are signed.
@Suite(.timeLimit(.minutes(2)))
struct SealTests {
    private let ada =
        #"{"learner":"ada","name":"Ada Lovelace","course":"engine","title":"Programming","template":"minimal"}"#

    private func file(_ told: Academy.Told, _ academy: Academy) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: academy.folder.file("storage/\(told.file)"))))
    }

    @Test func `a file is signed by the key in the data folder`() async throws {
        try await Academy.with { academy in
            try academy.seal()
            let told = try await academy.issue(ada)
            let signed = try SignedDocument(try file(told, academy))
            #expect(signed.signer == "Analytical Academy")
            let reserved = try await academy.lines(
                "SELECT extract(epoch FROM reserved_at)::bigint FROM coursework.certificates")
            #expect(signed.claimedTime.map(String.init) == reserved.first)
            #expect(try await academy.mistakes() == [])
        }
    }

    @Test func `an attempt after one that failed makes the same file`() async throws {
        try await Academy.with { academy in
            try academy.seal()
            academy.storage.failOnce(.afterWriting)
            _ = try await academy.run(ada)
            let key = try #require(try academy.files().first)
            let first = try Data(contentsOf: URL(fileURLWithPath: academy.folder.file("storage/\(key)")))
            let told = try await academy.issue(ada)
            #expect(told.file != key)
            #expect(try file(told, academy) == Array(first))
        }
    }

    @Test func `without its key, or with one that has expired, nothing is issued unsigned, and a new key is found`()
        async throws
    {
        try await Academy.with { academy in
            let worker = try academy.worker {
                $0.signing = SigningSettings(
                    keyFile: academy.folder.file("signing/key.pem"),
                    certificateFile: academy.folder.file("signing/certificate.pem"))
            }
            let missing = try await academy.run(ada, on: worker)
            guard case .snooze = missing.outcome else { throw TestFailure("\(missing.outcome)") }
            try academy.seal(from: Glibc.time(nil) - 400 * 86_400)
            let expired = try await academy.run(ada, on: worker)
            guard case .snooze = expired.outcome else { throw TestFailure("\(expired.outcome)") }
            #expect(try academy.files() == [])
            try academy.seal(name: "New")
            let told = try await academy.issue(ada, on: worker)
            #expect(try SignedDocument(try file(told, academy)).signer == "New")
            #expect(told.number.hasSuffix("000001"))
        }
    }
}

import CertificateSigning
import Curl
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct TimestampServerTests {
    @Test(arguments: [
        ("other-nonce", "is not of this request"), ("other-imprint", "is not of this request"),
        ("refusal", "refused with status 2"), ("spoiled", "does not hold"), ("garbage", "no time-stamp"),
        ("large", "no time-stamp"), ("status", "status 500"),
    ])
    func `answers that are wrong are refused`(answer: String, reason: String) async throws {
        try await ClockTower.with(answer: answer) { tower in
            let error = await #expect(throws: TimestampFailure.self) {
                try await Signatory().sign(timestamps: tower.server)
            }
            #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        }
    }

    @Test func `a server that says nothing is waited for no longer than allowed`() async throws {
        let timeouts = HTTPExchange.Timeouts(connect: .milliseconds(200), answer: .milliseconds(300))
        try await ClockTower.with(answer: "silence", timeouts: timeouts) { tower in
            let error = await #expect(throws: TimestampFailure.self) {
                try await Signatory().sign(timestamps: tower.server)
            }
            #expect(error?.description.contains("did not answer") == true, "\(error?.description ?? "")")
        }
    }

    @Test func `a job that is cancelled waits for no time-stamp`() async throws {
        try await ClockTower.with(answer: "silence") { tower in
            let server = tower.server
            let job = Task { try await Signatory().sign(timestamps: server) }
            try await tower.asked()
            job.cancel()
            let error = await #expect(throws: TimestampFailure.self) { try await job.value }
            #expect(error?.description.contains("cancelled") == true, "\(error?.description ?? "")")
        }
    }

    @Test func `a server that is not there is a failure that passes`() async throws {
        let server = TimestampServer(url: "http://127.0.0.1:1/")
        await #expect(throws: TimestampFailure.self) { try await Signatory().sign(timestamps: server) }
    }

    @Test func `a token of an authority that is not the trusted one is refused`() async throws {
        try await ClockTower.with { other in
            try await ClockTower.with { tower in
                let stranger = tower.server(trusted: other.authority)
                let error = await #expect(throws: TimestampFailure.self) {
                    try await Signatory().sign(timestamps: stranger)
                }
                #expect(error?.description.contains("nobody who is trusted") == true)
                // Without anybody to trust, its token needs only to be whole.
                let file = try await Signatory().sign(timestamps: tower.server(trusted: []))
                #expect(try SignedDocument(file).timestamp?.isTrusted == false)
            }
        }
    }
}

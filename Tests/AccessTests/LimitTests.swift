import HTTPServer
import Jobs
import Platform
import TestSupport
import Testing

@testable import Access

/// What somebody may ask for who asks too often (S-05, and S-06 as far as it is about limits).
@Suite("Limits of clients")
struct LimitTests {
    private static let few = Rate(5, per: .seconds(3600), burst: 5)

    private static func statuses(_ count: Int, _ ask: () async throws -> Int) async throws -> [Int: Int] {
        var statuses: [Int: Int] = [:]
        for _ in 0..<count { statuses[try await ask(), default: 0] += 1 }
        return statuses
    }

    @Test func `who guesses keys is told nothing soon, and locks out nobody`() async throws {
        try await Door.with(limits: AccessLimits(failures: Self.few)) { door in
            let key = try await door.key(.producer)
            let guesses = try await Self.statuses(50) {
                try await door.status("GET", "/v1/jobs/1", key.withAnotherSecret)
            }
            #expect(guesses == [401: 5, 429: 45])
            // From the same address, at the same time.
            let right = try await Self.statuses(50) { try await door.status("GET", "/v1/jobs/1", key.text) }
            #expect(right == [200: 50])
            let answer = try await door.ask("GET", "/nowhere/v1", "x")
            #expect(answer.status == 404)
            let limited = try await door.ask("GET", "/v1/nowhere", "x")
            #expect(limited.status == 429 && (Int(limited["retry-after"] ?? "") ?? 0) > 0)
        }
    }

    @Test func `each principal has its own rate`() async throws {
        try await Door.with(limits: AccessLimits(principal: Self.few)) { door in
            let (eager, other) = (try await door.key(.producer).text, try await door.key(.admin).text)
            let many = try await Self.statuses(20) { try await door.status("GET", "/v1/jobs/1", eager) }
            #expect(many == [200: 5, 429: 15])
            let one = try await door.status("GET", "/v1/jobs/1", other)
            #expect(one == 200)
        }
    }

    @Test func `each address has its own rate, as the proxy on this machine tells it`() async throws {
        try await Door.with(limits: AccessLimits(address: Self.few)) { door in
            for (target, status) in [("/open", 200), ("/v1/jobs/1", 401), ("/nowhere", 404)] {
                let client = "203.0.113.\(status % 250)"
                let many = try await Self.statuses(20) {
                    try await door.status("GET", target, fields: "X-Forwarded-For: 127.0.0.1, \(client)\r\n")
                }
                #expect(many == [status: 5, 429: 15], "\(target)")
            }
            // A proxy that does not say whom it asks for: then all would share one rate.
            let direct = try await Self.statuses(20) { try await door.status("GET", "/open") }
            #expect(direct == [200: 20])
            let key = try await door.key(.producer).text
            let keyed = try await Self.statuses(20) {
                try await door.status("GET", "/v1/jobs/1", key, fields: "X-Forwarded-For: 203.0.113.200\r\n")
            }
            #expect(keyed == [200: 20])
        }
    }

    @Test func `only who connects from this machine may say where he comes from`() {
        for (connection, forwarded, client) in [
            ("127.0.0.1", "198.51.100.7", "198.51.100.7"), ("::1", "10.0.0.1, 198.51.100.7", "198.51.100.7"),
            ("::ffff:127.0.0.1", "198.51.100.7", "198.51.100.7"), ("198.51.100.7", "127.0.0.1", "198.51.100.7"),
            ("127.0.0.1", "nonsense", nil), ("127.0.0.1", "", nil), ("127.0.0.1", "198.51.100.7, ", nil),
            ("::ffff:198.51.100.7", "", "198.51.100.7"),
            // One customer of a network has more addresses than there is memory.
            ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"), ("127.0.0.1", "2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ] {
            var fields = HTTPFields()
            if !forwarded.isEmpty { fields.append(name: "X-Forwarded-For".utf8, value: forwarded.utf8) }
            #expect(ClientAddress.of(fields, connection) == client, "\(connection) \(forwarded)")
        }
    }
}

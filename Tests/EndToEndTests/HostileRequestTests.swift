import Foundation
import ProgramSupport
import Synchronization
import TestSupport
import Testing

/// S-06: requests that ask for more than anybody needs, sent to the running server.
@Suite("requests that would exhaust a server", .inTurns)
struct HostileRequestTests {
    /// One of them, for those who hold an administrator's key.
    private struct Attack {
        let title: String
        let head: String
        /// Sent this often.
        var body = ""
        var times = 1
        var statuses = [400, 413, 414, 422, 431]
    }

    private static var attacks: [Attack] { numbers + bodies + floods }

    private static var numbers: [Attack] {
        var attacks: [Attack] = []
        for number in ["1000000000", "-1", "0", "1e308", "99999999999999999999", "0x7f", "NaN"] {
            for path in ["/v1/dead", "/v1/audit"] { attacks.append(get("\(path)?limit=\(number)")) }
        }
        for time in ["-1d", "1e308d", "99999999999999999999d", "9223372036854775807ms"] {
            for path in ["/v1/dead?after=", "/v1/dead?before=", "/v1/audit?after=", "/v1/jobs/emails:1-1?wait="] {
                attacks.append(get(path + time))
            }
        }
        attacks.append(get("/v1/dead?attempts=1e308"))
        attacks.append(get("/v1/dead?attempts=" + String(repeating: "9", count: 1000)))
        // More than a head may have; and as many as one can hold, for which it has ten seconds and no room.
        attacks.append(get("/v1/dead?" + String(repeating: "a=b&", count: 1_000_000)))
        attacks.append(get("/v1/dead?" + String(repeating: "a&", count: 10_000), [200, 400, 408, 414, 431]))
        return attacks
    }

    private static var bodies: [Attack] {
        let names: String = (0..<60_000).map { #""k\#($0)":1,"# }.joined()
        let fields = String(repeating: #""a=b","#, count: 100_000)
        let objects = String(repeating: #"{"a":"#, count: 100_000)
        let long = String(repeating: "x", count: 1_000_000)
        let digits = String(repeating: "9", count: 1_000_000)
        return [
            post("deep arrays", "/v1/jobs", String(repeating: "[", count: 500_000)),
            post("deep objects", "/v1/jobs", #"{"type":"email.send","args":"# + objects + "1"),
            post("a million elements", "/v1/jobs", "[" + String(repeating: "1,", count: 500_000) + "1]"),
            post("no end", "/v1/jobs", #"{"type":"email.send","args":""# + long),
            post("a number", "/v1/jobs", #"{"type":"email.send","args":{},"delay_ms":1e308}"#),
            post("a long number", "/v1/jobs", #"{"delay_ms":"# + digits + "}"),
            post("many names", "/v1/jobs", "{" + names + #""a":1}"#),
            post("many fields", "/v1/dead/replay", #"{"fields":["# + fields + #""a=b"]}"#),
            post("more than a switch needs", "/v1/queues/emails/pause", String(repeating: "x", count: 17_000), [413]),
        ]
    }

    private static var floods: [Attack] {
        let megabyte = String(repeating: "x", count: 1 << 20)
        return [
            Attack(
                title: "a hundred megabytes, announced",
                head: "POST /v1/jobs HTTP/1.1\r\nContent-Length: 104857600\r\n",
                body: megabyte, times: 100, statuses: [413]),
            Attack(
                title: "a hundred megabytes, in pieces",
                head: "POST /v1/jobs HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
                body: "100000\r\n\(megabyte)\r\n", times: 100, statuses: [413]),
            Attack(
                title: "what unpacks to a thousand times as much",
                head: "POST /v1/jobs HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 1000\r\n",
                body: String(repeating: "\u{1f}", count: 1000), statuses: [415]),
        ]
    }

    private static func get(_ path: String, _ statuses: [Int] = [400, 404, 413, 414, 422, 431]) -> Attack {
        Attack(title: String(path.prefix(60)), head: "GET \(path) HTTP/1.1\r\n", statuses: statuses)
    }

    private static func post(
        _ title: String, _ path: String, _ body: String, _ statuses: [Int] = [400, 413, 422]
    ) -> Attack {
        let head = "POST \(path) HTTP/1.1\r\nContent-Length: \(body.utf8.count)\r\n"
        return Attack(title: title, head: head, body: body, statuses: statuses)
    }

    @Test func `are refused, take no memory, and keep nobody else waiting`() async throws {
        try await Site.with { site in
            let admin = try await key("admin", site), web = try await key("producer", site)
            let server = try await site.start("serve", "--listen", "127.0.0.1:0")
            let line = try await server.errors.first(containing: "server ready")
            let port = try #require(line.firstMatch(of: /"listen":"[^"]+:(\d+)"/).flatMap { UInt16($0.1) })
            // What it needs for being asked at all.
            try await ask(Self.get("/v1/dead?limit=0"), admin, port)
            let before = try memory(of: server)
            let neighbour = Neighbour(port: port, key: web)
            try await withThrowingTaskGroup { group in
                group.addTask { try await neighbour.run() }
                defer { neighbour.stop() }
                // They send a letter now and then, all the while.
                let slow = try (0..<300).map { _ in try HTTPClient(port: port) }
                for client in slow { await client.send("POST /v1/jobs HTTP/1.1\r\nHost: a\r\nX: ") }
                for attack in Self.attacks {
                    try await withThrowingTaskGroup { attackers in
                        for _ in 0..<3 { attackers.addTask { try await ask(attack, admin, port) } }
                        try await attackers.waitForAll()
                    }
                    for client in slow { await client.send("x") }
                }
                // A head has ten seconds, whatever comes of it meanwhile.
                let answer = try? await slow[0].answer()
                #expect(answer == nil || answer?.status == 408, "\(String(describing: answer))")
            }
            let asked = neighbour.times
            #expect(asked.count > 50 && (asked.max() ?? .zero) < .seconds(5), "\(asked.count) \(asked.max() as Any)")
            let grown = try memory(of: server) - before
            #expect(grown <= 50 << 10, "grown by \(grown) KiB")
            #expect(server.isRunning)
        }
    }

    private func ask(_ attack: Attack, _ key: String, _ port: UInt16) async throws {
        let client = try HTTPClient(port: port)
        await client.send("\(attack.head)Host: a\r\nAuthorization: Bearer \(key)\r\n\r\n")
        // It is refused before it is over.
        for _ in 0..<attack.times where !attack.body.isEmpty {
            guard await client.send(attack.body) else { break }
        }
        // Where more was sent than is read, the kernel may throw the answer away.
        let status = (try? await client.answer())?.status
        if let status { #expect(attack.statuses.contains(status), "\(attack.title): \(status)") }
        let mayBeCut = attack.times > 1 || attack.head.utf8.count > 32 << 10 || attack.statuses.contains(408)
        #expect(status != nil || mayBeCut, "\(attack.title): cut")
    }

    private func key(_ role: String, _ site: Site) async throws -> String {
        let made = try await site.run("keys", "create", "test-\(role)", "--role", role)
        return made.output.trimmingCharacters(in: .newlines)
    }

    /// The most that it ever had, in KiB.
    private func memory(of program: Program) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(program.processID)/status", encoding: .utf8)
        return try #require(status.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Int($0.1) })
    }
}

/// Another client, who asks for a little, again and again.
private final class Neighbour: Sendable {
    private let port: UInt16
    private let key: String
    private let state = Mutex((isOver: false, times: [Duration]()))

    init(port: UInt16, key: String) { (self.port, self.key) = (port, key) }

    var times: [Duration] { state.withLock { $0.times } }

    func stop() { state.withLock { $0.isOver = true } }

    func run() async throws {
        let body = #"{"type":"email.send","args":{"to":"ada@example.org","subject":"S","text":"T"}}"#
        let client = try HTTPClient(port: port)
        while !state.withLock({ $0.isOver }) {
            let begun = ContinuousClock.now
            await client.send(
                "POST /v1/jobs HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            let answer = try await client.answer()
            #expect(answer?.status == 202, "\(String(describing: answer))")
            state.withLock { $0.times.append(begun.duration(to: .now)) }
            // Well below what one key may ask for in a second.
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

import Foundation
import ProgramSupport
import TestSupport
import Testing

/// `queues --watch` in a real terminal.
@Suite("queues --watch", .inTurns)
struct WatchTests {
    private struct Seen: Decodable {
        /// All that the terminal was sent.
        let text: String
        /// Each screen, line by line.
        let frames: [[String]]
        let exit: Int
        /// Whether the terminal's settings are as they were.
        let restored: Bool

        /// The terminal has its own screen and its cursor again, and nothing is drawn on it any more.
        var isLeft: Bool {
            let left = "\u{1B}[?25h\u{1B}[?1049l"
            return restored && text.contains("\u{1B}[?1049h\u{1B}[?25l") && text.hasSuffix(left)
        }
    }

    private static let queues = """
        { queues: ["emails", "default"], pools: { main: { queues: ["emails", "default"] } } }
        """

    private func watch(
        _ site: Site, _ steps: [[Any]], columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
    ) async throws -> Seen {
        let json = String(decoding: try JSONSerialization.data(withJSONObject: steps), as: UTF8.self)
        let finished = try await site.run(
            program: "python3",
            [Product.root + "/Tests/Tools/terminal.py", "\(columns)", "\(rows)", json, Product.command]
                + ["queues", "--watch"],
            environment: ["TERM": "xterm-256color"].merging(environment) { $1 })
        try #require(finished.exit == .code(0), "\(finished)")
        return try JSONDecoder().decode(Seen.self, from: Data(finished.output.utf8))
    }

    @Test func `shows the queues, follows the terminal's size, and leaves it as it was`() async throws {
        try await Site.with(Self.queues) { site in
            for _ in 0..<3 { try await site.redis("XADD", "cw:{emails}", "*", "type", "a.b", "args", "{}") }
            let seen = try await watch(
                site,
                [
                    ["until", "emails"], ["until", "done/s"], ["until", "▁"], ["resize", 50, 4],
                    ["until", "… and 2 more queues"], ["type", "\u{3}"],
                ])
            #expect(seen.exit == 0 && seen.isLeft)
            let frame = try #require(seen.frames.first { $0.contains { $0.contains("▁") } })
            #expect(frame.count <= 24 && frame.allSatisfy { Self.plain($0).count <= 80 })
            #expect(frame.contains { Self.plain($0).contains(/^emails +3 +0 +0 +0 +\d+ m?s +0 +0/) }, "\(frame)")
            let last = try #require(seen.frames.last)
            #expect(last.count <= 4 && last.allSatisfy { Self.plain($0).count <= 50 })
            #expect(seen.text.contains("\u{1B}[2m"))
        }
    }

    @Test func `has no colours where nobody wants them, and q ends it`() async throws {
        try await Site.with(Self.queues) { site in
            let seen = try await watch(site, [["until", "emails"], ["type", "q"]], environment: ["NO_COLOR": "1"])
            #expect(seen.exit == 0 && seen.isLeft && !seen.text.contains(/\u{1B}\[\d+m/))
        }
    }

    @Test(arguments: ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGSEGV", "SIGTRAP"])
    func `however it ends, the terminal is as it was`(signal: String) async throws {
        try await Site.with(Self.queues) { site in
            let seen = try await watch(site, [["until", "emails"], ["signal", signal]])
            #expect(seen.isLeft && (signal == "SIGTERM" ? seen.exit == 0 : seen.exit < 0), "\(seen.exit)")
        }
    }

    @Test func `when it is stopped the terminal is the shell's, and then its own again`() async throws {
        try await Site.with(Self.queues) { site in
            let seen = try await watch(
                site,
                [
                    ["until", "emails"], ["type", "\u{1A}"], ["until", "\u{1B}[?1049l"], ["stopped"],
                    ["signal", "SIGCONT"], ["until", "\u{1B}[?1049h"], ["until", "emails"], ["type", "q"],
                ])
            #expect(seen.exit == 0 && seen.isLeft)
        }
    }

    @Test func `says that Redis is away, and goes on by itself`() async throws {
        try await Site.with(Self.queues, redis: nil, isClosed: false) { site in
            let file = site.folder + "/seen"
            async let seen = watch(
                site,
                [["until", "Asked again every second"], ["touch", file], ["until", "emails"], ["type", "q"]])
            try await eventually("it says so") { FileManager.default.fileExists(atPath: file) }
            try await site.startRedis()
            let end = try await seen
            #expect(end.exit == 0 && end.isLeft)
            #expect(end.frames.contains { $0.contains { $0.contains("Redis") && !$0.contains("emails") } })
        }
    }

    private static func plain(_ line: String) -> String { line.replacing(/\u{1B}\[\d+m/, with: "") }
}

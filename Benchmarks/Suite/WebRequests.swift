internal import FoundationEssentials

/// Requests that wrk makes over connections that are kept.
struct WebRequests: Sendable {
    static let program = "/usr/bin/wrk"
    static var isHere: Bool { FileManager.default.isExecutableFile(atPath: program) }

    struct Answer: Sendable {
        /// Requests a second.
        let rate: Double
        /// What 99 of 100 requests take at most, in milliseconds.
        let slowest: Double
    }

    let workshop: Workshop
    /// The text of a POST.
    var body = String(decoding: Workshop.payload, as: UTF8.self)
    var key: String?
    var connections = 32
    /// Between an answer and the next request of a connection, in milliseconds.
    var pause = 0

    /// - Throws: ``BenchmarkFailure`` when an answer is no success.
    func measure(_ url: String) async throws -> Answer {
        let script = workshop.folder + "/post.lua"
        let delay = pause > 0 ? "function delay() return \(pause) end\n" : ""
        try workshop.write("wrk.method = 'POST'\nwrk.body = [==[\(body)]==]\n" + delay, to: script)
        let fields = ["Content-Type: application/json"] + (key.map { ["Authorization: Bearer \($0)"] } ?? [])
        let output = try await workshop.output(
            of: Self.program,
            ["-t1", "-c\(connections)", "-d\(workshop.isQuick ? 1 : 5)s", "--latency", "-s", script]
                + fields.flatMap { ["-H", $0] } + [url])
        let words = output.split(whereSeparator: \.isWhitespace)
        guard !output.contains("Non-2xx"), let rate = Self.word(after: "Requests/sec:", words).flatMap(Double.init),
            let slowest = Self.word(after: "99%", words).flatMap(Self.milliseconds)
        else { throw BenchmarkFailure(description: "wrk: \(output)") }
        return Answer(rate: rate, slowest: slowest)
    }

    private static func word(after name: Substring, _ words: [Substring]) -> Substring? {
        words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }

    /// As wrk writes them: 850.00us, 1.20ms, 2.01s.
    private static func milliseconds(_ text: Substring) -> Double? {
        for (unit, factor) in [("us", 0.001), ("ms", 1), ("s", 1000)] where text.hasSuffix(unit) {
            return Double(text.dropLast(unit.count)).map { $0 * factor }
        }
        return nil
    }
}

import Foundation
import TestSupport

/// A request that the collector got.
struct ReceivedRequest: Decodable {
    let request: Int
    let status: Int
    let sane: Bool
}

/// A collector that others made, for one test.
struct TestCollector: Sendable {
    struct Options: Encodable {
        var statuses: [Int]?
        var always: Int?
        var retry_after: Int?
        var hang: Bool?
    }

    let endpoint: String
    private let lines: LineReader

    static func with(_ options: Options = Options(), _ body: (TestCollector) async throws -> Void) async throws {
        try await PythonServer.with("trace_receiver.py", options: options, python: Checkout.python) { port, lines in
            try await body(TestCollector(endpoint: "http://127.0.0.1:\(port)", lines: lines))
        }
    }

    /// The next event of this kind.
    func next<Event: Decodable>(_ type: Event.Type = Event.self) async throws -> Event {
        guard let line = await lines.next() else { throw ServerEnded() }
        do { return try JSONDecoder().decode(Event.self, from: line) } catch {
            throw TestFailure("\(error): \(String(decoding: line, as: UTF8.self))")
        }
    }
}

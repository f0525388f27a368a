import Foundation
import ProgramSupport
import TestSupport

/// A collector that OpenTelemetry's own classes are in: see Tests/Tools/trace_receiver.py.
struct Collector: Sendable {
    let program: Program
    let endpoint: String

    /// The first of this name that comes.
    func span(_ name: String) async throws -> ReceivedSpan {
        let line = try await program.output.first(containing: #""name": "\#(name)""#)
        return try JSONDecoder().decode(ReceivedSpan.self, from: Data(line.utf8))
    }
}

extension Site {
    func startCollector(_ options: String = "{}") async throws -> Collector {
        let program = try await start(
            program: Checkout.python, [Product.root + "/Tests/Tools/trace_receiver.py", options], input: .open)
        let line = try await program.output.first(containing: "port")
        let port = try JSONDecoder().decode([String: Int].self, from: Data(line.utf8))["port"] ?? 0
        return Collector(program: program, endpoint: "http://127.0.0.1:\(port)")
    }
}

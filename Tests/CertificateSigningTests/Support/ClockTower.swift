import CertificateSigning
import Curl
import Foundation
import TestSupport

/// A time-stamp server that is private to one test: see Tests/Tools/timestamp_server.py.
struct ClockTower {
    private struct Options: Encodable {
        let folder: String
        let answer: String
    }

    let port: Int
    let timeouts: HTTPExchange.Timeouts
    let lines: LineReader
    /// Who vouches for its tokens, in PEM.
    let authority: [UInt8]

    var server: TimestampServer { server(trusted: authority) }

    func server(trusted: [UInt8]) -> TimestampServer {
        TimestampServer(url: "http://127.0.0.1:\(port)/", trusted: trusted, timeouts: timeouts)
    }

    /// Waits until a server that does not answer is asked.
    func asked() async throws {
        guard await lines.next() != nil else { throw ServerEnded() }
    }

    /// - Parameter answer: as the tool names it.
    static func with<Value>(
        answer: String = "token", timeouts: HTTPExchange.Timeouts = HTTPExchange.Timeouts(),
        _ body: (ClockTower) async throws -> Value
    ) async throws -> Value {
        let folder = try TemporaryFolder()
        let options = Options(folder: folder.path, answer: answer)
        return try await PythonServer.with("timestamp_server.py", options: options) { port, lines in
            let authority = Array(try folder.text(of: "ca.pem").utf8)
            return try await body(ClockTower(port: port, timeouts: timeouts, lines: lines, authority: authority))
        }
    }
}

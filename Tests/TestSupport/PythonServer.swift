internal import Foundation

/// A server in Python that is private to one test. It tells its port in the first line of its output, and ends with its
/// standard input.
public enum PythonServer {
    /// Runs the body beside a server that listens, and ends the server in every case.
    /// - Parameters:
    ///   - tool: a file in Tests/Tools.
    ///   - options: its only argument, JSON.
    ///   - python: who runs it.
    public static func with<Result>(
        _ tool: String, options: some Encodable, python: String = "/usr/bin/python3",
        _ body: (_ port: Int, LineReader) async throws -> Result
    ) async throws -> Result {
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        let arguments = String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
        process.arguments = [Checkout.root + "/Tests/Tools/" + tool, arguments]
        (process.standardInput, process.standardOutput) = (input, output)
        do { try process.run() } catch { throw TestFailure("\(python) cannot be started: run `make test`. \(error)") }
        defer {
            try? input.fileHandleForWriting.close()
            // Not SIGTERM: a thread that blocks signals may have started it, and then it is deaf to that one.
            kill(process.processIdentifier, SIGKILL)
        }
        let lines = LineReader(output.fileHandleForReading)
        guard let first = await lines.next() else { throw ServerEnded() }
        return try await body(try JSONDecoder().decode(Listening.self, from: first).port, lines)
    }

    private struct Listening: Decodable {
        let port: Int
    }
}

public struct ServerEnded: Error {
    public init() {}
}

import Foundation
import Storage
import TestSupport

/// S3 as moto plays it: see Tests/Tools/s3_server.py.
final class S3Server: Sendable {
    struct Options: Encodable {
        var bucket = "lessons"
        var accessKeyID = "AKIDTEST"
        var secretAccessKey = "a secret/with+signs="
        /// What the first requests get instead of an answer.
        var answers: [Int] = []
        /// Whether what is read differs from what was written.
        var spoils = false
    }

    struct Request: Decodable, Equatable {
        let method: String
        let path: String
        let status: Int
    }

    private let port: Int
    private let lines: LineReader
    private let options: Options

    private init(port: Int, lines: LineReader, options: Options) {
        (self.port, self.lines, self.options) = (port, lines, options)
    }

    static func with<Value>(
        _ options: Options = Options(), _ body: (S3Server) async throws -> Value
    ) async throws -> Value {
        try await PythonServer.with("s3_server.py", options: options, python: Checkout.python) { port, lines in
            try await body(S3Server(port: port, lines: lines, options: options))
        }
    }

    func storage(
        bucket: String? = nil, secret: String? = nil, prefix: String? = nil, style: S3Location.Style = .path
    ) throws -> S3Storage {
        // Every name below localhost is this machine: RFC 6761, 6.3.
        let location = S3Location(
            endpoint: "http://localhost:\(port)", bucket: bucket ?? options.bucket, region: "us-east-1", style: style,
            prefix: prefix)
        guard let location else { throw TestFailure("no location") }
        return S3Storage(
            location,
            account: S3Account(
                accessKeyID: options.accessKeyID, secretAccessKey: secret ?? options.secretAccessKey))
    }

    /// The next that came.
    func nextRequest() async throws -> Request {
        guard let line = await lines.next() else { throw ServerEnded() }
        return try JSONDecoder().decode(Request.self, from: line)
    }
}

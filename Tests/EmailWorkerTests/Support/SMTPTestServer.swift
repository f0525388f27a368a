import Foundation
import TestSupport

/// A real SMTP server (Debian's python3-aiosmtpd), private to one test.
final class SMTPTestServer: Sendable {
    let port: Int
    private let lines: LineReader

    private init(port: Int, lines: LineReader) {
        self.port = port
        self.lines = lines
    }

    /// Runs the body beside a server that listens, and ends the server in every case. The options are those of
    /// Tests/Tools/smtp_server.py.
    static func with<Result>(
        _ options: [String: String] = [:], _ body: (SMTPTestServer) async throws -> Result
    ) async throws -> Result {
        try await PythonServer.with("smtp_server.py", options: options) { port, lines in
            try await body(SMTPTestServer(port: port, lines: lines))
        }
    }

    /// The next mail the server took.
    func nextMail() async throws -> ReceivedMail {
        guard let mail = try await Self.next(in: lines, \.mail) else { throw ServerEnded() }
        return mail
    }

    /// What the server said until it had taken so many mails.
    func events(untilMails count: Int) async throws -> [ServerEvent] {
        var events: [ServerEvent] = []
        while events.count(where: { $0.mail != nil }) < count, let line = await lines.next() {
            events.append(try JSONDecoder().decode(ServerEvent.self, from: line))
        }
        return events
    }

    private static func next<Value>(in lines: LineReader, _ key: KeyPath<ServerEvent, Value?>) async throws -> Value? {
        while let line = await lines.next() {
            if let value = try JSONDecoder().decode(ServerEvent.self, from: line)[keyPath: key] { return value }
        }
        return nil
    }
}

/// One line of the server's output: one of these.
struct ServerEvent: Decodable {
    let port: Int?
    let connection: Bool?
    let mail: ReceivedMail?
}

/// A mail as an independent program understood it.
struct ReceivedMail: Decodable {
    struct Message: Decodable {
        let headers: [String: String]
        let type: String
        let parts: [Part]
        let defects: [String]
        let longestLine: Int
        let raw: Data
    }

    struct Part: Decodable {
        let type: String
        let charset: String?
        let content: Data

        var text: String { String(decoding: content, as: UTF8.self) }
    }

    let sender: String
    let recipients: [String]
    let user: String?
    let encrypted: Bool
    let message: Message
}

import Curl
import Platform
import Reports

/// Asks a server, over HTTP. Whatever it does is in the server's audit trail, under the name of the key.
struct RemoteControl: Control {
    /// More than any answer has: a list of a thousand letters with large payloads.
    private static let mostAnswerBytes = 256 << 20

    let loop: EventLoop
    private let server: ServerAddress
    private let executor = BlockingExecutor(label: "coursework-http", width: 1)

    init(_ server: ServerAddress, loop: EventLoop) { (self.server, self.loop) = (server, loop) }

    /// - Parameters:
    ///   - path: encoded, with its query.
    ///   - body: JSON; nil for none.
    ///   - accepted: the answers that are no refusal.
    /// - Throws: ``ServerRefusal``, or `CommandFailure` for a server that cannot be asked.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]? = nil, accepting accepted: [Int] = [200, 202],
        patience: Duration = .seconds(60)
    ) async throws -> HTTPExchange.Response {
        let type = body == nil ? [] : ["Content-Type: application/json"]
        var request = HTTPRequest(method, server.url + path, headers: server.fields + type, body: body ?? [])
        request.mostAnswerBytes = Self.mostAnswerBytes
        let result = await HTTPExchange.result(
            of: request, on: executor, timeouts: HTTPExchange.Timeouts(connect: .seconds(5), answer: patience),
            certificatesFile: server.certificatesFile)
        switch result {
        case .success(let response) where accepted.contains(response.status): return response
        case .success(let response): throw ServerRefusal(response)
        case .failure(let failure): throw unavailable(failure)
        }
    }

    func ask<Value: Decodable>(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]? = nil, accepting accepted: [Int] = [200, 202],
        as type: Value.Type = Value.self
    ) async throws -> Value { try read(await ask(method, path, body, accepting: accepted)) }

    func read<Value: Decodable>(_ response: HTTPExchange.Response) throws -> Value {
        guard let value: Value = try? JSONText.read(from: response.body) else {
            throw CommandFailure(
                .failed, "\(server.url) does not answer as this program's API does: which server is it?")
        }
        return value
    }

    private func unavailable(_ failure: HTTPExchange.Failure) -> CommandFailure {
        switch failure {
        case .cancelled: CommandFailure(.failed, "Stopped.")
        case .notSent(let reason):
            CommandFailure(.unavailable, "The server \(server.url) cannot be reached: \(Terminal.line(reason)).")
        case .unanswered(let reason):
            CommandFailure(
                .unavailable,
                "The server \(server.url) did not answer (\(Terminal.line(reason))): it may have been done or not.")
        }
    }
}

extension RemoteControl {
    /// For a part of a path, or a value of a query.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                String(UnicodeScalar(byte))
            default: "%" + String(256 + Int(byte), radix: 16, uppercase: true).dropFirst()
            }
        }.joined()
    }

    static func query(_ values: [(name: String, value: String?)]) -> String {
        let parts = values.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }

    /// The query that asks for what is sealed in the clear.
    static func opening(_ isAsked: Bool) -> String { isAsked ? "?open=true" : "" }

    /// An object of members that are JSON already; those that are nil are left out.
    static func object(_ members: [(name: String, json: String?)]) -> [UInt8] {
        let parts = members.compactMap { name, json in json.map { "\"\(name)\":\($0)" } }
        return Array("{\(parts.joined(separator: ","))}".utf8)
    }
}

import Curl
import Foundation
import Jobs
import TestSupport

@testable import EmailWorker

/// A server that checks requests as SendGrid's documentation has them.
struct SendGridServer {
    struct Answer: Encodable {
        var status = 0
        var headers: [String: String] = [:]
        var body = ""
        var drop = false
    }

    /// A mail it took, as far as tests look at it.
    struct Mail: Decodable {
        struct Address: Decodable, Equatable {
            let email: String
            let name: String?
        }

        struct Personalization: Decodable {
            let to: [Address]
            let cc: [Address]?
            let bcc: [Address]?
        }

        struct Content: Decodable {
            let type: String
            let value: String
        }

        let personalizations: [Personalization]
        let from: Address
        let reply_to: Address?
        let subject: String
        let content: [Content]
        let headers: [String: String]
        let custom_args: [String: String]
    }

    private struct Options: Encodable {
        let key: String
        let answers: [Answer]
    }

    private struct Event: Decodable {
        let mail: Mail
    }

    static let key = "SG.a-secret-key"
    let port: Int
    private let lines: LineReader

    static func with<Result>(
        answers: Answer..., body: (SendGridServer) async throws -> Result
    ) async throws -> Result {
        try await PythonServer.with("sendgrid_server.py", options: Options(key: key, answers: answers)) { port, lines in
            try await body(SendGridServer(port: port, lines: lines))
        }
    }

    func nextMail() async throws -> Mail {
        guard let line = await lines.next() else { throw ServerEnded() }
        return try JSONDecoder().decode(Event.self, from: line).mail
    }

    /// A transport to it, by the way of the configuration.
    func transport(key: String = key, in folder: TestFolder) throws -> SendGridTransport {
        try folder.write(["key": key + "\n"])
        let json = #"{"name":"grid","url":"sendgrid+http://127.0.0.1:\#(port)","passwordFile":"key"}"#
        let settings = try JSONDecoder().decode(TransportSettings.self, from: Data(json.utf8))
        let surroundings = Surroundings(environment: [:], dataFolder: "/nowhere", configurationFolder: folder.path)
        return SendGridTransport(
            name: "grid", api: try SendGridAPI(settings, surroundings), connections: 2,
            timeouts: HTTPExchange.Timeouts(connect: .seconds(5), answer: .seconds(10)))
    }
}

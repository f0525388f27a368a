import FoundationEssentials
import Jobs
import Platform

/// Hands mail to SendGrid's HTTP API v3 (`POST /v3/mail/send`), which makes the message itself.
final class SendGridTransport: MailTransport {
    let name: String
    let isRemote = true
    private let api: SendGridAPI
    private let timeouts: HTTPPost.Timeouts
    private let lanes: ConnectionLanes

    init(name: String, api: SendGridAPI, connections: Int, timeouts: HTTPPost.Timeouts = HTTPPost.Timeouts()) {
        self.name = name
        self.api = api
        self.timeouts = timeouts
        lanes = ConnectionLanes(label: "coursework.email.http", width: connections)
    }

    func send(_ mail: OutgoingMail) async throws(TransportFailure) -> Delivery {
        let answer = try await lanes.run(isBulk: mail.isBulk) { [self] interruption throws(TransportFailure) in
            try post(mail, interruption)
        }
        return try answer.delivery(of: mail, api.host)
    }

    private func post(
        _ mail: OutgoingMail, _ interruption: Interruption
    ) throws(TransportFailure) -> Result<HTTPPost.Response, HTTPPost.Failure> {
        let body = try Self.body(of: mail)
        let authorization = "Authorization: Bearer \(try api.key())"
        do throws(HTTPPost.Failure) {
            return .success(
                try HTTPPost(interruption)
                    .send(body, to: api.url, headers: [authorization], timeouts: timeouts, caFile: api.caFile))
        } catch {
            return .failure(error)
        }
    }

    private static func body(of mail: OutgoingMail) throws(TransportFailure) -> [UInt8] {
        do { return [UInt8](try JSONEncoder().encode(SendGridMail(mail))) } catch {
            throw .unavailable("The mail could not be written as JSON: \(error).")
        }
    }
}

extension Result<HTTPPost.Response, HTTPPost.Failure> {
    fileprivate func delivery(of mail: OutgoingMail, _ host: String) throws(TransportFailure) -> Delivery {
        switch self {
        case .success(let response):
            let now = Int64(Date().timeIntervalSince1970)
            let outcome = try SendGridAnswer(response: response, host: host, now: now).outcome()
            let name = response.headers["x-message-id"].map { " as \($0.prefix(100))" } ?? ""
            return Delivery(place: "\(host)\(name)", outcome, for: mail)
        case .failure(.cancelled): throw .cancelled
        case .failure(.notSent(let reason)): throw .unavailable("\(host) could not be used: \(reason).")
        case .failure(.unanswered(let reason)):
            let reason = "\(host) has the whole mail and gave no answer (\(reason)); it may have been delivered."
            return Delivery(place: host, .ambiguous(reason: reason), for: mail)
        }
    }
}

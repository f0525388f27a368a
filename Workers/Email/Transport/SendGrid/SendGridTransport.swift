import Curl
import FoundationEssentials
import Jobs
import Platform

/// Hands mail to SendGrid's HTTP API v3 (`POST /v3/mail/send`), which makes the message itself.
final class SendGridTransport: MailTransport {
    let name: String
    let isRemote = true
    private let api: SendGridAPI
    private let timeouts: HTTPExchange.Timeouts
    private let lanes: ConnectionLanes

    init(name: String, api: SendGridAPI, connections: Int, timeouts: HTTPExchange.Timeouts = HTTPExchange.Timeouts()) {
        self.name = name
        self.api = api
        self.timeouts = timeouts
        lanes = ConnectionLanes(label: "coursework.email.http", width: connections)
    }

    func send(_ mail: OutgoingMail) async throws(TransportFailure) -> Delivery {
        let answer = try await lanes.run(isBulk: mail.isBulk) { [self] interruption throws(TransportFailure) in
            try post(Self.body(of: mail), interruption)
        }
        return try answer.delivery(of: mail, api.host)
    }

    /// Nothing is no mail: whoever may send is told so (400), whoever may not is refused before (401, 403).
    func probe() async throws(TransportFailure) -> String {
        let answer = try await lanes.run(isBulk: false) { [self] interruption throws(TransportFailure) in
            try post(Array("{}".utf8), interruption)
        }
        guard case .success(let response) = answer else { throw answer.failure(api.host) }
        guard response.status == 400 else {
            let now = Int64(Date().timeIntervalSince1970)
            _ = try SendGridAnswer(response: response, host: api.host, now: now).outcome()
            throw .unavailable("\(api.host) answered \(response.status) to a request that it should refuse with 400.")
        }
        return "\(api.host) takes mail with this API key."
    }

    private func post(
        _ body: [UInt8], _ interruption: Interruption
    ) throws(TransportFailure) -> Result<HTTPExchange.Response, HTTPExchange.Failure> {
        let request = HTTPRequest(
            .post, api.url,
            headers: ["Authorization: Bearer \(try api.key())", "Content-Type: application/json"], body: body)
        do throws(HTTPExchange.Failure) {
            return .success(
                try HTTPExchange(request, interruption).perform(timeouts, certificatesFile: api.caFile))
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

extension Result<HTTPExchange.Response, HTTPExchange.Failure> {
    /// Of a request that did not end well.
    fileprivate func failure(_ host: String) -> TransportFailure {
        switch self {
        case .failure(.notSent(let reason)), .failure(.unanswered(let reason)):
            .unavailable("\(host) could not be used: \(reason).")
        case .failure(.cancelled), .success: .cancelled
        }
    }

    fileprivate func delivery(of mail: OutgoingMail, _ host: String) throws(TransportFailure) -> Delivery {
        switch self {
        case .success(let response):
            let now = Int64(Date().timeIntervalSince1970)
            let outcome = try SendGridAnswer(response: response, host: host, now: now).outcome()
            let name = response.headers["x-message-id"].map { " as \($0.prefix(100))" } ?? ""
            return Delivery(place: "\(host)\(name)", outcome, for: mail)
        case .failure(.cancelled), .failure(.notSent): throw failure(host)
        case .failure(.unanswered(let reason)):
            let reason = "\(host) has the whole mail and gave no answer (\(reason)); it may have been delivered."
            return Delivery(place: host, .ambiguous(reason: reason), for: mail)
        }
    }
}

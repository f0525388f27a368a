import Curl
import FoundationEssentials
import Jobs

/// What an answer of SendGrid comes to.
struct SendGridAnswer {
    let response: HTTPExchange.Response
    let host: String
    /// Seconds since 1970.
    let now: Int64

    /// For every recipient alike: SendGrid takes a mail for all of them, or for none.
    func outcome() throws(TransportFailure) -> DeliveryOutcome {
        switch response.status {
        case 202, 200: return .delivered
        case 401: throw .loginRefused("\(sentence) Check the API key and its permission to send mail.")
        case 429: throw .exhausted(sentence, retryAfter: wait)
        // Without a reason that names a part of the mail it is a block for a time.
        case 403 where !problems.contains { $0.field != nil }: throw .unavailable(sentence)
        case 408: throw .unavailable(sentence)
        case 400..<500: return .refused(reason: sentence, .park)
        // An outage that was announced has an end.
        case 503 where response.headers["retry-after"] != nil: throw .exhausted(sentence, retryAfter: wait)
        default: throw .unavailable(sentence)
        }
    }

    private var problems: [Problems.Problem] {
        (try? JSONDecoder().decode(Problems.self, from: Data(response.body)))?.errors ?? []
    }

    /// The server's own words, cut to a line.
    private var sentence: String {
        let said = problems.map(\.text).joined(separator: "; ")
            .split { $0.isWhitespace || ($0.asciiValue ?? 0x20) < 0x20 }.joined(separator: " ").prefix(300)
        return said.isEmpty
            ? "\(host) answered \(response.status)." : "\(host) answered \(response.status): \(said)"
    }

    private struct Problems: Decodable {
        struct Problem: Decodable {
            let message: String
            let field: String?

            var text: String { field.map { "\(message) (\($0))" } ?? message }
        }

        let errors: [Problem]
    }

    /// Until the period of its rate limit ends, which it tells in seconds since 1970; at most an hour.
    private var wait: Duration {
        if let reset = response.headers["x-ratelimit-reset"].flatMap({ Int64($0) }) {
            return .seconds(min(3600, max(1, reset.subtractingReportingOverflow(now).partialValue)))
        }
        let told = response.headers["retry-after"].flatMap(RetryAfter.init(header:))?.wait(at: now)
        return min(.seconds(3600), told ?? .seconds(60))
    }
}

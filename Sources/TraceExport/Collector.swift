internal import Curl
package import Platform

/// Where spans go: whatever speaks OTLP over HTTP.
package struct Collector: Sendable {
    /// What became of a request.
    package enum Answer: Sendable, Equatable {
        case taken
        /// It may be taken another time, and no sooner than that.
        case notNow(String, retryAfter: Duration?)
        /// It never will.
        case refused(String)
    }

    /// More would be no answer to wait for.
    private static let longestRetryAfter = 60

    private let url: String
    private let certificatesFile: String?
    private let executor: BlockingExecutor

    /// - Parameters:
    ///   - endpoint: `http://127.0.0.1:4318`; what is sent goes to `/v1/traces` below it.
    ///   - certificatesFile: of certificates that are trusted instead of the system's.
    package init(endpoint: String, certificatesFile: String? = nil, executor: BlockingExecutor) {
        url = endpoint + (endpoint.hasSuffix("/") ? "" : "/") + "v1/traces"
        (self.certificatesFile, self.executor) = (certificatesFile, executor)
    }

    package func send(_ body: [UInt8], within limit: Duration) async -> Answer {
        let request = HTTPRequest(.post, url, headers: ["Content-Type: application/x-protobuf"], body: body)
        // Zero would be for ever.
        let connect = max(.milliseconds(1), min(limit, .seconds(2)))
        let timeouts = HTTPExchange.Timeouts(connect: connect, answer: max(.zero, limit - connect))
        let result = await HTTPExchange.result(
            of: request, on: executor, timeouts: timeouts, certificatesFile: certificatesFile)
        switch result {
        case .success(let response): return Self.answer(response)
        case .failure(.cancelled): return .notNow("the process ends", retryAfter: nil)
        case .failure(.notSent(let reason)), .failure(.unanswered(let reason)):
            return .notNow(reason, retryAfter: nil)
        }
    }

    /// Which are tried again is said by OTLP.
    private static func answer(_ response: HTTPExchange.Response) -> Answer {
        switch response.status {
        case 200..<300: .taken
        case 429, 502, 503, 504:
            .notNow(
                "it answered \(response.status)",
                retryAfter: response.headers["retry-after"].flatMap { Int($0) }.map {
                    .seconds(min(longestRetryAfter, max(0, $0)))
                })
        default: .refused("it answered \(response.status)")
        }
    }
}

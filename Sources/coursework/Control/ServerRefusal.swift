import Curl
import FoundationEssentials
import Reports

/// An answer of a server that a request was not carried out.
struct ServerRefusal: Error {
    private struct Problem: Decodable { let detail: String? }

    let status: Int
    /// Its sentence.
    let detail: String
    private let retryAfter: String?

    init(_ response: HTTPExchange.Response) {
        status = response.status
        let problem: Problem? = try? JSONText.read(from: response.body)
        detail = Terminal.line(problem?.detail ?? "", atMost: 2000)
        retryAfter = response.headers["retry-after"].map { Terminal.line($0, atMost: 20) }
    }
}

extension CommandFailure {
    /// What a person can do about it.
    init(_ refusal: ServerRefusal) {
        switch refusal.status {
        case 400, 413, 422: self.init(.usage, refusal.sentence)
        case 401:
            self.init(.configuration, "The server does not know this key, or it is revoked or expired: make another.")
        case 403: self.init(.configuration, "This key may not do that: it needs a higher role (coursework keys).")
        case 404 where refusal.detail.isEmpty: self.init(.failed, "The server does not know that: it may be older.")
        case 429: self.init(.unavailable, "The server is asked too often\(refusal.later).")
        case 503, 504: self.init(.unavailable, refusal.sentence)
        default: self.init(.failed, refusal.sentence)
        }
    }
}

extension ServerRefusal {
    fileprivate var sentence: String { detail.isEmpty ? "The server answered with the status \(status)." : detail }

    fileprivate var later: String { retryAfter.map { ": ask again in \($0) s" } ?? "" }
}

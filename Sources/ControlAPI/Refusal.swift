internal import Audit
package import HTTPServer
internal import PostgresClient
internal import RedisClient

/// Why a request is not carried out: what its client is told.
package struct Refusal: Error, Sendable {
    /// When a client whom a server is away for may ask again.
    private static let retryAfter = (name: "Retry-After", value: "1")

    package let answer: HTTPResponse

    init(_ status: HTTPStatus, _ detail: String, fields: [HTTPResponse.Field] = []) {
        answer = .problem(status, detail, fields: fields)
    }

    static func malformed(_ detail: String) -> Self { Self(.badRequest, detail) }

    static func invalid(_ detail: String) -> Self { Self(.unprocessableContent, detail) }

    static func unknown(_ detail: String) -> Self { Self(.notFound, detail) }

    /// What is said of a server that is away, of which strangers learn no more.
    init(_ error: RedisError) {
        switch error.code {
        case .refused: self.init(.unprocessableContent, error.message)
        case _ where error.mayHaveExecuted:
            self.init(
                .serviceUnavailable,
                "Redis did not answer: it may have been done or not. Ask again with the same Idempotency-Key.",
                fields: [Self.retryAfter])
        case .outOfMemory:
            self.init(.serviceUnavailable, "Redis has no memory left and stores nothing.", fields: [Self.retryAfter])
        default:
            self.init(
                .serviceUnavailable, "Redis cannot be reached; nothing was done.", fields: [Self.retryAfter])
        }
    }

    init(_ error: PostgresError) {
        self.init(
            .serviceUnavailable,
            error.mayHaveCommitted
                ? "The database did not answer: it may have been done or not. Ask again with the same Idempotency-Key."
                : "The database cannot be reached; nothing was done.",
            fields: [Self.retryAfter])
    }
}

extension Refusal {
    /// As handlers throw it, so that the log tells what clients are not told.
    static func error(_ error: any Error) -> HTTPError? {
        switch error {
        case let refusal as Refusal: HTTPError(answer: refusal.answer, cause: nil)
        case let error as RedisError: HTTPError(answer: Refusal(error).answer, cause: error)
        case let error as PostgresError: HTTPError(answer: Refusal(error).answer, cause: error)
        case let error as AuditUnavailable: HTTPError(answer: Refusal(error.cause).answer, cause: error)
        default: nil
        }
    }
}

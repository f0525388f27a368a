internal import Audit
internal import DeadLetters
package import HTTPServer

/// `/v1/audit`: who did what, to what, why and when.
package struct AuditRoutes: Sendable {
    private static let usualLimit = 50
    private static let mostListed = 1000

    private let desk: JobDesk

    package init(_ desk: JobDesk) { self.desk = desk }

    package var routes: [Route] {
        [Route(.get, "/v1/audit", role: .admin, "who did what, the latest first", .refusable(list))]
    }

    private func list(_ request: HTTPRequest) async throws -> HTTPResponse {
        let now = try await LetterOffice([], client: desk.redis).now()
        var filter = AuditFilter()
        filter.after = try Self.time("after", request)?.milliseconds(now: now)
        filter.before = try Self.time("before", request)?.milliseconds(now: now)
        (filter.action, filter.actor) = (request.query["action"], request.query["actor"])
        let entries = try await desk.audit.trail.latest(filter, limit: try Self.limit(request))
        return .json(.ok, Array("[\(entries.map(\.line).joined(separator: ","))]".utf8))
    }

    private static func time(_ name: String, _ request: HTTPRequest) throws(Refusal) -> FilterTime? {
        guard let text = request.query[name] else { return nil }
        guard let time = FilterTime(text) else {
            throw .invalid("\(name) must be a time such as 2026-12-01T08:00:00Z, or how long ago, such as 2h.")
        }
        return time
    }

    private static func limit(_ request: HTTPRequest) throws(Refusal) -> Int {
        guard let text = request.query["limit"] else { return usualLimit }
        guard let limit = Int(text), (1...mostListed).contains(limit) else {
            throw .invalid("limit must be 1 to \(mostListed).")
        }
        return limit
    }
}

internal import Audit
internal import DeadLetters
package import HTTPServer

/// `/v1/audit`: who did what, to what, why and when.
package struct AuditRoutes: Sendable {
    private let desk: JobDesk

    package init(_ desk: JobDesk) { self.desk = desk }

    package var routes: [Route] {
        [Route(.get, "/v1/audit", role: .admin, "who did what, the latest first", .refusable(list))]
    }

    private func list(_ request: HTTPRequest) async throws -> HTTPResponse {
        let now = try await LetterOffice([], client: desk.redis).now()
        var filter = AuditFilter()
        filter.after = try request.time("after")?.milliseconds(now: now)
        filter.before = try request.time("before")?.milliseconds(now: now)
        (filter.action, filter.actor) = (request.query["action"], request.query["actor"])
        let entries = try await desk.audit.trail.latest(filter, limit: try request.limit())
        return .json(.ok, Array("[\(entries.map(\.line).joined(separator: ","))]".utf8))
    }
}

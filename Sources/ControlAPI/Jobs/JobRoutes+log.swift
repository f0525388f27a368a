internal import Audit
internal import HTTPServer
internal import JobQueue
internal import Jobs
internal import Reports

extension JobRoutes {
    /// `GET /v1/jobs/{id}/log`
    func log(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try desk.id(request.parameters["id"])
        let after = request.query["after"]
        guard after.map({ StreamEntryID.milliseconds($0) != nil }) ?? true else {
            throw Refusal.malformed("after must be the id of a line, such as 1795280127590-0.")
        }
        let isOpening = try request.isOpening()
        let lines = try await desk.queue(id.queue).log(of: id, after: after)
        if lines.isEmpty { try await check(id) }
        guard isOpening, !lines.isEmpty else { return .json(lines.map { LogLineReport($0) }) }
        return try await desk.audit.record("job.open", AuditTarget(jobs: ["\(id)"]), by: request) {
            let type = try await desk.queue(id.queue).describe(id)?.type ?? ""
            return .json(lines.map { LogLineReport($0.revealed(by: desk.vault, of: type)) })
        }
    }

    /// Nothing said is something else than nobody there.
    private func check(_ id: JobID) async throws {
        guard try await desk.queue(id.queue).describe(id) == nil else { return }
        throw Refusal.unknown("There is no such job: it has ended and was not tracked, or there never was one.")
    }
}

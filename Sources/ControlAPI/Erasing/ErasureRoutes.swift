internal import Audit
internal import DataProtection
package import HTTPServer
internal import Reports

/// `/v1/erasures`: takes a person out of everything.
package struct ErasureRoutes: Sendable {
    private static let mostNames = 20
    private static let longestWait = Duration.seconds(15)
    private static let usualWait = Duration.seconds(10)

    private let desk: JobDesk
    /// Nil where a server has nothing to erase from.
    private let eraser: (any Eraser)?

    package init(_ desk: JobDesk, _ eraser: (any Eraser)?) { (self.desk, self.eraser) = (desk, eraser) }

    package var routes: [Route] {
        [
            Route(
                .post, "/v1/erasures", role: .admin, "find a person's data, and erase it",
                .refusable(erase))
        ]
    }

    private func erase(_ request: HTTPRequest) async throws -> HTTPResponse {
        let order = try order(request)
        guard let eraser else { throw Refusal(.serviceUnavailable, "This server erases nobody.") }
        let note = AuditNote()
        guard !order.isDryRun else { return .json(try await eraser.run(order, note: note)) }
        return try await desk.audit.record(
            "subject.erase", try eraser.target(of: order.subject), by: request, note: note
        ) {
            .json(try await eraser.run(order, note: note))
        }
    }

    private func order(_ request: HTTPRequest) throws(Refusal) -> ErasureOrder {
        let (names, isDryRun, wait) = try request.object { (object) throws(Refusal) in
            (
                try object.texts("names", atMost: Self.mostNames), try object.flag("dry_run") ?? true,
                try object.integer("wait_ms", in: 0...Int(Self.longestWait / .milliseconds(1)))
            )
        }
        guard let subject = Subject(names ?? []) else {
            throw .invalid("/names must name the person: texts of 2 to 500 bytes, such as an id or a mail address.")
        }
        return ErasureOrder(
            subject, isDryRun: isDryRun, patience: wait.map { .milliseconds($0) } ?? Self.usualWait,
            actor: request.actorName)
    }
}

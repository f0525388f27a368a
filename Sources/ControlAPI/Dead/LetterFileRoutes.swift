internal import Audit
internal import DeadLetters
package import HTTPServer
internal import RedisClient
internal import Reports

/// `/v1/dead/export` and `/v1/dead/import`: letters as lines of JSON, as the shell's files have them.
package struct LetterFileRoutes: Sendable {
    private struct Imported: Encodable {
        let imported: Int
        let present: Int
    }

    private let desk: JobDesk
    private var office: LetterOffice { LetterOffice(desk.queues, client: desk.redis) }

    package init(_ desk: JobDesk) { self.desk = desk }

    package var routes: [Route] {
        [
            Route(
                .get, "/v1/dead/export", role: .operator, "letters as JSON lines, the oldest first",
                .refusable(export)),
            Route(
                .post, "/v1/dead/import", role: .admin, "store letters that were exported",
                .refusable(importLines)),
        ]
    }

    /// One portion an answer: a client that is slow holds nothing but that, and one that was cut off goes on where it was.
    private func export(_ request: HTTPRequest) async throws -> HTTPResponse {
        let filter = try await LetterCriteria(request.query, desk).filter(office)
        let place = try request.query["cursor"].map { text throws(Refusal) in
            guard let place = LetterExport.Place(text) else {
                throw .invalid("cursor must be what Next-Cursor of an answer was.")
            }
            return place
        }
        var export = LetterExport(office.stores(for: filter), filter, from: place, now: try await office.now())
        let lines = try await export.next()
        let fields = export.place.map { [("Next-Cursor", "\($0)")] } ?? []
        return HTTPResponse(.ok, "application/jsonl", lines, fields: fields)
    }

    private func importLines(_ request: HTTPRequest) async throws -> HTTPResponse {
        let file: LetterFile
        do { file = try LetterFile(request.body, queues: desk.queues) } catch { throw Refusal.invalid("\(error)") }
        let note = AuditNote()
        let imported = try await desk.audit.record("dead.import", AuditTarget(), by: request, note: note) {
            var imported = 0
            for store in office.stores {
                imported += try await store.add(file.letters.filter { $0.id.queue == store.name })
            }
            note.count("imported", imported)
            return imported
        }
        return .json(Imported(imported: imported, present: file.letters.count - imported))
    }
}

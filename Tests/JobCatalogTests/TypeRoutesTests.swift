import JobCatalog
import Jobs
import Testing

@testable import HTTPServer

@Suite("The catalogue of job types")
struct TypeRoutesTests {
    private struct Receipt: Job {
        static let type: JobType = "receipt.send"
        static let payloadSchema = PayloadSchema.object(
            "The receipt of an order: one mail.", [.required("order", .integer(1...9), "Which.")])
        static let queue: QueueName = "emails"
        static let retryPolicy = RetryPolicy(maxRetries: 5)
        static let deadline: Deadline = .after(.seconds(60))
    }

    private struct Count: Job {
        static let type: JobType = "receipt.count"
        static let payloadSchema = PayloadSchema.any
        static let deadline = Deadline.none
    }

    private struct Handler<Payload: Job>: JobHandler {
        func handle(_ job: Payload, context: JobContext) async throws -> Outcome { .success() }
    }

    private static let receipt = #"""
        {"attempts":6,"deadline_ms":60000,"queue":"emails",
        "schema":{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"receipt.send",
        "description":"The receipt of an order: one mail.","type":"object",
        "properties":{"order":{"description":"Which.","type":"integer","minimum":1,"maximum":9}},"required":["order"]},
        "summary":"The receipt of an order","type":"receipt.send"}
        """#.replacing("\n", with: "")
    private static let count = #"""
        {"attempts":4,"queue":"default",
        "schema":{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"receipt.count"},
        "summary":"","type":"receipt.count"}
        """#.replacing("\n", with: "")

    @Test(arguments: [
        ("/v1/types", 200, "{\"types\":[\(count),\(receipt)]}"), ("/v1/types/receipt.send", 200, receipt),
        (
            "/v1/types/receipt.sent", 404,
            #"{"title":"Not Found","status":404,"detail":"There is no such job type."}"#
        ),
    ]) func `is answered to producers`(path: String, status: Int, body: String) throws {
        var registry = JobRegistry()
        registry.register(Handler<Receipt>())
        registry.register(Handler<Count>())
        let router = Router(TypeRoutes(registry.descriptions).routes)
        guard case .found(let route, let parameters) = router.match(.get, Array(path.utf8)[...]),
            case .immediate(let answer) = route.handler
        else {
            Issue.record("no route")
            return
        }
        #expect(route.role == .producer)
        var request = HTTPRequest(
            method: .get, path: Array(path.utf8)[...], query: FormText([]), fields: HTTPFields(), id: "1")
        request.parameters = parameters
        let response = answer(request)
        #expect(response.status.code == status && String(decoding: response.body, as: UTF8.self) == body)
    }
}

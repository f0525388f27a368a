import Foundation
import Testing

@testable import ControlAPI
@testable import HTTPServer

/// The document, the routes and their roles are one thing.
@Suite("The description of the API", .timeLimit(.minutes(1)))
struct DescriptionTests {
    private static let methods = ["get", "post", "put", "patch", "delete"]

    @Test func `names every route with its role, and nothing else`() async throws {
        try await TestAPI.with { api in
            let document = try await api.ask("GET", "/v1/openapi.json").json
            let paths = try #require(document["paths"] as? [String: [String: Any]])
            let described = paths.flatMap { path, operations in
                Self.methods.compactMap { method -> String? in
                    guard let operation = operations[method] as? [String: Any] else { return nil }
                    return "\(method.uppercased()) \(path) \(operation["x-role"] as? String ?? "?")"
                }
            }
            let routed = api.server.router.routes.map { "\($0.method.rawValue) \($0.pattern) \($0.role.rawValue)" }
            #expect(Set(routed).subtracting(described) == ["GET /v1/openapi.json producer"])
            // Those that other modules answer.
            let others: Set = [
                "GET /v1/scale operator", "GET /v1/types producer", "GET /v1/types/{type} producer",
                "POST /v1/mail/events/sendgrid public",
            ]
            #expect(Set(described).subtracting(routed) == others)
        }
    }
}

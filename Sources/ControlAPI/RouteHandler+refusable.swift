internal import HTTPServer

extension RouteHandler {
    /// One that may throw a ``Refusal``, or an error of Redis or the database.
    static func refusable(_ handler: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) -> Self {
        .awaiting { request in
            do { return try await handler(request) } catch { throw Refusal.error(error) ?? error }
        }
    }
}

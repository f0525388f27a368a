/// How a route answers.
package enum RouteHandler: Sendable {
    /// At once, on the server's own thread: nothing may block or wait there.
    case immediate(@Sendable (HTTPRequest) -> HTTPResponse)
    /// When it is ready. What it throws is logged; the answer is that of an ``HTTPError``, else 500 and no further word.
    case awaiting(@Sendable (HTTPRequest) async throws -> HTTPResponse)
}

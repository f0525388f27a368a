/// How a route answers.
package enum RouteHandler: Sendable {
    /// At once, on the server's own thread: nothing may block or wait there.
    case immediate(@Sendable (HTTPRequest) -> HTTPResponse)
    /// When it is ready. What it throws is logged; the answer is that of an ``HTTPError``, else 500 and no further word.
    case awaiting(@Sendable (HTTPRequest) async throws -> HTTPResponse)
    /// When it is ready, without a task of its own: called on the server's own thread, where nothing may block or wait. The
    /// reply is given on any thread, at once or later; without one the client is told after a time that there is none.
    case replying(@Sendable (HTTPRequest, HTTPReply) -> Void)
}

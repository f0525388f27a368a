/// A row of the table of all that can be asked for: what the router, the documentation and the tests read.
package struct Route: Sendable {
    package let method: HTTPMethod
    package let pattern: RoutePattern
    package let role: Role
    /// How large a body may be, at most as large as the server takes any.
    package let bodyBytes: Int
    /// One sentence for the documentation.
    package let summary: String
    let handler: RouteHandler

    /// More than a form of ours, or a few words of JSON, can have.
    package static let formBytes = 16 << 10

    /// - Parameters:
    ///   - method: GET answers HEAD as well.
    ///   - pattern: `/certificates/{code}`: a part in braces is a parameter.
    ///   - bodyBytes: nil: what everybody may ask for needs forms at most; others have what the server gives.
    package init(
        _ method: HTTPMethod, _ pattern: RoutePattern, role: Role, bodyBytes: Int? = nil, _ summary: String,
        _ handler: RouteHandler
    ) {
        self.method = method
        self.pattern = pattern
        self.role = role
        self.bodyBytes = bodyBytes ?? (role == .public ? Self.formBytes : .max)
        self.summary = summary
        self.handler = handler
    }

    func answers(_ method: HTTPMethod) -> Bool { method == self.method || (method == .head && self.method == .get) }
}

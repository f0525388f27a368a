/// A row of the table of all that can be asked for: what the router, the documentation and the tests read.
package struct Route: Sendable {
    package let method: HTTPMethod
    package let pattern: RoutePattern
    package let role: Role
    /// One sentence for the documentation.
    package let summary: String
    let handler: RouteHandler

    /// - Parameters:
    ///   - method: GET answers HEAD as well.
    ///   - pattern: `/certificates/{code}`: a part in braces is a parameter.
    package init(
        _ method: HTTPMethod, _ pattern: RoutePattern, role: Role, _ summary: String, _ handler: RouteHandler
    ) {
        self.method = method
        self.pattern = pattern
        self.role = role
        self.summary = summary
        self.handler = handler
    }

    func answers(_ method: HTTPMethod) -> Bool { method == self.method || (method == .head && self.method == .get) }
}

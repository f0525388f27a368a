/// The table of all that can be asked for. What is not in it is not there.
package struct Router: Sendable {
    enum Match {
        case found(Route, RouteParameters)
        case notFound
        /// There is something by this path, for these methods.
        case notAllowed([HTTPMethod])
        /// The path cannot be read.
        case unreadable
    }

    /// The first that fits counts.
    package let routes: [Route]

    package init(_ routes: [Route]) {
        for (index, route) in routes.enumerated() {
            let twin = routes[..<index].first { $0.method == route.method && $0.pattern == route.pattern }
            precondition(twin == nil, "two routes for \(route.method.rawValue) \(route.pattern)")
        }
        self.routes = routes
    }

    func match(_ method: HTTPMethod, _ path: ArraySlice<UInt8>) -> Match {
        var allowed: Set<HTTPMethod> = []
        for route in routes {
            guard let values = route.pattern.match(path) else { continue }
            guard route.answers(method) else {
                allowed.formUnion(route.method == .get ? [.get, .head] : [route.method])
                continue
            }
            return RouteParameters(values).map { .found(route, $0) } ?? .unreadable
        }
        return allowed.isEmpty ? .notFound : .notAllowed(allowed.sorted())
    }
}

/// The table of all that can be asked for. What is not in it is not there.
package struct Router: Sendable {
    enum Match {
        case found(Route, RouteParameters)
        case notFound
        /// There is something by this path, for these methods.
        case notAllowed([HTTPMethod])
        /// The path cannot be read.
        case unreadable

        /// How large a body may be, of what the server takes.
        func bodyBytes(atMost limit: Int) -> Int {
            if case .found(let route, _) = self { min(limit, route.bodyBytes) } else { limit }
        }
    }

    /// The first that fits counts.
    package let routes: [Route]

    /// How the paths begin of what is not public: `v1`.
    private let guarded: Set<String>

    package init(_ routes: [Route]) {
        for (index, route) in routes.enumerated() {
            let twin = routes[..<index].first { $0.method == route.method && $0.pattern == route.pattern }
            precondition(twin == nil, "two routes for \(route.method.rawValue) \(route.pattern)")
        }
        self.routes = routes
        guarded = Set(
            routes.filter { $0.role != .public }
                .compactMap { Self.beginning(of: Array($0.pattern.description.utf8)[...]) })
    }

    /// Whether a path is one of those that strangers learn nothing about, not even that there is nothing by it. None of
    /// `//v1`, `/./v1`, `/%761` and `/V1` is the same as `/v1`, but who asks for them asks for that.
    func isGuarded(_ path: ArraySlice<UInt8>) -> Bool { Self.beginning(of: path).map { guarded.contains($0) } ?? false }

    private static func beginning(of path: ArraySlice<UInt8>) -> String? {
        path.split(separator: UInt8(ascii: "/")).lazy
            .map { (PercentDecoding.text($0) ?? String(decoding: $0, as: UTF8.self)).lowercased() }
            .first { ![".", ".."].contains($0) }.map { String($0.prefix { !"/;%".contains($0) }) }
    }

    /// - Parameter method: nil for one that we do not know, which no route answers.
    func match(_ method: HTTPMethod?, _ path: ArraySlice<UInt8>) -> Match {
        var allowed: Set<HTTPMethod> = []
        for route in routes {
            guard let values = route.pattern.match(path) else { continue }
            guard let method, route.answers(method) else {
                allowed.formUnion(route.method == .get ? [.get, .head] : [route.method])
                continue
            }
            return RouteParameters(values).map { .found(route, $0) } ?? .unreadable
        }
        return allowed.isEmpty ? .notFound : .notAllowed(allowed.sorted())
    }
}

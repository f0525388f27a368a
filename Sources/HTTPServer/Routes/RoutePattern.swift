/// Which paths a route is for: `/certificates/{code}`.
package struct RoutePattern: Sendable, Equatable, CustomStringConvertible, ExpressibleByStringLiteral {
    private enum Part: Sendable, Equatable {
        case literal([UInt8])
        case parameter(String)
    }

    package let description: String
    private let parts: [Part]

    package init(stringLiteral pattern: String) {
        precondition(pattern.hasPrefix("/"), "a pattern begins with a slash")
        description = pattern
        parts = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .literal(Array(part.utf8))
        }
    }

    /// The parameters, in the order of the pattern, as they came; nil when the path is another one.
    ///
    /// A path is compared as it came: neither `//` nor `%6civez` nor a slash at the end is the same as without.
    func match(_ path: ArraySlice<UInt8>) -> [RouteParameters.Entry]? {
        var values: [RouteParameters.Entry] = []
        var rest = path
        for part in parts {
            guard rest.popFirst() == UInt8(ascii: "/") else { return nil }
            let segment = rest.prefix { $0 != UInt8(ascii: "/") }
            rest = rest[segment.endIndex...]
            switch part {
            case .literal(let literal): guard segment.elementsEqual(literal) else { return nil }
            case .parameter(let name):
                guard !segment.isEmpty else { return nil }
                values.append((name, segment))
            }
        }
        return rest.isEmpty ? values : nil
    }
}

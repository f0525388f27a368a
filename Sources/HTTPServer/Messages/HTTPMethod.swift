/// What a request asks for (RFC 9110, section 9; RFC 5789).
package enum HTTPMethod: String, Sendable, Comparable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Why there is no time-stamp: the server is away, busy or wrong. Worth trying again later.
package struct TimestampFailure: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

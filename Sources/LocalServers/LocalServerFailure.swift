/// A private server that could not be started, and what to do about it.
public struct LocalServerFailure: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

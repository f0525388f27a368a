/// What went wrong in the kit itself, or what was waited for in vain.
public struct TestFailure: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

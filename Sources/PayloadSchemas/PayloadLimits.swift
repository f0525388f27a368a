/// How much of a payload is looked at.
public struct PayloadLimits: Sendable {
    public var bytes: Int
    /// Of arrays and objects in each other.
    public var depth: Int
    /// After so many the rest is not told.
    public var violations: Int

    public init(bytes: Int = 1 << 20, depth: Int = 64, violations: Int = 8) {
        (self.bytes, self.depth, self.violations) = (bytes, depth, violations)
    }
}

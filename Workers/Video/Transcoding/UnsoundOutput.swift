/// What was encoded is not what was asked for, and is not published.
package struct UnsoundOutput: Error, Equatable, CustomStringConvertible {
    package let description: String
    /// Whether another attempt may do better.
    package let mayGoBetter: Bool

    init(_ description: String, mayGoBetter: Bool = false) {
        (self.description, self.mayGoBetter) = (description, mayGoBetter)
    }
}

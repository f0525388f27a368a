/// Something that was not taken over, for the person who imports.
package struct ImportNote: Sendable, Equatable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    /// A sentence.
    package let problem: String

    package var description: String { "Line \(line): \(problem)" }
}

/// What is wrong with a template, where, and what to do.
package struct MustacheSyntaxError: Error, Equatable, CustomStringConvertible {
    /// Counted from 1.
    package let line: Int
    /// One sentence.
    package let message: String

    package var description: String { "line \(line): \(message)" }
}

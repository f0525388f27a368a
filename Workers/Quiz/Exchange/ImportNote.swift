/// Something that was not taken over, for the person who imports.
package struct ImportNote: Sendable, Equatable, CustomStringConvertible {
    /// Within a package; else nothing.
    package internal(set) var file: String?
    /// From 1.
    package let line: Int
    /// A sentence.
    package let problem: String

    package var description: String { file.map { "\($0), line \(line): \(problem)" } ?? "Line \(line): \(problem)" }
}

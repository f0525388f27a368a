/// A name in a template that the data it was checked against does not have.
package struct MustacheUnknownName: Error, Hashable, CustomStringConvertible {
    /// As it stands in the tag.
    package let name: String
    /// Counted from 1.
    package let line: Int
    /// The partial it stands in; nil for the template itself.
    package let partial: String?

    package var description: String {
        let place = partial.map { "line \(line) of the partial '\($0)'" } ?? "line \(line)"
        return "\(place): '\(name)'"
    }
}

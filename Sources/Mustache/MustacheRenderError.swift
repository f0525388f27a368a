/// Why a template that is well written could not be rendered with this data.
package enum MustacheRenderError: Error, Equatable, CustomStringConvertible {
    /// Sections and partials are nested deeper than ``MustacheRenderer/maxDepth``: most likely a partial that includes
    /// itself without an end.
    case tooDeep(partial: String?)
    /// The output is longer than ``MustacheRenderer/maxBytes``.
    case tooLong
    /// The template interpolates a name that the data lacks.
    case missing(String)
    /// The template interpolates a list or an object, which have no text.
    case notText(String)

    package var description: String {
        switch self {
        case .tooDeep(let partial?):
            "the partial '\(partial)' is nested more than \(MustacheRenderer.maxDepth) levels deep; "
                + "does it include itself?"
        case .tooDeep(nil): "sections are nested more than \(MustacheRenderer.maxDepth) levels deep"
        case .tooLong: "the output is longer than \(MustacheRenderer.maxBytes) bytes"
        case .missing(let name): "'\(name)' is missing in the data"
        case .notText(let name): "'\(name)' is a list or an object in the data where a text is wanted"
        }
    }
}

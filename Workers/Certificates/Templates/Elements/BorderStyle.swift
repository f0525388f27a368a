/// What runs around a page.
package enum BorderStyle: String, Sendable, CaseIterable {
    /// One line.
    case line
    /// A thick and a thin line.
    case double
    /// A band of woven waves between two lines.
    case guilloche
    /// Two lines that meet in the corners in quarter circles.
    case scalloped
}

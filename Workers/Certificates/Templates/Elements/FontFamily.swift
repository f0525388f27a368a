/// The families a template may name. Each stands for faces of Noto in every script.
package enum FontFamily: String, Sendable, CaseIterable {
    case serif, sans
    /// With fine strokes, for large letters.
    case displaySerif = "display-serif"
    case displaySans = "display-sans"

    package var isSerif: Bool { self == .serif || self == .displaySerif }
}

/// Something of a page that a reader is to find, in the order it was drawn.
package struct Mark: Sendable, Equatable {
    /// The text that drawn letters stand for.
    package var actualText: String?
    /// The letters that outlines stand for, in the order they are read.
    package var letters: [PlacedLetter]
    /// What a picture shows.
    package var alternative: String?
    /// A code that is drawn here, beside what cairo drew.
    package var code: ModuleGrid?

    package init(
        actualText: String? = nil, letters: [PlacedLetter] = [], alternative: String? = nil, code: ModuleGrid? = nil
    ) {
        self.actualText = actualText
        self.letters = letters
        self.alternative = alternative
        self.code = code
    }
}

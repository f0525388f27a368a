/// Something of a page that a reader is to find, in the order it was drawn.
package struct Mark: Sendable, Equatable {
    /// The text that drawn letters stand for.
    package var actualText: String?
    /// The letters that outlines stand for, in the order they are read.
    package var letters: [PlacedLetter]
    /// What a picture shows.
    package var alternative: String?
    /// Operators that draw it, beside what cairo drew.
    package var drawing: [UInt8]

    package init(
        actualText: String? = nil, letters: [PlacedLetter] = [], alternative: String? = nil, drawing: [UInt8] = []
    ) {
        self.actualText = actualText
        self.letters = letters
        self.alternative = alternative
        self.drawing = drawing
    }
}

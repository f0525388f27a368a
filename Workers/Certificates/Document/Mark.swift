/// Something of a page that a reader is to find, in the order it was drawn.
package struct Mark: Sendable, Equatable {
    /// The text it stands for, unless its letters give it by themselves.
    package var actualText: String?
    /// What a picture shows.
    package var alternative: String?

    package init(actualText: String? = nil, alternative: String? = nil) {
        self.actualText = actualText
        self.alternative = alternative
    }
}

/// A heading, and the sentence below it.
struct PageWords: Sendable {
    let heading: String
    let sentence: String

    init(_ heading: String, _ sentence: String) { (self.heading, self.sentence) = (heading, sentence) }

    /// With a text in the place of a letter of the sentence that stands for it.
    func filling(_ place: Character, with text: String?) -> Self {
        Self(heading, sentence.filling(place, with: text ?? ""))
    }
}

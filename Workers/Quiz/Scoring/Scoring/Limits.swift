/// The most of everything, so that no quiz and no response takes more time than it is worth.
enum Limits {
    /// Choices, prompts, items, zones, areas of a question.
    static let parts = 1000
    /// Accepted answers of a question or a gap.
    static let answers = 200
    /// States of all patterns of a question or a gap: what bounds the time of an answer.
    static let patternStates = 1000
    /// UTF-8 bytes of an answer that is compared; an essay may be longer.
    static let responseBytes = 1000
    static let tries = 25
    /// Points in an image, of one response.
    static let marks = 100
    /// Numbers in the coordinates of all areas of a question.
    static let coordinates = 4000
    /// Formulas of a question, each of which takes longer than a number.
    static let formulas = 20
    /// In size, of a single question.
    static let points = 1_000_000
}

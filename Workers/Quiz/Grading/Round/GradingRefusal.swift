/// Why an attempt cannot be graded, and what to do: a sentence for the dead letter.
struct GradingRefusal: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

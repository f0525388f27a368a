/// What is wrong with an answer or token of a time-stamp server: a part of a sentence.
struct InvalidTimestamp: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

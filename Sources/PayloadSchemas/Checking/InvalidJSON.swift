/// A text is no JSON, at this byte.
struct InvalidJSON: Error {
    let problem: String
    let place: Int
}

/// A string of the payload, without its quotes.
struct TextSpan {
    let range: Range<Int>
    let hasEscapes: Bool
    /// Of characters, as Unicode counts them (scalars).
    let count: Int
}

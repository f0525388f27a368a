/// An attempt was ended because it went on longer than its type allows.
struct DeadlineExceeded: Error, CustomStringConvertible {
    let limit: Duration

    var description: String { "It took longer than its deadline (\(limit))." }
}

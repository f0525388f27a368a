/// What a text means: an address, a time. A job's own are made of the very code that reads them:
///
///     extension TextFormat {
///         static let isbn = TextFormat("isbn", "an ISBN such as 978-3-16-148410-0", ["978-3-16-148410-0"]) { ISBN($0) != nil }
///     }
///
/// The name is the value of the keyword `format`; a program that does not know it passes it over.
public struct TextFormat: Sendable, Equatable {
    public let name: String
    /// Behind `must be`.
    public let title: String
    /// Some that are good; the first is published.
    public let examples: [String]
    public let accepts: @Sendable (String) -> Bool

    public init(
        _ name: String, _ title: String, _ examples: [String], accepts: @escaping @Sendable (String) -> Bool
    ) {
        precondition(!examples.isEmpty, "a format without an example")
        (self.name, self.title, self.examples, self.accepts) = (name, title, examples, accepts)
    }

    /// By their names: a name means one thing.
    public static func == (one: TextFormat, other: TextFormat) -> Bool { one.name == other.name }
}

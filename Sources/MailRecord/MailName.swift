/// What a person calls a mail by.
public enum MailName: Sendable, Equatable {
    /// One recipient's row.
    case row(Int)
    /// The key that its producer named, or the id of its job.
    case key(String)
    case messageID(String)

    public init(_ text: String) {
        if let number = Int(text), number > 0 {
            self = .row(number)
        } else if text.hasPrefix("<") {
            self = .messageID(text)
        } else {
            self = .key(text)
        }
    }
}

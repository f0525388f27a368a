/// Why a mail was not sent; each case says what may be done about it. Texts are one sentence and hold no secret.
enum MailFailure: Error, Equatable, CustomStringConvertible {
    /// The mail itself is unwanted: the same mail will be refused again.
    case refused(String)
    /// Something around the mail is wrong: a later attempt may succeed.
    case temporary(String)
    /// The whole mail was handed over but the answer never came: it may or may not be delivered.
    case uncertain(String)
    /// The job was cancelled before the mail was handed over.
    case cancelled

    /// Whether the server was away or out of order. One that refuses a mail works.
    var blamesServer: Bool {
        switch self {
        case .temporary, .uncertain: true
        case .refused, .cancelled: false
        }
    }

    var description: String {
        switch self {
        case .refused(let reason), .temporary(let reason), .uncertain(let reason): reason
        case .cancelled: "The job was cancelled before its mail was handed over."
        }
    }
}

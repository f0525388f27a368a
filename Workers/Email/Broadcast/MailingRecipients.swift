/// Where the readers of a mailing come from, in portions.
protocol MailingRecipients: Sendable {
    /// Finds out, before the first mail, whether all of them can be read.
    /// - Throws: ``InvalidEmail`` for what a person must mend.
    func check() async throws

    /// Those after a position; nil when there are no more.
    /// - Throws: ``InvalidEmail`` for what a person must mend.
    func portion(after position: BroadcastPosition) async throws -> RecipientPortion?
}

/// How far a broadcast is: what its checkpoint holds.
struct BroadcastPosition: Codable, Equatable {
    /// The last row, or how many bytes of the file, whose mail is enqueued.
    var last = 0
    var recipients = 0
    /// How many lines of the file that is.
    var lines: Int?
    var isChecked: Bool?
}

/// Some readers of a mailing.
struct RecipientPortion {
    let readers: [MailingRecipient]
    /// Behind them.
    let position: BroadcastPosition
    /// How much of the mailing is before the position, 0 to 1.
    let done: Double
}

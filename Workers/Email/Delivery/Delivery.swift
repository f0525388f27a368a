/// What a transport did with a mail.
struct Delivery: Sendable, Equatable {
    /// Where the mail is now, for a person: a file, or a server with the name it gave the mail.
    let place: String
    /// One for each recipient, in the order of the envelope.
    let outcomes: [DeliveryOutcome]

    init(place: String, outcomes: [DeliveryOutcome]) {
        self.place = place
        self.outcomes = outcomes
    }

    /// The same for everybody.
    init(place: String, _ outcome: DeliveryOutcome, for mail: OutgoingMail) {
        self.init(place: place, outcomes: Array(repeating: outcome, count: mail.recipients.count))
    }

    /// Whether the server left us without an answer that can be understood.
    var isUnanswered: Bool { outcomes.contains { if case .ambiguous = $0 { true } else { false } } }
}

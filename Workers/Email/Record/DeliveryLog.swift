import Jobs

/// Remembers what became of mails, so that nobody gets one twice because somebody else could not.
protocol DeliveryLog: Sendable {
    /// Says who is left, before a mail is handed over.
    func begin(_ mail: OutgoingMail, _ job: SendEmail, _ context: JobContext) async throws -> any DeliveryAttempt
}

/// One attempt to send a mail to those who are left.
protocol DeliveryAttempt: Sendable {
    /// What was known when it began.
    var progress: DeliveryProgress { get }
    /// Whether a mail is sent again when nobody knows whether it was sent.
    var repeatsAmbiguous: Bool { get }

    /// Keeps what a transport did.
    /// - Parameter progress: what is known now.
    func finish(_ delivery: Delivery, of mail: OutgoingMail, _ progress: DeliveryProgress) async throws
    /// Nobody got the mail: no transport took it.
    func withdraw() async throws
}

import Jobs

/// What a mail comes to when nobody is left to be tried.
struct DeliveryEnd {
    let mail: OutgoingMail
    let progress: DeliveryProgress
    /// Where the mail is now, for people.
    let place: String

    func outcome() throws -> Outcome {
        let doubts = sentence(progress.ambiguous, "handed the mail, and nobody knows whether they got it").map {
            doubt in
            "\(doubt) Find out, then: coursework mail resolve \(mail.jobID) --sent or --not-sent."
        }
        let reasons = [doubts, sentence(progress.refused, "refused")].compactMap(\.self)
        guard reasons.isEmpty else { return .bury(reason: reasons.joined(separator: " ")) }
        if progress.delivered.isEmpty, let why = sentence(progress.suppressed, "suppressed") {
            return .discard(reason: "The address is suppressed: \(why)")
        }
        return .success(try SentEmail(mail, place: place).result())
    }

    private func sentence(_ reasons: [String: String], _ what: String) -> String? {
        let affected = mail.recipients.compactMap { recipient in reasons[recipient.address].map { (recipient, $0) } }
        return DeferredMail.sentence(affected, of: mail.recipients.count, what)
    }
}

/// Who of a mail's recipients has been dealt with: nobody gets it twice because somebody else could not.
struct DeliveryProgress: Codable, Equatable {
    var delivered: Set<String> = []
    /// Why each of these will not get it.
    var refused: [String: String] = [:]
    /// Why each of these gets no mail.
    var suppressed: [String: String] = [:]
    /// Why nobody knows whether each of these got it, where it must not be sent twice.
    var ambiguous: [String: String] = [:]

    /// Those who are left, in the order of the envelope.
    func pending(of recipients: [EmailAddress]) -> [EmailAddress] {
        recipients.filter { recipient in
            let address = recipient.address
            return !delivered.contains(address)
                && [refused, suppressed, ambiguous].allSatisfy { $0[address] == nil }
        }
    }

    mutating func note(_ outcomes: [DeliveryOutcome], for recipients: [EmailAddress], repeatsAmbiguous: Bool) {
        for (recipient, outcome) in zip(recipients, outcomes) {
            switch outcome {
            case .delivered: delivered.insert(recipient.address)
            case .refused(let reason, _): refused[recipient.address] = reason
            case .ambiguous(let reason): if !repeatsAmbiguous { ambiguous[recipient.address] = reason }
            case .deferred: break
            }
        }
    }
}

/// Who of a mail's recipients has been dealt with, kept as the job's checkpoint: nobody gets it twice because somebody
/// else could not.
struct DeliveryProgress: Codable, Equatable {
    private(set) var delivered: Set<String> = []
    /// Why each of these will not get it.
    private(set) var refused: [String: String] = [:]

    var hasRefused: Bool { !refused.isEmpty }

    /// Those who are left, in the order of the envelope.
    func pending(of recipients: [EmailAddress]) -> [EmailAddress] {
        recipients.filter { !delivered.contains($0.address) && refused[$0.address] == nil }
    }

    mutating func note(_ outcomes: [DeliveryOutcome], for recipients: [EmailAddress]) {
        for (recipient, outcome) in zip(recipients, outcomes) {
            switch outcome {
            case .delivered: delivered.insert(recipient.address)
            case .refused(let reason, _): refused[recipient.address] = reason
            case .deferred, .ambiguous: break
            }
        }
    }
}

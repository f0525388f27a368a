import Reports

extension CancelReport {
    /// For a person.
    var text: String {
        switch result {
        case "cancelled": "is cancelled"
        case "cancelling": "is running; its worker is told to stop it"
        case "unknown": "is unknown: it has ended and was not tracked, or there never was such a job"
        case "dead": "is a dead letter already"
        default: "has ended already: \(result)"
        }
    }
}

import Reports

extension FailedAttempt {
    /// For a person.
    var text: String {
        "\(time), after \(durationMilliseconds) ms at \(worker): \(kind.map { "\($0): " } ?? "")\(error)"
    }
}

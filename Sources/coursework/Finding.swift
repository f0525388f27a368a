/// What one check of `doctor` found.
struct Finding: Encodable {
    enum State: String, Encodable {
        case ok, warning, error
    }

    let check: String
    let state: State
    let message: String

    init(check: String, state: State, message: String) {
        (self.check, self.state, self.message) = (check, state, message)
    }

    /// A warning with all of the advice, one sentence each; where there is none, all is well.
    init(check: String, advice: [String], otherwise well: String) {
        self.init(
            check: check, state: advice.isEmpty ? .ok : .warning,
            message: advice.isEmpty ? well : advice.joined(separator: " "))
    }

    var line: String {
        let mark =
            switch state {
            case .ok: "ok     "
            case .warning: "warning"
            case .error: "ERROR  "
            }
        return "\(mark)  \(check): \(Terminal.printable(message))"
    }
}

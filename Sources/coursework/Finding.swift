/// What one check of `doctor` found.
struct Finding: Encodable {
    enum State: String, Encodable {
        case ok, warning, error
    }

    let check: String
    let state: State
    let message: String

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

import Audit

/// Something that can be said behind the name of a command, such as `replay` behind `dead`. It declares what it may change:
/// whatever has an action here runs only when its entry in the audit trail is written, and what has none must only look.
protocol Verb: Sendable {
    /// As the audit trail calls what it does; none for one that changes nothing others rely on.
    static var actions: [String] { get }
    /// Which of them it does with the arguments it got; nil where it only looks (`--dry-run`).
    var action: String? { get }
    /// To what: ids, types and filters, and nothing of a person's.
    var target: AuditTarget { get }
    /// Asks whether to do it, where that cannot be undone, and before it is written down anywhere.
    func confirm() throws
}

extension Verb {
    var action: String? { Self.actions.first }
    var target: AuditTarget { AuditTarget() }
    func confirm() throws {}
}

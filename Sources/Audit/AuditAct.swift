/// Something that somebody is about to do.
public struct AuditAct: Sendable {
    public let action: String
    public let target: AuditTarget
    public let actor: Actor
    public let reason: String?
    var pruned: AuditEntry.Pruned?

    /// - Parameter reason: why, in the words of whoever does it; they are kept for as long as the trail is.
    public init(_ action: String, _ target: AuditTarget = AuditTarget(), by actor: Actor, reason: String? = nil) {
        self.action = action
        self.target = target
        self.actor = actor
        self.reason = reason?.shortened(to: 500)
    }
}

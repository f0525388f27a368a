/// Which entries are meant.
public struct AuditFilter: Sendable {
    /// Since this time, in milliseconds since 1970.
    public var after: Int?
    /// Before it.
    public var before: Int?
    /// Of this action, or of all that begin with it and a dot: `dead` for `dead.replay`.
    public var action: String?
    /// Of the actor with this name or id.
    public var actor: String?

    public init() {}

    func lets(_ sealed: SealedEntry) -> Bool {
        let entry = sealed.entry
        if let after, sealed.milliseconds < after { return false }
        if let before, sealed.milliseconds >= before { return false }
        if let action, entry.action != action, !entry.action.hasPrefix(action + ".") { return false }
        if let actor, entry.actor.name != actor, entry.actor.id != actor { return false }
        return true
    }
}

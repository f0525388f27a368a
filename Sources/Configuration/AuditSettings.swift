/// What the audit trail asks of those who change something.
public struct AuditSettings: Sendable, Equatable {
    /// Whether they must say why.
    public var requireReason = false

    public init() {}
}

extension AuditSettings: SettingsSection {
    static let title = "a setting of audit"
    static let keys = ["requireReason"]

    mutating func read(_ object: SettingsObject) {
        requireReason = object.boolean("requireReason") ?? requireReason
    }
}

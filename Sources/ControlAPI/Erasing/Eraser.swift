package import Audit
package import DataProtection
package import Reports

/// Takes persons out of everything that this installation keeps.
package protocol Eraser: Sendable {
    /// What stands for a person in the audit trail, where the name must not.
    func target(of subject: Subject) throws -> AuditTarget
    func run(_ order: ErasureOrder, note: AuditNote) async throws -> ErasureReport
}

/// Whom to erase, and how.
package struct ErasureOrder: Sendable {
    package let subject: Subject
    /// Whether it is only told what there is.
    package let isDryRun: Bool
    /// How long jobs may take to stop that run.
    package let patience: Duration
    /// Who asks, as the record of certificates names people.
    package let actor: String

    package init(_ subject: Subject, isDryRun: Bool, patience: Duration, actor: String) {
        (self.subject, self.isDryRun, self.patience, self.actor) = (subject, isDryRun, patience, actor)
    }
}

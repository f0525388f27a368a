package import Audit
internal import HTTPServer

/// Has every change that comes by HTTP written into the audit trail before it is made. Jobs that are enqueued are no changes.
package struct AuditDesk: Sendable {
    private static let longestReason = 500

    let trail: AuditTrail
    private let requiresReason: Bool

    /// - Parameter requiresReason: whether nothing is changed without a word why.
    package init(_ trail: AuditTrail, requiresReason: Bool) {
        (self.trail, self.requiresReason) = (trail, requiresReason)
    }

    /// - Parameters:
    ///   - action: as the shell's trail calls it: `queue.pause`.
    ///   - body: makes the change; not called when its entry cannot be written.
    func record<Value>(
        _ action: String, _ target: AuditTarget, by request: HTTPRequest, note: AuditNote = AuditNote(),
        _ body: () async throws -> Value
    ) async throws -> Value {
        let act = AuditAct(action, target, by: request.actor, reason: try reason(of: request))
        return try await trail.record(act, note: note, body)
    }

    private func reason(of request: HTTPRequest) throws(Refusal) -> String? {
        let reason = request.fields["Audit-Reason"]?.filter { !$0.isNewline }
        guard !requiresReason || reason?.contains(where: { !$0.isWhitespace }) == true else {
            throw .invalid("Say why in the field Audit-Reason: the configuration asks for it.")
        }
        guard (reason?.count ?? 0) <= Self.longestReason else {
            throw .invalid("Audit-Reason has at most \(Self.longestReason) characters.")
        }
        return reason
    }
}

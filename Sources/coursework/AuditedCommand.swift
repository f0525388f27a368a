import Audit
import Platform
import RedisClient

/// A command that may change what others rely on. It is run by ``runAudited(reason:)``, and never otherwise.
protocol AuditedCommand: Command {
    /// The option that says why.
    static var reasonOption: String { get }

    var setup: Setup { get }
    /// What it does with the arguments it got, as the audit trail calls it; nil where it only looks.
    var action: String? { get }
    /// To what. Nil: it turns out that there is nothing to change.
    func target() async throws -> AuditTarget?
    /// Asks whoever is there whether to do it, where that cannot be undone.
    func confirm() async throws
}

extension AuditedCommand {
    static var reasonOption: String { AuditReason.option }

    func confirm() async throws {}

    /// Runs it behind its entry in the audit trail. Without Redis, where the trail is, nothing is changed. A server has a
    /// trail of its own.
    func runAudited(reason: String?) async throws {
        guard let action else { return try await run() }
        let isAsked = setup.server == nil && setup.configuration.audit.requireReason
        try AuditReason.check(reason, asked: isAsked, option: Self.reasonOption)
        try await confirm()
        guard setup.server == nil else { return try await run() }
        guard let target = try await target() else { return try await run() }
        let act = AuditAct(action, target, by: Person.actor, reason: reason)
        try await setup.withAuditTrail { trail in
            try await trail.record(act, note: setup.note, endLost: AuditReason.endLost) { try await run() }
        }
    }
}

/// Why something is done, in the words of whoever does it.
enum AuditReason {
    static let option = "--reason"

    static func check(_ reason: String?, asked: Bool, option: String = option) throws(CommandFailure) {
        if asked, reason == nil {
            throw CommandFailure(
                .usage, "Say why with \(option): the configuration asks for it (audit.requireReason).")
        }
        guard let reason else { return }
        guard (1...500).contains(reason.count), reason.contains(where: { !$0.isWhitespace }) else {
            throw CommandFailure(.usage, "\(option) must be a sentence of at most 500 characters.")
        }
    }

    /// What was done is done: to fail now would ask for it again.
    static func endLost(_ error: any Error) {
        Terminal.complain("It is done, but the audit trail does not say so: \(error)")
    }
}

extension Setup {
    func withAuditTrail<Value>(_ body: (AuditTrail) async throws -> Value) async throws -> Value {
        let loop = try EventLoop()
        let client = RedisClient(try redis, name: "coursework-audit", loop: loop)
        defer { client.close() }
        return try await body(AuditTrail(client: client))
    }
}

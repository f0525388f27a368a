import Audit

/// A command that is one of its verbs, and does nothing of its own.
protocol VerbCommand: AuditedCommand {
    static var verbs: [String: any SetupVerb.Type] { get }
    var verb: any SetupVerb { get }
}

extension VerbCommand {
    static var actions: [String: [String]] { verbs.mapValues { $0.actions } }

    /// The verb that the next word stands for.
    static func verb(_ arguments: inout Arguments, _ setup: Setup) throws -> any SetupVerb {
        try arguments.choice(of: verbs, orSay: "Say first what you want to do").init(&arguments, setup)
    }

    var action: String? { verb.action }

    func target() -> AuditTarget? { verb.target }

    func confirm() throws { try verb.confirm() }

    func run() async throws { try await verb.run() }
}

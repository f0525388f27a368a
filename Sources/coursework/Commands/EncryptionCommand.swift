import Audit

/// `coursework encryption`: the keys that payloads are sealed with.
struct EncryptionCommand: AuditedCommand {
    static let name = "encryption"
    static let summary = "make keys that payloads are sealed with, and change them"
    static let help = """
        Looks after the keys with which payloads of the types in encryption.types are sealed, so that Redis
        holds nothing of them in the clear.

        Usage: coursework encryption generate [FILE]
               coursework encryption show
               coursework encryption rotate [--yes]

          generate   makes a key and writes it to FILE, which must not exist and which only you can read;
                     without FILE it prints it. Its id is told on standard error
          show       the keys of the configuration, and which keys are in use in Redis, where
          rotate     seals what waits and what is dead with the first key: what was sealed with others,
                     and what came in the clear. It tells how many that are, and changes nothing
                     without --yes

          --reason TEXT  why, for the audit trail (rotate)
          --json         print JSON
          --config FILE  the configuration

        To change keys: generate one, add its file behind the others in encryption.keyFiles on every
        machine, and restart. Then put it first, restart, and rotate. The old one can go once show says
        that nothing is sealed with it any more: what is ready to run is left to the workers, and results
        are forgotten with their jobs.

        A job whose key is missing is retried, then a dead letter that says which key it is.

        Examples: coursework encryption generate /etc/coursework/keys/2026-12.key
                  coursework encryption rotate --yes --reason 'the yearly change'
        """

    private static let verbs: [String: any EncryptionVerb.Type] = [
        "generate": GenerateKey.self, "show": ShowEncryption.self, "rotate": RotateKeys.self,
    ]

    static var actions: [String: [String]] { verbs.mapValues { $0.actions } }

    let setup: Setup
    private let verb: any EncryptionVerb

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        verb = try arguments.choice(of: Self.verbs, orSay: "Say first what to do").init(&arguments)
    }

    var action: String? { verb.action }

    func target() -> AuditTarget? { verb.target }

    func run() async throws { try await verb.run(setup) }
}

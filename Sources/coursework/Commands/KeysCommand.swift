import Access
import Audit

/// `coursework keys`: who may use the HTTP API.
struct KeysCommand: AuditedCommand {
    static let name = "keys"
    static let summary = "make, list and revoke keys for the HTTP API"
    static let help = """
        Looks after the keys by which programs use the HTTP API of coursework serve:
        Authorization: Bearer cwk_…

        Usage: coursework keys create NAME --role ROLE [--expire DURATION]
               coursework keys list
               coursework keys revoke ID

          create       makes a key and prints it, this once: only a hash is kept, in Redis. NAME is for
                       people, such as web-1
            --role     producer   enqueues jobs, and follows what it has enqueued: for a web tier
                       operator   that, and watches over jobs and steers them
                       admin      everything
            --expire   until when it holds, such as 90d; by default until it is revoked
          list         all keys, with the day of their last use
          revoke       ends a key for good; servers know it within two seconds

          --reason TEXT  why, for the audit trail (create, revoke)
          --json         print JSON
          --config FILE  the configuration

        Several keys may have one name: make the new one, hand it out, and revoke the old one when its last
        use is some days ago.

        Examples: coursework keys create web-1 --role producer > web-1.key
                  coursework keys create nightly-export --role operator --expire 30d
        """

    private static let verbs: [String: any KeysVerb.Type] = [
        "create": CreateKey.self, "list": ListKeys.self, "revoke": RevokeKey.self,
    ]

    static var actions: [String: [String]] { verbs.mapValues { $0.actions } }

    let setup: Setup
    private let verb: any KeysVerb

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        verb = try arguments.choice(of: Self.verbs, orSay: "Say first what to do with keys").init(&arguments)
    }

    var action: String? { verb.action }

    func target() -> AuditTarget? { verb.target }

    func run() async throws {
        try await setup.withRedis(Self.name, functions: false) { client, _ in try await verb.run(KeyStore(client)) }
    }
}

/// `coursework audit`: who did what, when and why.
struct AuditCommand: Command {
    static let name = "audit"
    static let goesThroughServers = true
    static let summary = "see who did what, and verify that nobody changed that"
    static let help = """
        Shows the audit trail: everything that was changed at the shell or elsewhere, by whom, when and why.

        Usage: coursework audit list [--after T] [--before T] [--action A] [--actor NAME] [--limit N]
               coursework audit export [--after T] [--before T]
               coursework audit verify [FILE|- | --head NUMBER:HASH]
               coursework audit prune --before T [--reason TEXT] [--dry-run | --yes]
               coursework audit actions

          list            the latest first
          export          JSON lines, the oldest first: a copy for another place
          verify          whether all entries are there as they were written; else it names the first that
                          is not, and ends with 1. Of a file, whether it is as it was exported, and
                          whether the trail has the same
            --head        whether the trail still has the entry that verify named the last time: keep that
                          line where nobody who writes to Redis can change it
          prune           takes entries away that are older, and writes down how far and the hash of the
                          last of them, so that the rest verifies, and what was exported before
          actions         what is written down, by command

          --after, --before T   since, or before, this time: 2026-12-01T08:00:00Z, or 2h for two hours ago
          --action A      queue.pause, or dead for all of dead letters
          --actor NAME    the name or the id of who did it
          --limit N       at most so many (default: 50)
          --dry-run       only tell how many would be pruned
          --yes           prune without being asked
          --json          print JSON
          --config FILE   the configuration

        An act has two entries: begun, before anything is changed, and done or failed behind it, with its
        numbers. One that has begun and not ended was cut short. What is changed says why with --reason
        (coursework dead: --because), and must where audit.requireReason is true in the configuration.

        The trail holds ids, counts and types. Name nobody in a reason: it is kept as long as the trail.
        """

    static var actions: [String: [String]] {
        var actions = verbs.mapValues { _ in [String]() }
        actions["prune"] = ["audit.prune"]
        return actions
    }

    private static let verbs: [String: any AuditVerb.Type] = [
        "list": ListAudit.self, "export": ExportAudit.self, "verify": VerifyAudit.self, "prune": PruneAudit.self,
        "actions": ListActions.self,
    ]

    private let verb: any AuditVerb

    init(_ arguments: inout Arguments) throws {
        let setup = try Setup(&arguments).impatient
        verb = try arguments.choice(of: Self.verbs, orSay: "Say first what you want of the audit trail").init(
            &arguments, setup)
    }

    func run() async throws { try await verb.run() }
}

import Audit
import DeadLetters
import Glibc

/// `coursework dead`: why jobs died, and what is done about it.
struct DeadCommand: AuditedCommand {
    static let name = "dead"
    static let goesThroughServers = true
    static let summary = "find out why jobs died, mend them, and replay or delete them"
    static let help = """
        Lists dead letters, which are jobs that were parked with a reason, and replays, edits or deletes
        them.

        Usage: coursework dead groups                  what they died of: one line a cause
               coursework dead list | export           the letters; export prints JSON lines
               coursework dead show ID [--open]
               coursework dead edit ID --set args.KEY=VALUE… | --args JSON|-
               coursework dead replay ID… | FILTER | --all | --resume REPLAY
               coursework dead delete ID… | FILTER | --all
               coursework dead replays | abort REPLAY
               coursework dead import FILE|-

          ID                   queue:token, as list prints it; another job that had the id of a letter
                               is listed with an ending: queue:token.1731-0

        FILTER, all of which must hold (list, export, replay, delete):
          --queue Q[,Q]        of these queues (default: all of the configuration)
          --type T             of this job type
          --group G            of one cause, as groups prints it
          --reason R           failures, buried, crash, lease, interrupted, undecodable, malformed, …
          --error TEXT         with this in the error, in whatever case
          --after, --before T  buried since, or before, this time: 2026-12-01T08:00:00Z, or 2h for two
                               hours ago
          --attempts N         that made N attempts; 3.. for at least three, ..2 for at most two, 2..4
          --field PATH=VALUE   with this value in the payload, args.user.id=42, or in another field

          --dry-run            tell how many would be replayed, deleted or edited, and change nothing
          --all                all letters, or those of --queue: nothing is replayed or deleted without a
                               filter else
          --rate N/s           so many a second (N/m: a minute, N/h: an hour). Without it a replay lets no
                               more than \(Replay.mostWaiting) of its jobs wait, for a worker, a limit or a paused
                               type, so that live work is not held up; it says what they wait for
          --limit N            list, groups: show so many (default: 50)
          --yes                replay, delete: what the filter means when it is done, without being asked.
                               Without it, it is shown first; where nobody is at a terminal, that is all
          --confirm N:HASH     the same, if it is still what a dry run said: else nothing is changed
          --because TEXT       why, for the audit trail, in which all is written that changes letters
          --args JSON|-        edit: the new payload; - reads it from standard input
          --set PATH=VALUE     edit: one value of the payload; as often as there are values to set
          --open               show: what is sealed (see coursework encryption) in the clear, where its key
                               is here; that is written into the audit trail
          --unchecked          edit: a payload of a type that this program does not know, or that its
                               schema refuses
          --json               print JSON
          --config FILE        the configuration

        A replay takes what was dead when it began, each letter once: a job that dies again stays dead. It
        begins at attempt 1 and keeps its id and its history. A command that was killed is resumed by
        --resume; what was aborted stays so. Letters of jobs that have expired are passed over.

        Examples: coursework dead groups --queue default
                  coursework dead replay --group 1f0c8a4be2d93c57 --dry-run
                  coursework dead replay --type certificate.issue --error font --after 6h --rate 50/s --yes
                  coursework dead edit default:1731-0 --set args.template=diploma-2
                  coursework dead export --before 90d > old && coursework dead delete --before 90d --yes
        """

    private static let verbs: [String: any DeadVerb.Type] = [
        "list": ListLetters.self, "groups": ListGroups.self, "show": ShowLetter.self, "edit": EditLetter.self,
        "replay": ReplayLetters.self, "replays": ListReplays.self, "abort": AbortReplay.self,
        "delete": DeleteLetters.self, "export": ExportLetters.self, "import": ImportLetters.self,
    ]

    static var actions: [String: [String]] { verbs.mapValues { $0.actions } }
    /// Of a letter, `--reason` says why it died.
    static let reasonOption = "--because"

    let setup: Setup
    private let verb: any DeadVerb

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        verb = try arguments.choice(of: Self.verbs, orSay: "Say first what to do with dead letters").init(
            &arguments, setup)
    }

    var action: String? { verb.action }

    func target() -> AuditTarget? { verb.target }

    func confirm() async throws {
        guard verb.asks else { return }
        try await withOffice { try await verb.confirm($0) }
    }

    func run() async throws {
        try await withOffice { office in
            if !type(of: verb).endsGently {
                try Lifetime.watch(on: office.loop, drain: { exit(ExitCode.failed.rawValue) }, hurry: {})
            }
            try await verb.run(office)
        }
    }

    private func withOffice(_ body: (DeadOffice) async throws -> Void) async throws {
        try await setup.withControl(Self.name) { control, loop in
            try await body(DeadOffice(setup: setup, control: control, loop: loop))
        }
    }
}

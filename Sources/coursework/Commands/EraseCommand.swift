import Audit
import ControlAPI
import DataProtection
import Jobs
import Platform
import Reports

/// `coursework erase`: takes a person out of everything.
struct EraseCommand: AuditedCommand {
    static let name = "erase"
    static let goesThroughServers = true
    static let summary = "find and erase a person's data, wherever it is"
    static let help = """
        Finds the data of a person in every state of a job and in all tables, and erases it.

        Usage: coursework erase NAME… [--yes] [--wait DURATION]

          NAME       a name by which platforms know the person: a learner's id, a mail address. Give all
                     of them; whether letters are capitals makes no difference
          --yes      erase; without it the command tells what there is, and changes nothing
          --wait     how long jobs may take to stop that run (default: 30s; through a server 10s, and 15s at
                     most)

          --reason TEXT  why, for the audit trail
          --json         print JSON
          --config FILE  the configuration

        Jobs about the person are cancelled, wherever they wait; those that run are told to stop. Dead
        letters are deleted, and results, errors, checkpoints, batch results and keys that name the person
        are forgotten. A job is about a person when a field says so that its type's schema marks
        (x-subject, see coursework types); of a type that marks none, when any value of its payload is the
        name. A job about several people ends for all of them.

        In the database: rows of the outbox and of the ledger of effects (which keeps a keyed hash), and
        what mail erase, quiz erase and certificates erase do, with the files of certificates. Who was to
        get no mail gets none afterwards: a keyed hash of the address stays.

        Whatever names the person then is listed: jobs of others that mention them, or rows that only you
        can judge. The audit trail has a hash of the names, made with the first key of
        encryption.keyFiles, or with one that is thrown away. Not looked at: files that the platform put
        into the storage, mail that went into the data folder, logs, backups, and the audit trail.

        Exit code 1: something remained, or a job is sealed with a key that is not here.
        """
    static let actions = ["": ["subject.erase"]]

    let setup: Setup
    private let subject: Subject
    private let isConfirmed: Bool
    /// Nil leaves it to whoever does it.
    private let patience: Duration?
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        isConfirmed = arguments.flag("--yes")
        json = arguments.flag("--json")
        patience = try arguments.option("--wait").map(Self.patience)
        var names: [String] = []
        while let word = arguments.word() { names.append(word) }
        guard let subject = Subject(names) else {
            throw CommandFailure(.usage, "Name the person, by 2 to 500 letters: a learner's id, a mail address.")
        }
        self.subject = subject
    }

    private static func patience(_ text: String) throws -> Duration {
        guard let time = try? DurationText.parse(text), time <= .seconds(3600) else {
            throw CommandFailure(.usage, "--wait must be a time such as 30s, up to 1h.")
        }
        return time
    }

    var action: String? { isConfirmed ? "subject.erase" : nil }

    func target() throws -> AuditTarget? { try PersonEraser(setup: setup).target(of: subject) }

    func run() async throws {
        let report = try await report()
        Terminal.print(json ? JSONText.of(report) : report.text)
        guard isConfirmed, let remains = report.remains else { return }
        throw CommandFailure(.failed, remains)
    }

    private func report() async throws -> ErasureReport {
        if let server = setup.server {
            return try await RemoteControl(server, loop: try EventLoop()).erase(
                subject, isDryRun: !isConfirmed, waitingFor: patience)
        }
        let order = ErasureOrder(
            subject, isDryRun: !isConfirmed, patience: patience ?? .seconds(30), actor: Person.name)
        return try await PersonEraser(setup: setup).run(order, note: setup.note)
    }
}

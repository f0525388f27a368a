import Jobs

/// `coursework types`: which jobs there are, and what their payloads may be.
struct TypesCommand: Command {
    static let name = "types"
    static let goesThroughServers = true
    static let summary = "show the job types, and what their payloads may be"
    static let actions: [String: [String]] = [:]
    static let help = """
        Shows the job types that this program runs: their queue, how often they are attempted, how long an
        attempt may take; and for one TYPE its payload as JSON Schema (2020-12).

        Usage: coursework types [TYPE] [--diagnostics] [--json] [--config FILE]

          --diagnostics   with the types diagnostics.*, which workers run with the same option
          --json          print JSON: {"types":[{"attempts":13,"deadline_ms":420000,"queue":"emails",
                          "schema":{…},"summary":"…","type":"email.send"},…]}, or that of one type

        `coursework enqueue` and `coursework dead edit` check payloads against it, and a schedule's are
        checked at start. The formats in a schema that JSON Schema does not name, such as mailbox, are
        those of this program: one that does not know them passes them over.
        """

    private let setup: Setup
    private let type: JobType?
    private let diagnostics: Bool
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        diagnostics = arguments.flag("--diagnostics")
        json = arguments.flag("--json")
        let setup = setup
        type = try arguments.word().map { try setup.type(named: $0) }
    }

    func run() async throws {
        guard let type else { return show(try await all) }
        let report = try await one(type)
        Terminal.print(json ? report.json : Self.text(report))
    }

    /// Of a server, else of this program, for which Redis need not be there.
    private var all: [TypeReport] {
        get async throws {
            guard setup.server != nil else { return try setup.types(diagnostics: diagnostics) }
            return try await setup.withControl(Self.name) { control, _ in
                try await control.types(diagnostics: diagnostics)
            }
        }
    }

    private func one(_ type: JobType) async throws -> TypeReport {
        guard setup.server != nil else { return try setup.type(type) }
        return try await setup.withControl(Self.name) { control, _ in try await control.type(type) }
    }

    private func show(_ reports: [TypeReport]) {
        if json { return Terminal.print(#"{"types":[\#(reports.map(\.json).joined(separator: ","))]}"#) }
        let rows = reports.map {
            [
                Terminal.line($0.type), Terminal.line($0.queue), "\($0.attempts)", Self.text($0.deadline),
                Terminal.line($0.summary),
            ]
        }
        let titles = ["type", "queue", "attempts", "deadline", "payload"]
        Terminal.print(TextTable.layOut([titles] + rows, leftColumns: 2, left: [4]))
    }

    private static func text(_ job: TypeReport) -> String {
        TextTable.list([
            ("type", job.type), ("queue", job.queue), ("attempts", "\(job.attempts)"),
            ("deadline", text(job.deadline)), ("payload", job.payload),
        ]) + "\n\n" + Terminal.printable(job.schema)
    }

    private static func text(_ deadline: Duration?) -> String { deadline.map(DurationText.format) ?? "none" }
}

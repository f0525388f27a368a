import JobCatalog
import Jobs

/// `coursework types`: which jobs there are, and what their payloads may be.
struct TypesCommand: Command {
    static let name = "types"
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

    func run() throws {
        let registry = try setup.registry(diagnostics: diagnostics || type != nil, logger: .silent)
        guard let type else { return show(registry.descriptions) }
        guard let job = registry[type] else {
            throw CommandFailure(.usage, "This program has no job type '\(type)'. See coursework types.")
        }
        let description = JobDescription(job)
        Terminal.print(json ? description.json : Self.text(description))
    }

    private func show(_ descriptions: [JobDescription]) {
        if json { return Terminal.print(JobDescription.json(descriptions)) }
        let rows = descriptions.map {
            [$0.type.name, $0.queue.name, "\($0.attempts)", Self.text($0.deadline), $0.schema.summary]
        }
        let titles = ["type", "queue", "attempts", "deadline", "payload"]
        Terminal.print(TextTable.layOut([titles] + rows, leftColumns: 2, left: [4]))
    }

    private static func text(_ job: JobDescription) -> String {
        TextTable.list([
            ("type", job.type.name), ("queue", job.queue.name), ("attempts", "\(job.attempts)"),
            ("deadline", text(job.deadline)), ("payload", job.schema.description),
        ]) + "\n\n" + job.schemaJSON
    }

    private static func text(_ deadline: Duration?) -> String { deadline.map(DurationText.format) ?? "none" }
}

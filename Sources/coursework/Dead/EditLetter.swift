import Audit
import DeadLetters
import Jobs
import Reports

/// `dead edit`: gives a letter another payload.
struct EditLetter: DeadVerb {
    static let actions = ["dead.edit"]

    private let id: LetterID
    private let args: [UInt8]?
    private let settings: [PayloadEdit.Setting]
    private let isDryRun: Bool
    private let isUnchecked: Bool
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        isDryRun = arguments.flag("--dry-run")
        isUnchecked = arguments.flag("--unchecked")
        json = arguments.flag("--json")
        if try arguments.option("--type") != nil { throw Self.otherType }
        settings = try Self.settings(&arguments)
        args = try arguments.option("--args").map { $0 == "-" ? try StandardInput.readAll() : Array($0.utf8) }
        let word = try arguments.word(orSay: "Give the id of one dead letter.")
        id = try DeadOffice.id(word)
        _ = try setup.queue(named: id.queue.name)
        guard (args == nil) != settings.isEmpty else {
            throw CommandFailure(.usage, "Say what the payload shall be, either by --args or by --set.")
        }
    }

    private static let otherType = CommandFailure(
        .usage, "The type of a job cannot be changed: enqueue a job of the other type, and delete this letter.")

    private static func settings(_ arguments: inout Arguments) throws -> [PayloadEdit.Setting] {
        var settings: [PayloadEdit.Setting] = []
        while let text = try arguments.option("--set") {
            if text.hasPrefix("type=") { throw otherType }
            guard let setting = PayloadEdit.Setting(text) else {
                throw CommandFailure(.usage, "--set must be args.KEY=VALUE, for example args.user.id=42.")
            }
            settings.append(setting)
        }
        return settings
    }

    var action: String? { isDryRun ? nil : Self.actions[0] }

    var target: AuditTarget { AuditTarget(jobs: ["\(id)"]) }

    func run(_ office: DeadOffice) async throws {
        let letter = try await office.letter(id)
        let new: [UInt8]
        do { new = try args ?? PayloadEdit.setting(settings, in: letter.args) } catch {
            throw CommandFailure(.failed, "\(error)")
        }
        try check(new, of: letter, office)
        let differences = PayloadEdit.differences(from: letter.args, to: new)
        if !isDryRun, new != letter.args { try await store(new, in: letter, office) }
        tell(differences)
    }

    /// Whatever is stored can be decoded by a worker of this version.
    private func check(_ new: [UInt8], of letter: DeadLetter, _ office: DeadOffice) throws {
        let limit = office.setup.configuration.tolerance.argsBytes
        guard new.count <= limit else {
            throw CommandFailure(.failed, "The payload would be \(new.count) bytes, and at most \(limit) are allowed.")
        }
        let registry = try office.setup.registry(diagnostics: true, logger: .silent)
        guard let job = JobType(letter.type).flatMap({ registry[$0] }) else {
            if isUnchecked { return }
            throw CommandFailure(
                .failed,
                "This program knows no type '\(Terminal.line(letter.type, atMost: 64))', so it cannot check the payload; with --unchecked it need not."
            )
        }
        do { try job.validate(new[...]) } catch { throw CommandFailure(.failed, Terminal.printable("\(error)")) }
        guard !isUnchecked, let sentence = PayloadRefusal.sentence(new, of: job, limit: limit) else { return }
        throw CommandFailure(.failed, sentence + " With --unchecked it is stored all the same.")
    }

    private func store(_ new: [UInt8], in letter: DeadLetter, _ office: DeadOffice) async throws {
        switch try await LetterStore(id.queue, client: office.client).edit(letter, args: new, by: Person.name) {
        case .edited: office.setup.note.count("edited", 1)
        case .gone:
            throw CommandFailure(.failed, "\(id) was replayed or deleted meanwhile; nothing was changed.")
        case .changed:
            throw CommandFailure(
                .failed, "Somebody else edited \(id) meanwhile; nothing was changed. See coursework dead show \(id).")
        }
    }

    private func tell(_ differences: [PayloadEdit.Difference]) {
        let isEdited = !isDryRun && !differences.isEmpty
        if json {
            return Terminal.print(JSONText.of(LetterEditReport(id, isEdited: isEdited, differences)))
        }
        guard !differences.isEmpty else { return Terminal.print("\(id) has this payload already.") }
        let verb = isDryRun ? "would be edited; nothing was changed" : "is edited"
        Terminal.print((["\(id) \(verb):"] + differences.map(LetterText.line)).joined(separator: "\n"))
    }
}

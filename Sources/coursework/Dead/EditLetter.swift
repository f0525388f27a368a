import Audit
import DeadLetters
import Reports
import Sealing

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
        let letter = try await office.control.letter(id, opened: false)
        let new: [UInt8]
        let old = args == nil ? try await clearArgs(of: letter, office) : []
        do { new = try args ?? PayloadEdit.setting(settings, in: old) } catch {
            throw CommandFailure(.failed, "\(error)")
        }
        tell(try await office.control.edit(letter, args: new, isUnchecked: isUnchecked, isDryRun: isDryRun))
    }

    /// To set a value one must know the others.
    private func clearArgs(of letter: LetterReport, _ office: DeadOffice) async throws -> [UInt8] {
        let stored = Array(letter.args.utf8)
        guard let key = PayloadVault.keyID(of: stored) else { return stored }
        let opened = Array(try await office.control.letter(id, opened: true).args.utf8)
        guard !PayloadVault.isSealed(opened) else {
            throw CommandFailure(.failed, "\(SealFailure(cause: .missingKey(key)))")
        }
        return opened
    }

    private func tell(_ report: LetterEditReport) {
        if json { return Terminal.print(JSONText.of(report)) }
        guard !report.differences.isEmpty else {
            return Terminal.print("\(Terminal.line("\(id)")) has this payload already.")
        }
        let verb = isDryRun ? "would be edited; nothing was changed" : "is edited"
        let lines = report.differences.map { LetterText.line($0.path, $0.old, $0.new) }
        Terminal.print((["\(Terminal.line("\(id)")) \(verb):"] + lines).joined(separator: "\n"))
    }
}

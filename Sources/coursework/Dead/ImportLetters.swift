import Audit
import DeadLetters
import Reports

/// `dead import`: letters that were exported, all of them or none.
struct ImportLetters: DeadVerb {
    static let actions = ["dead.import"]

    private struct Report: Encodable {
        let imported: Int
        let present: Int
    }

    private let file: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        file = try arguments.word(orSay: "Give the file that coursework dead export wrote, or - for standard input.")
    }

    func run(_ office: DeadOffice) async throws {
        let (imported, all): (Int, Int)
        do {
            (imported, all) = try await office.control.importLetters(try InputFile.read(file))
        } catch let error as LetterFile.BrokenLine {
            throw CommandFailure(.failed, Terminal.printable("\(error)"))
        }
        let report = Report(imported: imported, present: all - imported)
        Terminal.print(
            json
                ? JSONText.of(report)
                : "\(Count.ofLetters(imported)) imported; \(report.present) were there already and are as they were.")
    }
}

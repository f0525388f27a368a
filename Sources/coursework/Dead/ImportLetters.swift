import Audit
import DeadLetters
import RedisClient
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
        let content: LetterFile
        do {
            content = try LetterFile(try InputFile.read(file), queues: office.setup.configuration.queues)
        } catch let error as LetterFile.BrokenLine {
            throw CommandFailure(.failed, Terminal.printable("\(error)"))
        }
        var imported = 0
        do {
            for store in office.stores {
                imported += try await store.add(content.letters.filter { $0.id.queue == store.name })
            }
        } catch {
            throw CommandFailure(
                .failed,
                "Some letters may be imported and others not: mend what is wrong and run the command again, which "
                    + "leaves those that are there. \(error.message)")
        }
        office.setup.note.count("imported", imported)
        let report = Report(imported: imported, present: content.letters.count - imported)
        Terminal.print(
            json
                ? JSONText.of(report)
                : "\(Count.ofLetters(imported)) imported; \(report.present) were there already and are as they were.")
    }
}

import CertificateDrawing
import CertificateTemplates

/// `certificates templates`: which there are, and whether they are in order.
struct CheckCertificateTemplates: SetupVerb {
    static let actions: [String] = []

    private let folder: String
    private let names: [String]
    private let isCheck: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        folder = try arguments.certificateTemplates(setup)
        switch arguments.word() {
        case nil, "list": isCheck = false
        case "check": isCheck = true
        case let word?:
            throw CommandFailure(.usage, "'\(word)' is nothing to do with templates: list or check them.")
        }
        var names: [String] = []
        while isCheck, let name = arguments.word() { names.append(name) }
        self.names = names
    }

    func run() throws {
        let all = try CertificateTemplate.names(in: folder)
        guard isCheck else {
            for name in all { Terminal.print(name) }
            return
        }
        let names = names.isEmpty ? all : names
        let renderer = try CertificateRenderer()
        let problems = try names.flatMap { try self.problems(of: $0, renderer) }
        for problem in problems { Terminal.print(Terminal.printable(problem)) }
        guard problems.isEmpty else { throw CommandFailure(.failed, "\(Self.count(problems.count, "problem")) found.") }
        Terminal.print("\(Self.count(names.count, "template")) \(names.count == 1 ? "is" : "are") in order.")
    }

    /// Names that are hard on a template: few letters, many, tall ones, and some that run leftwards.
    private static let learners = [
        "Bo Li", "Wilhelmina Konstantinopolska-Featherstonehaugh van der Westhuizen-Ngu",
        "శ్రీమతి సూర్యప్రకాశ్ రెడ్డి", "محمد عبد الله الأنصاري",
    ]

    private func problems(of name: String, _ renderer: CertificateRenderer) throws -> [String] {
        let template: CertificateTemplate
        do throws(InvalidTemplate) {
            template = try CertificateTemplate(named: name, in: folder)
        } catch {
            return [error.description]
        }
        var problems: [String] = []
        for language in [template.language] + template.languages.sorted() {
            for learner in Self.learners {
                for page in PageSize.named.map(\.value) {
                    let sample = SampleCertificate(learner: learner, language: language)
                    do {
                        _ = try renderer.pdf(of: sample.content(), template: template, page: page)
                    } catch let error as InvalidCertificate {
                        problems.append("\(name), in '\(language)': \(error)")
                    }
                }
            }
        }
        return Array(Set(problems)).sorted()
    }

    private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

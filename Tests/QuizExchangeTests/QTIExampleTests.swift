import Foundation
import QuizScoring
import Testing

@testable import QuizExchange

/// The item examples that 1EdTech publishes with QTI 3.0, read where they lie beside the checkout.
@Suite(.enabled(if: Examples.areThere, "the folder ../shared/data/qti3 is not beside the checkout"))
struct QTIExampleTests {
    /// Responses, and what the specification's templates score for them.
    @Test(
        arguments: [
            ("choice", "ChoiceA", "1"), ("choice", "ChoiceB", "0"), ("choice_fixed", "ChoiceA", "1"),
            ("svg", "circle", nil),
            ("hotspot", "A", "1"), ("hotspot", "B", "0"), ("inline_choice_math", "choice2", "1"),
            ("inline_choice_math", "choice1", "0"),
            ("order", ["DriverC", "DriverA", "DriverB"], "1"), ("order", ["DriverA", "DriverC", "DriverB"], "0"),
            ("associate", ["A P", "C M", "D L"], "4"), ("associate", ["P A", "L D"], "3"), ("associate", ["A C"], "0"),
            ("match", ["C R", "D M", "L M", "P T"], "3"), ("match", ["C R", "D M"], "1.5"), ("match", ["R C"], "0"),
            ("gap_match", ["W G1", "Su G2"], "3"), ("gap_match", ["W G1", "Sp G2"], "0"),
            ("gap_match", ["Su G2", "Sp G1"], "1"),
            ("graphic_gap_match", ["GLA A", "EDI B", "MAN C"], "3"), ("graphic_gap_match", ["GLA A", "MAN B"], "0"),
            ("select_point", "102 113", "1"), ("select_point", "102 129", "1"), ("select_point", "102 130", "0"),
            ("choice_multiple_chocolade", ["C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C10"], "1"),
            ("choice_multiple_chocolade", ["C14", "C13", "C12", "C08", "C07", "C06", "C05", "C11"], "1"),
            ("choice_multiple_chocolade", ["C01"], "0"),
            ("Example01-modalFeedback", "true", "10"), ("Example01-modalFeedback", "false", "0"),
        ] as [(String, ResponseValue, String?)])
    func `an example scores as specified`(name: String, response: ResponseValue, points: String?) throws {
        let question = try #require(try Examples.read(name).questions.first)
        let quiz = Quiz(id: "quiz", sections: [Section(id: "s", questions: [question])])
        let grade = try AnswerKey(quiz).grade(Submission(quiz: "quiz", responses: [question.id: Response(response)]))
        if let points { #expect(grade.points.description == points) }
    }

    @Test(arguments: [
        "choice_ruby", "orkney2", "svg", "graphic_order", "order_rtl", "choice", "choice_fixed", "hotspot", "order",
        "inline_choice_math",
    ])
    func `the right response of an example earns all points`(name: String) throws {
        let question = try #require(try Examples.read(name).questions.first)
        guard case .template(let template) = question.interaction else { throw TemplateExpected() }
        let right = template.responses[0]
        let quiz = Quiz(id: "quiz", sections: [Section(id: "s", questions: [question])])
        let response = ResponseValue.list(right.correct)
        let grade = try AnswerKey(quiz).grade(Submission(quiz: "quiz", responses: [question.id: Response(response)]))
        #expect(grade.points == grade.maxPoints && grade.points > 0)
    }

    private struct TemplateExpected: Error {}

    @Test func `a text is for a person to read`() throws {
        #expect(try Examples.read("extended_text").questions.first?.interaction == .essay(EssayInteraction()))
    }

    @Test(arguments: [
        ("Example03-feedbackBlock-solution-random", "adaptive"),
        ("Example04-feedbackBlock-templateBlock", "adaptive"),
        ("adaptive", "adaptive"), ("feedback_adaptive", "adaptive"), ("drawing", "qti-drawing-interaction"),
        ("upload", "qti-upload-interaction"),
        ("mc_calc3", "draws variables"), ("mc_stat2", "draws variables"), ("template_image", "draws variables"),
        ("multi-input", "has 4 responses, and its rules do not only add them up"),
    ])
    func `an example that is beyond the templates is left out with its reason`(name: String, reason: String) throws {
        let report = try Examples.read(name)
        #expect(report.questions.isEmpty)
        #expect(report.notes.count == 1 && report.notes[0].line > 1)
        #expect(report.notes[0].problem.contains(reason), "\(report.notes)")
    }

    @Test func `every example is imported or left out`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Examples.folder.path).filter {
            $0.hasSuffix(".xml") && $0 != "imsmanifest.xml"
        }
        #expect(names.count == 28)
        for name in names {
            let report = try Examples.read(String(name.dropLast(4)))
            #expect(report.questions.count == 1 || !report.notes.isEmpty, "\(name)")
        }
    }

    @Test func `the manifest lists items`() throws {
        let bytes = try Array(Data(contentsOf: Examples.folder.appending(path: "imsmanifest.xml")))
        #expect(try !QTIManifest(bytes).items.isEmpty)
    }
}

private enum Examples {
    static var folder: URL {
        URL(fileURLWithPath: #filePath).appending(path: "../../../../shared/data/qti3").standardized
    }

    static var areThere: Bool { FileManager.default.isReadableFile(atPath: folder.appending(path: "choice.xml").path) }

    static func read(_ name: String) throws -> ImportReport {
        try QTIImport.read(Array(Data(contentsOf: folder.appending(path: "\(name).xml"))))
    }
}

import Decimals
import QuizScoring

extension QTIItemShape {
    func write(_ writer: inout XMLWriter, _ question: Question) {
        for declaration in declarations { declaration.write(&writer) }
        writer.element(
            "qti-outcome-declaration", ["identifier": "SCORE", "cardinality": "single", "base-type": "float"])
        if let maxScore {
            writer.element(
                "qti-outcome-declaration", ["identifier": "MAXSCORE", "cardinality": "single", "base-type": "float"]
            ) { $0.element("qti-default-value") { $0.element("qti-value", text: "\(maxScore)") } }
        }
        QTIFeedback.declare(question.feedback, &writer)
        let text = QTIText(format: question.format)
        writer.element("qti-item-body") {
            body.write(&$0, prompt: question.prompt, response: declarations.first?.id ?? "RESPONSE", text)
        }
        writeProcessing(&writer, points: question.points)
        QTIFeedback.write(question.feedback, text, &writer)
    }

    private func writeProcessing(_ writer: inout XMLWriter, points: Decimal128) {
        switch processing {
        case .person: break
        case .template:
            let name = declarations[0].template.rawValue
            writer.element(
                "qti-response-processing",
                ["template": "https://www.imsglobal.org/question/qti_v3p0/rptemplates/\(name).xml"])
        case .match: writer.element("qti-response-processing") { writeMatches(&$0, points) }
        case .sum: writer.element("qti-response-processing") { writeSum(&$0) }
        case .numbers(let numbers):
            writer.element("qti-response-processing") { rules in
                Self.writeCondition(numbers, &rules) { $1.write(&$0) }
            }
        }
    }

    private func writeSum(_ writer: inout XMLWriter) {
        writer.element("qti-set-outcome-value", ["identifier": "SCORE"]) {
            $0.element("qti-sum") { sum in
                for declaration in declarations { sum.element("qti-map-response", ["identifier": declaration.id]) }
            }
        }
    }

    /// As match_correct, but for more than one point, or with further values that are as right.
    private func writeMatches(_ writer: inout XMLWriter, _ points: Decimal128) {
        let declaration = declarations[0]
        let values: [[String]?] = [nil] + declaration.alternatives
        Self.writeCondition(values, &writer) { branch, values in
            branch.element("qti-match") { match in
                match.element("qti-variable", ["identifier": declaration.id])
                if let values {
                    declaration.write(values: values, &match)
                } else {
                    match.element("qti-correct", ["identifier": declaration.id])
                }
            }
            QTINumber.writeScore(points, &branch)
        }
    }

    /// A branch for each case, and no points else.
    private static func writeCondition<Case>(
        _ cases: [Case], _ writer: inout XMLWriter, _ branch: (inout XMLWriter, Case) -> Void
    ) {
        writer.element("qti-response-condition") { condition in
            for (index, item) in cases.enumerated() {
                condition.element(index == 0 ? "qti-response-if" : "qti-response-else-if") { branch(&$0, item) }
            }
            condition.element("qti-response-else") { QTINumber.writeScore(0, &$0) }
        }
    }
}

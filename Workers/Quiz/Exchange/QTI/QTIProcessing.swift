import Decimals
import QuizScoring

/// The response processing of an item: a standard template, or rules that say the same.
struct QTIProcessing {
    private(set) var declarations: [ResponseDeclaration] = []
    /// What the item says its mapping gives at most.
    private(set) var maxScore: Decimal128?
    /// What rules of its own give for the right response.
    private(set) var score: Decimal128?

    private let line: Int

    init(_ item: QTIItem) throws(SkippedQuestion) {
        guard let processing = item.root.first("qti-response-processing") else {
            throw SkippedQuestion(
                item.root.line,
                "The item has no qti-response-processing, so nothing says how it is scored; it is left out.")
        }
        line = processing.line
        for element in item.root.all("qti-response-declaration") {
            declarations.append(try QTIDeclaration.read(element))
        }
        if try readSum(processing, item) { return }
        guard declarations.count == 1 else {
            throw SkippedQuestion(
                line,
                "The item has \(declarations.count) responses, and its rules do not only add them up, so it is left out."
            )
        }
        if let template = processing.attributes["template"] {
            declarations[0].template = try named(template)
            maxScore = declarations[0].template == .matchCorrect ? nil : item.maxScore
        } else {
            try readRules(processing, item)
        }
    }

    private func named(_ template: String) throws(SkippedQuestion) -> ResponseTemplate {
        let name = template.split(separator: "/").last.map { $0.hasSuffix(".xml") ? $0.dropLast(4) : $0 } ?? ""
        guard let known = ResponseTemplate(rawValue: String(name)) else {
            throw SkippedQuestion(
                line,
                "The template \(InvalidDocument.quoted(template)) is none of the standard ones, so the item is left out."
            )
        }
        return known
    }

    /// SCORE is the sum of what the mappings of the responses give, each once.
    /// - Returns: whether it is one.
    private mutating func readSum(_ processing: XMLElement, _ item: QTIItem) throws(SkippedQuestion) -> Bool {
        guard processing.elements.count == 1, let action = processing.first("qti-set-outcome-value"),
            action.attributes["identifier"] == "SCORE", let sum = action.first("qti-sum")
        else { return false }
        let names = sum.elements.map { $0.attributes["identifier"] ?? "" }
        guard Set(names) == Set(declarations.map(\.id)), names.count == declarations.count else { return false }
        for element in sum.elements {
            guard let index = declarations.firstIndex(where: { $0.id == element.attributes["identifier"] }),
                let template = ResponseTemplate(element: element.name)
            else { throw unknown(element) }
            declarations[index].template = template
        }
        maxScore = item.maxScore
        return true
    }

    // MARK: Rules of its own

    /// One condition: if the response matches, the score is so much; else if it matches another value, as much; else
    /// nothing. That is match_correct.
    private mutating func readRules(_ processing: XMLElement, _ item: QTIItem) throws(SkippedQuestion) {
        guard processing.elements.count == 1, let condition = processing.first("qti-response-condition") else {
            throw SkippedQuestion(
                line, "The response processing has rules beyond one condition, so the item is left out.")
        }
        var matches: [[String]] = []
        for branch in condition.elements {
            switch branch.name {
            case "qti-response-if", "qti-response-else-if": matches.append(try match(branch, item))
            case "qti-response-else": try checkElse(branch)
            default: throw unknown(branch)
            }
        }
        declarations[0].template = .matchCorrect
        declarations[0].correct = matches.first ?? []
        declarations[0].alternatives = Array(matches.dropFirst())
    }

    /// The value that this branch wants.
    private mutating func match(_ branch: XMLElement, _ item: QTIItem) throws(SkippedQuestion) -> [String] {
        guard let match = branch.elements.first, match.name == "qti-match", let wanted = match.elements.last,
            match.elements.count == 2, match.first("qti-variable")?.attributes["identifier"] == declarations[0].id
        else { throw unknown(branch.elements.first ?? branch) }
        for action in branch.elements.dropFirst() { try readScore(action, item) }
        switch wanted.name {
        case "qti-correct": return declarations[0].correct
        case "qti-multiple", "qti-ordered": return wanted.all("qti-base-value").map(\.words)
        case "qti-base-value": return [wanted.words]
        default: throw unknown(wanted)
        }
    }

    /// SCORE is set to a number or to MAXSCORE, the same in every branch; other outcomes are about feedback.
    private mutating func readScore(_ action: XMLElement, _ item: QTIItem) throws(SkippedQuestion) {
        guard action.name == "qti-set-outcome-value" else { throw unknown(action) }
        guard action.attributes["identifier"] == "SCORE" else { return }
        let isMost = action.first("qti-variable")?.attributes["identifier"] == "MAXSCORE"
        let value = isMost ? item.maxScore : action.first("qti-base-value").flatMap { try? Decimal128($0.words) }
        guard let value, value > 0, score == nil || score == value else { throw unknown(action) }
        score = value
    }

    private func checkElse(_ branch: XMLElement) throws(SkippedQuestion) {
        for action in branch.elements where action.attributes["identifier"] == "SCORE" {
            guard let value = action.first("qti-base-value").flatMap({ try? Decimal128($0.words) }), value.isZero else {
                throw unknown(action)
            }
        }
    }

    private func unknown(_ element: XMLElement) -> SkippedQuestion {
        .unknownRule(element)
    }
}

extension SkippedQuestion {
    static func unknownRule(_ element: XMLElement) -> SkippedQuestion {
        SkippedQuestion(
            element.line,
            "The response processing has a rule (\(element.name)) that is not possible here, so the item is left out.")
    }
}

extension ResponseTemplate {
    /// That of the expression which it is made of.
    fileprivate init?(element: String) {
        switch element {
        case "qti-map-response": self = .mapResponse
        case "qti-map-response-point": self = .mapResponsePoint
        default: return nil
        }
    }
}

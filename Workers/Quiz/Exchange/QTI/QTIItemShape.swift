import Decimals
import QuizScoring

/// A question as QTI sees it: response variables, and what is shown.
struct QTIItemShape {
    private let template: TemplateInteraction
    /// The element of the interaction of a variable; nothing for a text that a person reads.
    private let element: String?

    /// - Returns: `nil` for what no standard template scores alike.
    init?(_ question: Question) {
        switch question.interaction {
        case .template(let template):
            guard template.responses.count == 1 else { return nil }
            (self.template, element) = (template, Self.element(for: template.responses[0]))
        case .choice(let choice):
            guard let template = Self.template(choice, points: question.points) else { return nil }
            (self.template, element) = (template, "qti-choice-interaction")
        case .trueFalse(let truth):
            let choice = ChoiceInteraction(choices: [
                Choice(id: "true", text: "True", fraction: truth.answer ? 1 : 0),
                Choice(id: "false", text: "False", fraction: truth.answer ? 0 : 1),
            ])
            guard let template = Self.template(choice, points: question.points) else { return nil }
            (self.template, element) = (template, "qti-choice-interaction")
        case .ordering(let ordering):
            guard ordering.scoring == .allOrNothing else { return nil }
            (template, element) = (Self.template(ordering), "qti-order-interaction")
        case .shortText(let text):
            guard let template = Self.template(text, points: question.points) else { return nil }
            (self.template, element) = (template, "qti-text-entry-interaction")
        case .hotspot(let hotspot):
            (template, element) = (Self.template(hotspot, points: question.points), "qti-select-point-interaction")
        case .essay: (template, element) = (TemplateInteraction(responses: []), nil)
        default: return nil
        }
    }

    private static func template(_ choice: ChoiceInteraction, points: Decimal128) -> TemplateInteraction? {
        let right = choice.choices.filter { $0.fraction > 0 }
        let isWhole =
            choice.scoring == .allOrNothing
            || (!choice.multiple && choice.choices.allSatisfy { $0.fraction.isZero || $0.fraction == 1 })
        guard choice.scoring != .rightMinusWrong, isWhole ? choice.multiple || right.count == 1 : choice.multiple,
            !choice.allowsNegative
        else { return nil }
        let mapping =
            isWhole
            ? nil
            : Mapping(
                entries: choice.choices.map { MapEntry(key: $0.id, value: $0.fraction * points) }, lowerBound: 0,
                upperBound: points)
        let declaration = ResponseDeclaration(
            id: "RESPONSE", cardinality: choice.multiple ? .multiple : .single, correct: right.map(\.id),
            mapping: mapping,
            template: isWhole ? .matchCorrect : .mapResponse)
        return TemplateInteraction(
            responses: [declaration],
            labels: choice.choices.map { TemplateLabel(response: "RESPONSE", id: $0.id, text: $0.text) },
            maxScore: isWhole ? nil : points)
    }

    private static func template(_ ordering: OrderingInteraction) -> TemplateInteraction {
        TemplateInteraction(
            responses: [ResponseDeclaration(id: "RESPONSE", cardinality: .ordered, correct: ordering.items.map(\.id))],
            labels: ordering.items.map { TemplateLabel(response: "RESPONSE", id: $0.id, text: $0.text) })
    }

    /// Without white space and composition, which QTI does not treat alike.
    private static func template(_ text: ShortTextInteraction, points: Decimal128) -> TemplateInteraction? {
        guard text.answers.allSatisfy({ $0.match == .exact }) else { return nil }
        var entries: [MapEntry] = []
        for answer in text.answers where !entries.contains(where: { $0.key == answer.text }) {
            entries.append(
                MapEntry(key: answer.text, value: answer.fraction * points, caseSensitive: text.caseSensitive))
        }
        let declaration = ResponseDeclaration(
            id: "RESPONSE", baseType: .string, correct: text.answers.first { $0.fraction == 1 }.map { [$0.text] } ?? [],
            mapping: Mapping(entries: entries), template: .mapResponse)
        return TemplateInteraction(responses: [declaration], maxScore: points)
    }

    private static func template(_ hotspot: HotspotInteraction, points: Decimal128) -> TemplateInteraction {
        let entries = hotspot.areas.map {
            AreaMapEntry(shape: $0.shape, coords: $0.coords, value: $0.fraction * points)
        }
        let declaration = ResponseDeclaration(
            id: "RESPONSE", cardinality: .multiple, baseType: .point,
            areaMapping: AreaMapping(
                entries: entries, defaultValue: hotspot.outside * points, lowerBound: 0, upperBound: points),
            template: .mapResponsePoint)
        return TemplateInteraction(responses: [declaration], maxScore: points)
    }

    private static func element(for declaration: ResponseDeclaration) -> String {
        switch (declaration.baseType, declaration.cardinality) {
        case (.pair, _): "qti-associate-interaction"
        case (.directedPair, _): "qti-associate-interaction"
        case (.point, _): "qti-select-point-interaction"
        case (.identifier, .ordered): "qti-order-interaction"
        case (.identifier, _), (.boolean, _): "qti-choice-interaction"
        default: "qti-text-entry-interaction"
        }
    }

    /// What the item is worth; nothing where a person decides.
    var points: Decimal128? { element == nil ? nil : template.highestScore }

    // MARK: Writing

    func write(_ writer: inout XMLWriter, _ question: Question) {
        for declaration in template.responses { Self.write(declaration, &writer) }
        writer.element(
            "qti-outcome-declaration", ["identifier": "SCORE", "cardinality": "single", "base-type": "float"])
        let most = template.maxScore ?? (element == nil ? question.points : nil)
        if let most { Self.writeMaximum(most, &writer) }
        writer.element("qti-item-body") { body in
            body.element("p", text: question.prompt)
            writeInteraction(&body)
        }
        if let declaration = template.responses.first {
            let url = "https://www.imsglobal.org/question/qti_v3p0/rptemplates/\(declaration.template.rawValue).xml"
            writer.element("qti-response-processing", ["template": url])
        }
    }

    private static func writeMaximum(_ most: Decimal128, _ writer: inout XMLWriter) {
        writer.element(
            "qti-outcome-declaration", ["identifier": "MAXSCORE", "cardinality": "single", "base-type": "float"]
        ) {
            $0.element("qti-default-value") { $0.element("qti-value", text: "\(most)") }
        }
    }

    private func writeInteraction(_ writer: inout XMLWriter) {
        guard let element, let declaration = template.responses.first else {
            writer.element("qti-extended-text-interaction", ["response-identifier": "RESPONSE"])
            return
        }
        let isMultiple = declaration.cardinality == .multiple
        let most: String? = element == "qti-choice-interaction" ? (isMultiple ? "0" : "1") : nil
        writer.element(element, ["response-identifier": declaration.id, "max-choices": most]) { body in
            let choice = element == "qti-associate-interaction" ? "qti-simple-associable-choice" : "qti-simple-choice"
            for label in template.labels { body.element(choice, ["identifier": label.id], text: label.text) }
        }
    }

    private static func write(_ declaration: ResponseDeclaration, _ writer: inout XMLWriter) {
        writer.element(
            "qti-response-declaration",
            [
                "identifier": declaration.id, "cardinality": declaration.cardinality.rawValue,
                "base-type": declaration.baseType.rawValue,
            ]
        ) { body in
            if !declaration.correct.isEmpty {
                body.element("qti-correct-response") {
                    for value in declaration.correct { $0.element("qti-value", text: value) }
                }
            }
            if let mapping = declaration.mapping { write(mapping, &body) }
            if let mapping = declaration.areaMapping { write(mapping, &body) }
        }
    }

    private static func write(_ mapping: Mapping, _ writer: inout XMLWriter) {
        writer.element(
            "qti-mapping",
            [
                "default-value": "\(mapping.defaultValue)", "lower-bound": mapping.lowerBound.map { "\($0)" },
                "upper-bound": mapping.upperBound.map { "\($0)" },
            ]
        ) { body in
            for entry in mapping.entries {
                let caseSensitive: String? = entry.caseSensitive ? nil : "false"
                body.element(
                    "qti-map-entry",
                    ["map-key": entry.key, "mapped-value": "\(entry.value)", "case-sensitive": caseSensitive])
            }
        }
    }

    private static func write(_ mapping: AreaMapping, _ writer: inout XMLWriter) {
        writer.element(
            "qti-area-mapping",
            [
                "default-value": "\(mapping.defaultValue)", "lower-bound": mapping.lowerBound.map { "\($0)" },
                "upper-bound": mapping.upperBound.map { "\($0)" },
            ]
        ) { body in
            for entry in mapping.entries {
                let coords = entry.coords.map(\.description).joined(separator: ",")
                body.element(
                    "qti-area-map-entry",
                    ["shape": entry.shape.rawValue, "coords": coords, "mapped-value": "\(entry.value)"])
            }
        }
    }
}

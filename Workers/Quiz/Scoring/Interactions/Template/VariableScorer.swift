import Decimals

/// Scores one response variable by its template.
struct VariableScorer: Sendable {
    private enum Rule {
        case matchCorrect([[TemplateValue]])
        case mapResponse([TemplateValue: Decimal128], folded: [String: Decimal128], Mapping<MapEntry>)
        case mapResponsePoint([(area: Area, value: Decimal128)], Mapping<AreaMapEntry>)
    }

    let id: String
    private let declaration: ResponseDeclaration
    private let rule: Rule

    init(_ declaration: ResponseDeclaration, at path: QuizPath) throws(InvalidDocument) {
        (self.declaration, id) = (declaration, declaration.id)
        switch declaration.template {
        case .matchCorrect: rule = try Self.matchCorrect(declaration, at: path)
        case .mapResponse: rule = try Self.mapResponse(declaration, at: path.key("mapping"))
        case .mapResponsePoint: rule = try Self.mapResponsePoint(declaration, at: path.key("areaMapping"))
        }
    }

    private static func matchCorrect(
        _ declaration: ResponseDeclaration, at path: QuizPath
    ) throws(InvalidDocument) -> Rule {
        var accepted: [[TemplateValue]] = []
        for texts in [declaration.correct] + declaration.alternatives {
            let place = path.key("correct")
            try place.check(count: texts.count, in: 1...Limits.parts, of: "values")
            try place.check(
                declaration.cardinality != .single || texts.count == 1,
                "has several values, but the cardinality is single")
            guard let values = values(texts, declaration) else {
                throw place.error("has a value that is no \(declaration.baseType)")
            }
            accepted.append(values)
        }
        return .matchCorrect(accepted)
    }

    private static func mapResponse(
        _ declaration: ResponseDeclaration, at path: QuizPath
    ) throws(InvalidDocument) -> Rule {
        guard let mapping = declaration.mapping else { throw path.error("is missing, which map_response needs") }
        try path.key("entries").check(count: mapping.entries.count, in: 1...Limits.parts, of: "entries")
        try check([mapping.defaultValue, mapping.lowerBound ?? 0, mapping.upperBound ?? 0], at: path)
        var (exact, folded): ([TemplateValue: Decimal128], [String: Decimal128]) = ([:], [:])
        for (index, entry) in mapping.entries.enumerated() {
            let place = path.key("entries").index(index)
            try check([entry.value], at: place)
            guard let key = TemplateValue(entry.key, declaration.baseType) else {
                throw place.key("key").error(
                    "is \(InvalidDocument.quoted(entry.key)), which is no \(declaration.baseType)")
            }
            if entry.caseSensitive {
                exact[key] = entry.value
            } else {
                folded[ComparableText.folded(entry.key)] = entry.value
            }
        }
        return .mapResponse(exact, folded: folded, mapping)
    }

    private static func mapResponsePoint(
        _ declaration: ResponseDeclaration, at path: QuizPath
    ) throws(InvalidDocument) -> Rule {
        guard let mapping = declaration.areaMapping else {
            throw path.error("is missing, which map_response_point needs")
        }
        try path.check(declaration.baseType == .point, "is of a variable that holds no points")
        try path.key("entries").check(count: mapping.entries.count, in: 1...Limits.parts, of: "entries")
        try check([mapping.defaultValue, mapping.lowerBound ?? 0, mapping.upperBound ?? 0], at: path)
        try path.key("entries").check(coordinates: mapping.entries.reduce(0) { $0 + $1.coords.count })
        var areas: [(area: Area, value: Decimal128)] = []
        for (index, entry) in mapping.entries.enumerated() {
            let place = path.key("entries").index(index)
            try check([entry.value], at: place)
            areas.append((try Area(entry.shape, entry.coords, at: place), entry.value))
        }
        return .mapResponsePoint(areas, mapping)
    }

    private static func check(_ values: [Decimal128], at path: QuizPath) throws(InvalidDocument) {
        let most = Decimal128(Limits.points)
        try path.check(values.allSatisfy { $0.magnitude <= most }, "has a score beyond \(most)")
    }

    /// In one order, where the order does not matter.
    private static func values(_ texts: [String], _ declaration: ResponseDeclaration) -> [TemplateValue]? {
        let values = texts.compactMap { TemplateValue($0, declaration.baseType) }
        return values.count == texts.count ? values : nil
    }

    // MARK: Scoring

    /// The score; `nil` for what is no value of the variable. A blank response scores 0, as the templates say.
    func score(_ response: ResponseValue?) -> Decimal128? {
        guard let response, !response.isBlank else { return 0 }
        let texts: [String]
        switch response {
        case .text(let text): texts = [text]
        case .list(let list) where declaration.cardinality != .single || list.count == 1: texts = list
        default: return nil
        }
        guard texts.count <= (declaration.baseType == .point ? Limits.marks : Limits.parts),
            texts.allSatisfy({ $0.utf8.count <= Limits.responseBytes })
        else {
            return nil
        }
        guard let values = Self.values(texts, declaration) else { return nil }
        switch rule {
        case .matchCorrect(let accepted): return accepted.contains { isSame($0, values) } ? 1 : 0
        case .mapResponse(let exact, let folded, let mapping): return mapped(values, texts, exact, folded, mapping)
        case .mapResponsePoint(let areas, let mapping): return Self.mapped(texts.compactMap(Point.init), areas, mapping)
        }
    }

    private func isSame(_ wanted: [TemplateValue], _ values: [TemplateValue]) -> Bool {
        guard declaration.cardinality == .multiple else { return wanted == values }
        return wanted.count == values.count && Self.counts(wanted) == Self.counts(values)
    }

    private static func counts(_ values: [TemplateValue]) -> [TemplateValue: Int] {
        values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// The sum over the values of a container, each different one once; the bounds are for containers.
    private func mapped(
        _ values: [TemplateValue], _ texts: [String], _ exact: [TemplateValue: Decimal128],
        _ folded: [String: Decimal128], _ mapping: Mapping<MapEntry>
    ) -> Decimal128 {
        var (sum, seen): (Decimal128, Set<TemplateValue>) = (0, [])
        for (value, text) in zip(values, texts) where seen.insert(value).inserted {
            sum += exact[value] ?? (folded.isEmpty ? nil : folded[ComparableText.folded(text)]) ?? mapping.defaultValue
        }
        return declaration.cardinality == .single ? sum : sum.bounded(mapping.lowerBound, mapping.upperBound)
    }

    /// Every area scores once; a point in no area scores the default.
    private static func mapped(
        _ points: [Point], _ areas: [(area: Area, value: Decimal128)], _ mapping: Mapping<AreaMapEntry>
    ) -> Decimal128 {
        var (sum, seen): (Decimal128, Set<Int>) = (0, [])
        for point in points {
            if let index = areas.firstIndex(where: { $0.area.contains(point) }) {
                if seen.insert(index).inserted { sum += areas[index].value }
            } else {
                sum += mapping.defaultValue
            }
        }
        return sum.bounded(mapping.lowerBound, mapping.upperBound)
    }

    // MARK: The most there is

    /// What the right response scores; else the best of the map.
    var maxScore: Decimal128 {
        switch rule {
        case .matchCorrect: 1
        case .mapResponse(_, _, let mapping): bestOf(mapping)
        case .mapResponsePoint(let areas, let mapping):
            bestOf(areas.map(\.value), upperBound: mapping.upperBound)
        }
    }

    private func bestOf(_ mapping: Mapping<MapEntry>) -> Decimal128 {
        if !declaration.correct.isEmpty, let score = score(.list(declaration.correct)), score > 0 { return score }
        return bestOf(mapping.entries.map(\.value), upperBound: mapping.upperBound)
    }

    private func bestOf(_ values: [Decimal128], upperBound: Decimal128?) -> Decimal128 {
        let positive = values.filter { $0 > 0 }
        let best = declaration.cardinality == .single ? positive.max() ?? 0 : positive.reduce(0, +)
        return best.bounded(nil, upperBound)
    }
}

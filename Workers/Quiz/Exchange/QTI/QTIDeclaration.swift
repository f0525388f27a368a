import Decimals
import QuizScoring

/// Reads a response declaration.
enum QTIDeclaration {
    static func read(_ element: XMLElement) throws(SkippedQuestion) -> ResponseDeclaration {
        let id = element.attributes["identifier"] ?? ""
        guard let cardinality = Cardinality(rawValue: element.attributes["cardinality"] ?? "") else {
            throw SkippedQuestion(
                element.line,
                "The response \(id) is of a cardinality that is not possible here, so the item is left out.")
        }
        guard let baseType = BaseType(rawValue: element.attributes["base-type"] ?? "") else {
            throw SkippedQuestion(
                element.line, "The response \(id) is of a base type that is not possible here, so the item is left out."
            )
        }
        return ResponseDeclaration(
            id: id, cardinality: cardinality, baseType: baseType,
            correct: element.first("qti-correct-response").map(values) ?? [],
            mapping: try element.first("qti-mapping").map(mapping),
            areaMapping: try element.first("qti-area-mapping").map(areaMapping))
    }

    static func values(_ element: XMLElement) -> [String] { element.all("qti-value").map(\.words) }

    private static func mapping(_ element: XMLElement) throws(SkippedQuestion) -> Mapping<MapEntry> {
        var entries: [MapEntry] = []
        for entry in element.all("qti-map-entry") {
            // The default of the specification is true.
            let caseSensitive = entry.attributes["case-sensitive"] != "false"
            entries.append(
                MapEntry(
                    key: entry.attributes["map-key"] ?? "", value: try number(entry, "mapped-value") ?? 0,
                    caseSensitive: caseSensitive))
        }
        return Mapping(
            entries: entries, defaultValue: try number(element, "default-value") ?? 0,
            lowerBound: try number(element, "lower-bound"), upperBound: try number(element, "upper-bound"))
    }

    private static func areaMapping(_ element: XMLElement) throws(SkippedQuestion) -> Mapping<AreaMapEntry> {
        var entries: [AreaMapEntry] = []
        for entry in element.all("qti-area-map-entry") { entries.append(try area(entry)) }
        return Mapping(
            entries: entries, defaultValue: try number(element, "default-value") ?? 0,
            lowerBound: try number(element, "lower-bound"), upperBound: try number(element, "upper-bound"))
    }

    private static func area(_ entry: XMLElement) throws(SkippedQuestion) -> AreaMapEntry {
        guard let shape = HotspotShape(rawValue: entry.attributes["shape"] ?? "") else {
            throw SkippedQuestion(
                entry.line,
                "The shape \(InvalidDocument.quoted(entry.attributes["shape"] ?? "")) is not possible here, so the item is left out."
            )
        }
        let texts = (entry.attributes["coords"] ?? "").split { $0 == "," || $0.isWhitespace }
        let coords = texts.compactMap { try? Decimal128($0) }
        guard coords.count == texts.count else {
            throw SkippedQuestion(entry.line, "The coordinates of an area are no numbers, so the item is left out.")
        }
        return AreaMapEntry(shape: shape, coords: coords, value: try number(entry, "mapped-value") ?? 0)
    }

    static func number(_ element: XMLElement, _ name: String) throws(SkippedQuestion) -> Decimal128? {
        guard let text = element.attributes[name] else { return nil }
        guard let number = try? Decimal128(text) else {
            throw SkippedQuestion(
                element.line, "\(name) is \(InvalidDocument.quoted(text)), which is no number, so the item is left out."
            )
        }
        return number
    }
}

import QuizScoring

extension ResponseDeclaration {
    func write(_ writer: inout XMLWriter) {
        writer.element(
            "qti-response-declaration",
            ["identifier": id, "cardinality": cardinality.rawValue, "base-type": baseType.rawValue]
        ) { body in
            if !correct.isEmpty {
                body.element("qti-correct-response") {
                    for value in correct { $0.element("qti-value", text: value) }
                }
            }
            if let mapping { Self.write(mapping, &body) }
            if let areaMapping { Self.write(areaMapping, &body) }
        }
    }

    /// A value that stands in a rule.
    func write(values: [String], _ writer: inout XMLWriter) {
        func write(_ value: String, _ writer: inout XMLWriter) {
            writer.element("qti-base-value", ["base-type": baseType.rawValue], text: value)
        }
        switch cardinality {
        case .single: for value in values { write(value, &writer) }
        case .multiple: writer.element("qti-multiple") { for value in values { write(value, &$0) } }
        case .ordered: writer.element("qti-ordered") { for value in values { write(value, &$0) } }
        }
    }

    private static func write(_ mapping: Mapping<MapEntry>, _ writer: inout XMLWriter) {
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

    private static func write(_ mapping: Mapping<AreaMapEntry>, _ writer: inout XMLWriter) {
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

import Decimals

/// The languages that grades are explained in. What teachers wrote, such as feedback, is in theirs.
package enum Language: String, Codable, Sendable, CaseIterable {
    case en, de, fr

    /// That of a reader's locale, such as `de-AT`; English for what is none of these.
    package init(locale: String?) {
        let language = locale?.prefix { $0 != "-" && $0 != "_" }.lowercased() ?? ""
        self = Language(rawValue: language) ?? .en
    }

    func number(_ value: Decimal128?) -> String {
        let text = (value ?? 0).description
        return self == .en ? text : String(text.map { $0 == "." ? "," : $0 })
    }

    func percent(_ fraction: Decimal128?) -> String {
        "\(number(((fraction ?? 0) * 100).rounded(places: 2, .halfUp))) %"
    }

    // MARK: Around the rules

    var notMarkedYet: String {
        switch self {
        case .en: "Not marked yet."
        case .de: "Noch nicht bewertet."
        case .fr: "Pas encore noté."
        }
    }

    func points(_ points: Decimal128, of most: Decimal128) -> String {
        switch self {
        case .en: "\(points) of \(most) points."
        case .de: "\(number(points)) von \(number(most)) Punkten."
        case .fr: "\(number(points)) sur \(number(most)) points."
        }
    }

    func total(_ points: Decimal128, of most: Decimal128) -> String {
        switch self {
        case .en: "Total: \(self.points(points, of: most))"
        case .de: "Gesamt: \(self.points(points, of: most))"
        case .fr: "Total : \(self.points(points, of: most))"
        }
    }
}

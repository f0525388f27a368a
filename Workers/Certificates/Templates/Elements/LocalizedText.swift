/// A text of a template: one for all languages, or one for each.
package struct LocalizedText: Sendable, Equatable {
    /// By lower-case language; that of a template's own language stands under the empty one.
    private let texts: [String: String]

    init(_ texts: [String: String]) { self.texts = texts }

    /// The text for `de-AT`: that, then `de`, then the template's own.
    package func text(for language: String?) -> String {
        for tag in LanguageTag(language ?? "").fallbacks {
            if let text = texts[tag] { return text }
        }
        return texts[""] ?? ""
    }

    var languages: Set<String> { Set(texts.keys) }
}

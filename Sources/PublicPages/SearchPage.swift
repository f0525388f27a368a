import HTTPServer

/// The page with the form for a code.
struct SearchPage {
    private static let template = PageTemplate(PackageResources.search_html)

    private let language: PageLanguage
    private let state: String
    private let words: KeyPath<CertificateTexts, PageWords>

    init(
        _ language: PageLanguage, state: String, texts: KeyPath<CertificateTexts, PageWords>
    ) {
        (self.language, self.state, words) = (language, state, texts)
    }

    func response(_ status: HTTPStatus) throws -> HTTPResponse {
        let texts = CertificateTexts.in(language)
        let words = texts[keyPath: words]
        return try Self.template.response(
            status, language,
            [
                "title": .string(words.heading), "state": .string(state), "heading": .string(words.heading),
                "sentence": .string(words.sentence), "label": .string(texts.label), "button": .string(texts.button),
            ])
    }
}

import HTTPServer
import Mustache

/// A page that says one thing, and may ask for one.
struct NoticePage {
    enum Kind: String {
        case ask, done, problem
    }

    private static let template = PageTemplate(PackageResources.notice_html)

    private let language: PageLanguage
    private var data: [String: MustacheValue]

    init(
        _ title: String, _ words: PageWords, _ kind: Kind, _ language: PageLanguage
    ) {
        self.language = language
        data = [
            "title": .string(title), "heading": .string(words.heading), "sentence": .string(words.sentence),
            "state": .string(kind == .problem ? "refused" : kind.rawValue),
            "is\(kind.rawValue.capitalized)": .bool(true),
        ]
    }

    /// With a button that posts the token.
    func asking(_ button: String, token: String) -> Self {
        var page = self
        page.data["button"] = .string(button)
        page.data["token"] = .string(token)
        return page
    }

    func response(_ status: HTTPStatus) throws -> HTTPResponse { try Self.template.response(status, language, data) }
}

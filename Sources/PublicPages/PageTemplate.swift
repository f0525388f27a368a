import FoundationEssentials
import HTTPServer
import Mustache
import Signing

/// A page of the program: a template within the frame that all have.
///
/// Whatever is filled in is escaped by its place, and the browser is told to load nothing and to run nothing: the only style
/// is the one here, known by its hash (CSP Level 3).
struct PageTemplate: Sendable {
    private static let style = String(decoding: PackageResources.style_css, as: UTF8.self)
    private static let frame = parsed(PackageResources.frame_html)
    private static let policy = """
        default-src 'none'; style-src 'sha256-\(Data(SHA256.hash(Array(style.utf8))).base64EncodedString())'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'
        """

    private let content: MustacheTemplate

    init(_ source: [UInt8]) { content = Self.parsed(source) }

    /// - Parameter data: `title` and what the template names.
    func response(
        _ status: HTTPStatus, _ language: PageLanguage, _ data: [String: MustacheValue]
    ) throws -> HTTPResponse {
        var page: [UInt8] = []
        let frame: [String: MustacheValue] = ["lang": .string(language.rawValue), "style": .string(Self.style)]
        try Self.frame.render(
            in: [.object(frame), .object(data)], partials: ["content": content], absent: .empty, into: &page)
        return HTTPResponse(
            status, "text/html; charset=utf-8", page,
            fields: [
                ("Content-Security-Policy", Self.policy), ("Content-Language", language.rawValue),
                ("Vary", "Accept, Accept-Language"), ("X-Robots-Tag", "noindex"),
            ])
    }

    private static func parsed(_ source: [UInt8]) -> MustacheTemplate {
        do {
            return try MustacheTemplate(String(decoding: source, as: UTF8.self), contentType: .html)
        } catch {
            preconditionFailure("a page of the program cannot be read: \(error)")
        }
    }
}

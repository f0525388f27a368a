import CertificateRecord
import HTTPServer
import Mustache

/// The page of what a course awards.
struct AchievementPage {
    private static let template = PageTemplate(PackageResources.achievement_html)

    private let details: CertificateDetails
    private let language: PageLanguage

    init(_ details: CertificateDetails, _ language: PageLanguage) {
        (self.details, self.language) = (details, language)
    }

    var response: HTTPResponse {
        get throws {
            let texts = CertificateTexts.in(language)
            var data: [String: MustacheValue] = [
                "title": .string(details.title), "issuer": .string(details.issuer), "course": .string(details.title),
                "hasText": .bool(details.description != nil || details.criteria != nil),
                "descriptionTitle": .string(texts.description), "criteriaTitle": .string(texts.criteria),
            ]
            data["description"] = details.description.map { .string($0) }
            data["criteria"] = details.criteria.map { .string($0) }
            return try Self.template.response(.ok, language, data)
        }
    }
}

import CertificateRecord
import CertificateTemplates
import FoundationEssentials
import HTTPServer
import Mustache

/// The page of one certificate.
struct CertificatePage {
    private static let template = PageTemplate(PackageResources.certificate_html)

    private let certificate: CertificateDescription
    private let language: PageLanguage
    private let texts: CertificateTexts

    init(_ certificate: CertificateDescription, _ language: PageLanguage) {
        (self.certificate, self.language) = (certificate, language)
        texts = .in(language)
    }

    var response: HTTPResponse { get throws { try Self.template.response(.ok, language, data) } }

    private var data: [String: MustacheValue] {
        let (details, state) = (certificate.details, certificate.state)
        var data: [String: MustacheValue] = [
            "title": .string("\(texts.title) \(certificate.code)"), "state": .string(state.rawValue),
            "isVoid": .bool(state == .revoked || state == .reissued), "is\(state.rawValue.capitalized)": .bool(true),
            "heading": .string(texts.state(state)?.heading ?? ""), "sentence": .string(sentence),
            "issuer": .string(details.issuer), "course": .string(details.title), "learner": .string(details.name),
            "certifies": .string(texts.certifies), "completed": .string(texts.completed),
            "facts": .list(facts), "checked": .string(texts.checked.filling("%", with: now)),
            "compare": .string(texts.compare), "compareHow": .string(texts.compareHow),
        ]
        data["grade"] = details.grade.map { .string($0) }
        if !certificate.isErased { data["sha256"] = certificate.sha256.map { .string($0) } }
        if certificate.badge != nil {
            data["badge"] = .string("/certificates/\(certificate.code)/badge")
            data["badgeText"] = .string(texts.badge)
        }
        return data
    }

    private var sentence: String {
        let day: String? =
            switch certificate.state {
            case .expired: certificate.details.expires.map(text(ofDay:))
            case .revoked: certificate.revoked.map(text(of:))
            case .issuing, .valid, .reissued: nil
            }
        let sentence = texts.state(certificate.state)?.filling("%", with: day).sentence ?? ""
        return certificate.isErased ? "\(sentence) \(texts.erased)" : sentence
    }

    private var facts: [MustacheValue] {
        [
            fact(texts.issuedOn, text(ofDay: certificate.details.date)),
            fact(texts.validUntil, certificate.details.expires.map(text(ofDay:))),
            fact(texts.number, certificate.number?.description), fact(texts.code, certificate.code, isMono: true),
            fact(texts.edition, certificate.edition > 1 ? "\(certificate.edition)" : nil),
        ].compactMap { $0 }
    }

    private func fact(_ name: String, _ value: String?, isMono: Bool = false) -> MustacheValue? {
        value.map { .object(["name": .string(name), "value": .string($0), "isMono": .bool(isMono)]) }
    }

    private var now: String {
        let time = Date().formatted(.iso8601)
        return "\(text(ofDay: String(time.prefix(10)))), \(time.dropFirst(11).prefix(5)) UTC"
    }

    private func text(of date: Date) -> String { text(ofDay: String(date.formatted(.iso8601).prefix(10))) }

    private func text(ofDay day: String) -> String { CertificateDate(day)?.text(in: language.rawValue) ?? day }
}

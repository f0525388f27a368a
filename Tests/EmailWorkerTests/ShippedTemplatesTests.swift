import Foundation
import Jobs
import Mustache
import TestSupport
import Testing

@testable import EmailWorker

/// The templates in Config, with the examples beside them.
@Suite(.timeLimit(.minutes(2)))
struct ShippedTemplatesTests {
    private static let surroundings = Surroundings(
        environment: [:], dataFolder: "/nowhere", configurationFolder: TestFolder.package + "/Config")
    private static let names = [
        "certificate-issued", "enrolment-confirmed", "instructor-notification", "password-reset", "quiz-result",
        "receipt", "reminder", "verify-address", "weekly-digest", "welcome",
    ]

    private static let locales: [String?] = [nil, "de", "fr"]

    private func mails() async throws -> [(name: String, bytes: [UInt8])] {
        let preview = try TemplatePreview(EmailSettings(), Self.surroundings)
        var mails: [(String, [UInt8])] = []
        for name in Self.names {
            for locale in Self.locales {
                let mail = try await preview.mail(name, data: nil, locale: locale, at: Date())
                mails.append(("\(name) \(locale ?? "")", mail.bytes))
            }
        }
        return mails
    }

    @Test
    func `all are in order`() throws {
        let check = TemplateCheck(EmailSettings(), Self.surroundings)
        #expect(try check.names() == Self.names)
        #expect(try Self.names.flatMap { try check.problems(of: $0) } == [])
        #expect(try check.gaps(in: Self.names) == [], "each is there in each language")
    }

    @Test
    func `a language says what the template's own says, with the same data`() throws {
        let store = TemplateStore(root: Self.surroundings.path("templates/email"))
        for name in Self.names {
            let folder = try store.folder(named: name)
            let own = try folder.template(for: nil).usedNames
            for locale in Self.locales.compactMap(\.self) {
                let names = try folder.template(for: LocaleTag(locale)).usedNames
                #expect(names == own, "\(name) \(locale)")
            }
        }
    }

    @Test
    func `each is a text and an HTML for light and dark`() async throws {
        let mails = try await mails()
        for ((name, _), mail) in zip(mails, try await ParsedMail.parse(mails.map(\.bytes))) {
            #expect(mail.parts.prefix(2).map(\.type) == ["text/plain", "text/html"] && mail.defects == [], "\(name)")
            let (text, html) = (mail.parts[0].content, String(decoding: mail.parts[1].content, as: UTF8.self))
            #expect(html.contains("prefers-color-scheme: dark") && html.contains("width=device-width"), "\(name)")
            #expect(text.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= 100 }, "\(name)")
            // Longer ones are cut off by a large provider.
            #expect(html.utf8.count < 100_000)
        }
    }

    @Test(arguments: names)
    func `a link that would do something is written as none`(name: String) async throws {
        let data = try #require(
            try TemplateStore(root: Self.surroundings.path("templates/email")).folder(named: name).sample.get())
        for link in [
            "javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
        ] {
            let preview = try TemplatePreview(EmailSettings(), Self.surroundings)
            let mail = try await preview.mail(name, data: data.replacingLinks(with: link), locale: nil, at: Date())
            let html = String(decoding: try #require(mail.html), as: UTF8.self)
            #expect(html.contains("href=\"#\""))
            #expect(!html.lowercased().contains("href=\"java") && !html.lowercased().contains("script:alert(1)\""))
        }
    }

    @Test
    func `SpamAssassin finds next to nothing`() async throws {
        let mails = try await mails()
        let scores = try await SpamAssassin.scores(of: mails.map(\.bytes))
        try #require(scores.count == mails.count)
        for ((name, _), score) in zip(mails, scores) { #expect(score < 1.0, "\(name)") }
    }
}

extension MustacheValue {
    /// The same data with every link replaced.
    fileprivate func replacingLinks(with link: String) -> MustacheValue {
        switch self {
        case .string(let text): text.hasPrefix("https://") ? .string(link) : self
        case .list(let items): .list(items.map { $0.replacingLinks(with: link) })
        case .object(let members): .object(members.mapValues { $0.replacingLinks(with: link) })
        default: self
        }
    }
}

extension EmailTemplate {
    /// The names of all its data: those that are missing where there is none.
    fileprivate var usedNames: Set<String> { Set(unknownNames(in: []).map { "\($0.file) \($0.name.name)" }) }
}

import CertificateRecord
import HTTPServer
import Platform
import PublicPages
import TestSupport
import Testing

@Suite("certificate pages")
struct CertificatePagesTests {
    @Test func `a certificate that is valid is shown with what it says`() async throws {
        try await PublicSite.with { site in
            var details = CertificateDetails.sample()
            details.grade = "With distinction"
            let code = try await site.add(details, badge: "aaa.bbb.ccc")
            let page = try await site.get("/certificates/\(code)")
            #expect(page.status == 200 && page["content-type"] == "text/html; charset=utf-8")
            for text in [
                "This certificate is valid", "Ada Lovelace", "Programming", "Analytical Academy", "With distinction",
                "2 January 2026", "CW-000001", code, "/certificates/\(code)/badge", String(repeating: "ab", count: 32),
            ] {
                #expect(page.body.contains(text), "\(text)")
            }
            #expect(page["cache-control"] == "no-store" && page["x-robots-tag"] == "noindex")
        }
    }

    @Test(arguments: [
        ("en", "This certificate is valid"), ("de-AT,en;q=0.5", "Dieses Zertifikat ist gültig"),
        ("pt, fr;q=0.8", "Ce certificat est valable"), ("es", "Este certificado es válido"),
        ("ja", "This certificate is valid"),
        ("de;q=0, en;q=0.1", "This certificate is valid"), (";;;q=,=", "This certificate is valid"),
    ])
    func `it speaks the reader's language`(accepted: String, heading: String) async throws {
        try await PublicSite.with { site in
            let code = try await site.add(.sample())
            let page = try await site.get("/certificates/\(code)", fields: ["Accept-Language: \(accepted)"])
            #expect(page.body.contains(heading))
            #expect(page.body.contains("<html lang=\"\(page["content-language"] ?? "")\">"))
        }
    }

    @Test func `what has expired, was revoked or replaced says so`() async throws {
        try await PublicSite.with { site in
            var old = CertificateDetails.sample()
            old.expires = "2026-02-03"
            for (code, heading, sentence) in [
                (try await site.add(old), "This certificate has expired", "was valid until 3 February 2026."),
                (
                    try await site.add(.sample(), state: "revoked"), "was revoked",
                    "has not been valid since 2 March 2026."
                ),
                (try await site.add(.sample(), state: "reissued"), "was replaced", "Ask its holder for the new one."),
            ] {
                let page = try await site.get("/certificates/\(code)")
                #expect(page.status == 200 && page.body.contains(heading) && page.body.contains(sentence))
                #expect(!page.body.contains("is valid") && !page.body.contains("a private reason"))
            }
        }
    }

    @Test func `an erased learner is nowhere`() async throws {
        try await PublicSite.with { site in
            let code = try await site.add(.sample(""), state: "revoked", isErased: true)
            let page = try await site.get("/certificates/\(code)")
            #expect(page.body.contains("Who held it is not stored any more."))
            #expect(!page.body.contains("This is to certify") && !page.body.contains("abab"))
            let data = try await site.get("/certificates/\(code)", fields: ["Accept: application/json"])
            #expect(!data.body.contains("learner") && !data.body.contains("sha256"))
        }
    }

    @Test func `what is not there looks alike, whatever was asked`() async throws {
        try await PublicSite.with { site in
            let unfinished = try await site.add(.sample(), state: "issuing")
            let codes = [
                CertificateCode().text, unfinished, "x", "%01", "%3Cscript%3E",
                String(repeating: "A", count: 3000),
            ]
            var pages: Set<String> = []
            for code in codes {
                let page = try await site.get("/certificates/\(code)")
                #expect(page.status == 404, "\(code)")
                pages.insert(page.body)
                let data = try await site.get("/certificates/\(code)", fields: ["Accept: application/json"])
                #expect(data.status == 404 && data["content-type"] == "application/problem+json")
                let badge = try await site.get("/certificates/\(code)/badge")
                #expect(badge.status == 404)
            }
            #expect(pages.count == 1)
        }
    }

    @Test func `a code is read as people write it`() async throws {
        try await PublicSite.with { site in
            let code = try await site.add(.sample())
            let typed = code.lowercased().replacing("0", with: "o").replacing("1", with: "l").replacing(
                "-", with: "%20")
            for target in ["/certificates/\(typed)", "/certificates?code=\(typed)"] {
                let page = try await site.get(target)
                #expect(page.status == 200 && page.body.contains("Ada Lovelace"), "\(target)")
            }
            let form = try await site.get("/certificates")
            #expect(form.status == 200 && form.body.contains(#"<form method="get" action="/certificates">"#))
        }
    }

    @Test func `programs get JSON and the credential`() async throws {
        try await PublicSite.with { site in
            var details = CertificateDetails.sample()
            details.expires = "2096-02-03"
            let code = try await site.add(details, badge: "aaa.bbb.ccc")
            let data = try await site.get(
                "/certificates/\(code)", fields: ["Accept: text/html;q=0.5, application/json"])
            #expect(data["content-type"] == "application/json")
            #expect(
                data.body == """
                    {"badge":"/certificates/\(code)/badge","code":"\(code)","course":"Programming","edition":1,\
                    "expires":"2096-02-03","issued":"2026-01-02","issuer":"Analytical Academy","learner":"Ada Lovelace",\
                    "number":"CW-000001","sha256":"\(String(repeating: "ab", count: 32))","state":"valid"}
                    """)
            let badge = try await site.get("/certificates/\(code)/badge")
            #expect(badge.body == "aaa.bbb.ccc" && badge["content-type"] == "application/vc+jwt")
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style><script>",
        "<!--", "]]>", "{{title}}", "&lt;b&gt;", "javascript:alert(1)", "<svg/onload=alert(1)>", "\u{2028}\u{202E}<b>",
    ])
    func `nothing that was written for a certificate is markup`(hostile: String) async throws {
        try await PublicSite.with { site in
            func page(_ text: String) async throws -> [String] {
                var details = CertificateDetails.sample(text, title: text)
                (details.issuer, details.grade, details.description, details.criteria) = (text, text, text, text)
                let code = try await site.add(details, course: text)
                let course = text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                return [
                    try await site.get("/certificates/\(code)").body,
                    try await site.get("/certificates/achievements/\(course)/1").body,
                ]
            }
            let (harmless, pages) = (try await page("harmless"), try await page(hostile))
            for (harmless, page) in zip(harmless, pages) {
                for letter in ["<", ">", "\"", "'"] {
                    #expect(
                        page.count { "\($0)" == letter } == harmless.count { "\($0)" == letter }, "\(letter): \(page)")
                }
                #expect(!page.contains("harmless"))
            }
        }
    }

    @Test func `no page runs or loads anything`() async throws {
        try await PublicSite.with { site in
            let code = try await site.add(.sample())
            for target in ["/certificates/\(code)", "/certificates/x", "/certificates", "/unsubscribe?token=x"] {
                let page = try await site.get(target)
                #expect(page["content-security-policy"]?.hasPrefix("default-src 'none'; style-src 'sha256-") == true)
                for word in ["<script", " src=", "http://", "https://", "@import", "url(", " style="] {
                    #expect(!page.body.contains(word), "\(word) in \(target)")
                }
                #expect(page.body.firstMatch(of: #/\son[a-z]+=/#) == nil, "\(target)")
            }
        }
    }

    @Test func `what a course awards is a page and JSON`() async throws {
        try await PublicSite.with { site in
            var details = CertificateDetails.sample(title: "Safety")
            (details.description, details.criteria) = ("What to do in a fire.", "An exercise.")
            _ = try await site.add(details, course: "safety")
            let page = try await site.get("/certificates/achievements/safety/1")
            #expect(page.status == 200 && page.body.contains("What to do in a fire.") && !page.body.contains("Ada"))
            let data = try await site.get("/certificates/achievements/safety/1", fields: ["Accept: application/json"])
            #expect(
                data.body == """
                    {"criteria":{"narrative":"An exercise."},"description":"What to do in a fire.","name":"Safety",\
                    "type":["Achievement"]}
                    """)
            for target in ["safety/2", "safety/x", "safety/-1", "safety/99999999999999999999", "fire/1"] {
                let other = try await site.get("/certificates/achievements/\(target)")
                #expect(other.status == 404, "\(target)")
            }
        }
    }

    @Test func `without its database it says that it does not know`() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        try await PublicSite.serve(CertificatePages(record: nil).routes, on: loop) { port in
            let page = try await HTTPClient.ask("GET", "/certificates/x", fields: [], port: port)
            #expect(page.status == 503 && page.body.contains("It says nothing about the certificate."))
            let data = try await HTTPClient.ask(
                "GET", "/certificates/x", fields: ["Accept: application/json"], port: port)
            #expect(data.status == 503 && data["content-type"] == "application/problem+json")
        }
    }
}

import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("certificates", .inTurns)
struct CertificatesTests {
    private static let templates = "\(Product.root)/Config/templates/certificates"

    @Test func `the templates that ship are listed, and in order`() async throws {
        try await Site.with("{}", redis: nil) { site in
            let list = try await site.run("certificates", "templates", "--templates", Self.templates)
            #expect(list.exit == .code(0) && list.output == "classic\nminimal\nmodern\n", "\(list)")
            let check = try await site.run("certificates", "templates", "check", "--templates", Self.templates)
            #expect(check.exit == .code(0) && check.output == "3 templates are in order.\n", "\(check)")
        }
    }

    @Test func `a template that is wrong is told with its line, and ends with 1`() async throws {
        try await Site.with("{}", redis: nil) { site in
            let folder = site.folder + "/templates/certificates/mine"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let template = """
                { title: "T", elements: [
                    { type: "learner", x: 10, y: 10, width: 60, height: 12, size: 11 },
                ] }
                """
            let file = folder + "/template.json5"
            try Data(template.utf8).write(to: URL(fileURLWithPath: file))
            let narrow = try await site.run("certificates", "templates", "check")
            #expect(narrow.exit == .code(1))
            #expect(narrow.output.contains("mine, in 'en': The learner's name is too long for its box"), "\(narrow)")
            try Data(template.replacing("size", with: "sise").utf8).write(to: URL(fileURLWithPath: file))
            let wrong = try await site.run("certificates", "templates", "check")
            #expect(wrong.exit == .code(1) && wrong.errors == "coursework: 1 problem found.\n")
            #expect(wrong.output.contains("template.json5:2: element 1, learner: 'sise' is not a key"), "\(wrong)")
        }
    }

    @Test func `a preview is a PDF file`() async throws {
        try await Site.with("{}", redis: nil) { site in
            let file = site.folder + "/it.pdf"
            let preview = try await site.run(
                "certificates", "preview", "modern", "--templates", Self.templates, "--learner", "సూర్య ప్రకాశ్", "--page",
                "letter", "--out", file)
            #expect(preview.exit == .code(0) && preview.output == file + "\n", "\(preview)")
            let text = try await site.run(program: "pdftotext", [file, "-"])
            #expect(text.output.contains("సూర్య ప్రకాశ్"), "\(text)")
        }
    }

    @Test func `a cohort is issued, and one of its certificates is verified, re-issued, revoked and erased`()
        async throws
    {
        let configuration = """
            {
                workers: {
                    certificate: { templates: "\(Self.templates)", issuer: "Analytical Academy" },
                    email: { templates: "\(Product.root)/Config/templates/email" },
                },
            }
            """
        try await Site.with(configuration, redis: nil) { site in
            _ = try await site.startDev()
            let learners = (1...24).map {
                #"{"learner":"l\#($0)","name":"Learner \#($0)","mail":{"to":"l\#($0)@school.example"}}"#
            }
            let file = try site.write(learners.joined(separator: "\n").utf8, to: "learners.jsonl")
            let begun = try await site.runOnDev(
                "certificates", "cohort", "spring", "--course", "engine", "--learners", file, "--fields",
                #"{"title":"Programming","date":"2026-12-01","template":"minimal"}"#)
            #expect(begun.output == "default:spring\n", "\(begun)")
            try await eventually("the cohort has its certificates") {
                try await site.runOnDev("batches", "show", "default:spring").output.contains("ended")
            }
            try await eventually("and the mails") {
                try FileManager.default.contentsOfDirectory(atPath: site.data + "/mail").count == 24
            }
            let numbers = try await site.sql(
                "SELECT string_agg(number::text, ' ' ORDER BY number) FROM coursework.certificates")
            #expect(numbers == (1...24).map(String.init).joined(separator: " ") + "\n")
            let mail = try await site.sql(
                "SELECT args #>> '{attachments,0,key}' FROM coursework.outbox WHERE args ->> 'to' = 'l7@school.example'"
            )
            let code = try await site.sql("SELECT code FROM coursework.certificates WHERE learner = 'l7'").dropLast()
            let pdf = "\(site.data)/storage/\(mail.dropLast())"
            let sent = try await site.read(mail: try mailFile(to: "l7@", in: site))
            let sha256 = try await site.sql("SELECT sha256 FROM coursework.certificates WHERE learner = 'l7'")
                .dropLast()
            #expect(sent.parts.contains { $0.type == "application/pdf" && $0.text == sha256 }, "\(sent)")
            let valid = try await site.runOnDev("certificates", "verify", pdf)
            #expect(
                valid.exit == .code(0) && valid.output.contains("Learner 7, \"Programming\", Analytical Academy"),
                "\(valid)")
            #expect(valid.output.contains("Signed by Coursework, for trying things out."), "\(valid)")
            let reissue = try await site.runOnDev(
                "certificates", "reissue", code.lowercased(), "--name", "Learner Seven", "--reason", "A name was wrong."
            )
            #expect(reissue.exit == .code(0), "\(reissue)")
            try await eventually("it is issued anew") {
                try await site.runOnDev("certificates", "list", "--learner", "l7", "--state", "valid").output
                    .contains("Learner Seven")
            }
            let old = try await site.runOnDev("certificates", "verify", String(code))
            #expect(old.exit == .code(1) && old.output.contains("reissued, A name was wrong."), "\(old)")
            let revoke = try await site.runOnDev(
                "certificates", "revoke",
                String(try await site.sql("SELECT code FROM coursework.certificates WHERE learner = 'l8'").dropLast()),
                "--reason", "The exam was annulled.")
            #expect(revoke.exit == .code(0), "\(revoke)")
            let erased = try await site.runOnDev("certificates", "erase", "l7", "--yes")
            #expect(erased.output == "Erased the learner from 2 certificates, and 2 files.\n", "\(erased)")
            #expect(!FileManager.default.fileExists(atPath: pdf))
            let doctor = try await site.runOnDev("doctor")
            #expect(doctor.output.contains("ok       certificates: All that have a number are issued"), "\(doctor)")
        }
    }

    private struct Bucket: Encodable {
        let bucket = "school-files"
        let accessKeyID = "AKIDTEST"
        let secretAccessKey = "a secret/with+signs="
    }

    @Test func `a certificate lies in a bucket of S3, and travels from there`() async throws {
        try await PythonServer.with("s3_server.py", options: Bucket(), python: Checkout.python) { port, _ in
            let configuration = """
                {
                    storage: { s3: { endpoint: "http://localhost:\(port)", bucket: "school-files", prefix: "coursework" } },
                    workers: {
                        certificate: { templates: "\(Self.templates)", issuer: "Analytical Academy", template: "minimal" },
                        email: { templates: "\(Product.root)/Config/templates/email" },
                    },
                }
                """
            let account = ["AWS_ACCESS_KEY_ID": "AKIDTEST", "AWS_SECRET_ACCESS_KEY": Bucket().secretAccessKey]
            try await Site.with(configuration, redis: nil) { site in
                _ = try await site.startDev(environment: account)
                let environment = account.merging(site.devEnvironment) { $1 }
                let args =
                    #"{"learner":"ada","name":"Ada","course":"c","title":"T","mail":{"to":"ada@school.example"}}"#
                let issued = try await site.run(
                    "enqueue", "certificate.issue", "--args", args, "--wait", environment: environment)
                #expect(issued.exit == .code(0), "\(issued)")
                #expect(
                    issued.output.contains(#""place":"http://localhost:\#(port)/school-files/coursework/certificates/"#)
                )
                try await eventually("the mail is there") { site.mail.count == 1 }
                let sha256 = try await site.sql("SELECT sha256 FROM coursework.certificates").dropLast()
                let mail = try await site.read(mail: try mailFile(to: "ada@", in: site))
                #expect(mail.parts.contains { $0.text == sha256 }, "\(mail)")
                let doctor = try await site.run("doctor", environment: environment)
                #expect(doctor.output.contains("ok       storage: Objects can be written"), "\(doctor)")
            }
        }
    }

    private func mailFile(to address: String, in site: Site) throws -> String {
        for name in try FileManager.default.contentsOfDirectory(atPath: site.data + "/mail") {
            let path = "\(site.data)/mail/\(name)"
            if try String(contentsOfFile: path, encoding: .utf8).contains("To: \(address)") { return path }
        }
        throw TestFailure("no mail to \(address)")
    }

    private static let mistakes: [(words: [String], code: Int32)] = [
        (["certificates"], 64), (["certificates", "issue"], 64),
        (["certificates", "revoke", "7QF4-9KXM-2D8R-T5VC"], 64),
        (["certificates", "revoke", "CW-2026-1", "--reason", "r"], 64), (["certificates", "show"], 64),
        (["certificates", "cohort", "spring"], 64), (["certificates", "list", "--state", "lost"], 64),
        (["certificates", "show", "CW-2026-000001"], 78), (["certificates", "templates", "burn"], 64),
        (["certificates", "preview", "--page", "A9", "--out", "x"], 64),
        (["certificates", "preview", "--date", "today", "--templates", templates, "--out", "x"], 64),
        (["certificates", "preview", "nothing", "--out", "x"], 1),
        (["certificates", "preview", "--learner", "\u{E000}", "--templates", templates, "--out", "x"], 1),
    ]

    @Test(arguments: mistakes)
    func `what makes no sense is refused`(words: [String], code: Int32) async throws {
        try await Site.with("{}", redis: nil) { site in
            let finished = try await site.run(program: Product.command, words)
            #expect(finished.exit == .code(code) && !finished.errors.isEmpty && finished.output == "", "\(finished)")
        }
    }

    /// What an idle worker would pay for.
    @Test func `the program is not linked with what draws`() async throws {
        try await Site.with("{}", redis: nil) { site in
            let libraries = try await site.run(program: "ldd", [Product.command])
            #expect(libraries.output.contains("libhiredis"))
            for name in ["cairo", "pango", "fontconfig", "freetype", "qrencode"] {
                #expect(!libraries.output.contains(name), "\(name)")
            }
        }
    }
}

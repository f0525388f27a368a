import Foundation
import Jobs
import Testing

@testable import EmailWorker

@Suite("The examination of mail", .timeLimit(.minutes(1)))
struct MailExaminationTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func findings(
        _ settings: EmailSettings = EmailSettings(), environment: [String: String] = [:],
        configuration: String = TestFolder.package + "/Config"
    ) async -> [String: MailFinding] {
        let surroundings = Surroundings(
            environment: environment, dataFolder: folder.path, configurationFolder: configuration)
        let findings = await MailExamination(settings, surroundings).findings()
        return Dictionary(uniqueKeysWithValues: findings.map { ($0.check, $0) })
    }

    @Test
    func `without settings all is in order`() async {
        let findings = await findings()
        #expect(findings.values.allSatisfy { $0.state == .ok } && findings.count == 5, "\(findings)")
    }

    @Test(.enabled(if: SMTPTestServer.isAvailable, "Debian's python3-aiosmtpd is not installed"))
    func `a server is asked to the point where mail would follow, and gets none`() async throws {
        try await SMTPTestServer.with(["auth": "ada:secret"]) { server in
            func finding(_ password: String) async -> MailFinding? {
                let url = "smtp://ada:\(password)@127.0.0.1:\(server.port)"
                return await findings(environment: ["SMTP_URL": url])["mail transport smtp:127.0.0.1"]
            }
            let right = try #require(await finding("secret"))
            #expect(right.state == .ok && right.message.hasSuffix("takes mail without encryption, as ada."))
            let wrong = try #require(await finding("wrong"))
            #expect(wrong.state == .error && wrong.message.contains("refuses our account"))
            #expect(!wrong.message.contains("wrong"))
        }
    }

    @Test
    func `a server that is away, or without encryption, is an error`() async throws {
        let port = try ClosedPort()
        var settings = EmailSettings()
        settings.smtpTLS = "required"
        let away = await findings(environment: ["SMTP_URL": "smtp://127.0.0.1:\(port.number)"])
        #expect(away["mail transport smtp:127.0.0.1"]?.state == .error)
        #expect(away["mail record"]?.state == .warning, "mail goes out, and is not recorded")
        try await ScriptedServer.with([], { _ in nil }) { server in
            let found = await findings(settings, environment: ["SMTP_URL": "smtp://127.0.0.1:\(server.port)"])
            #expect(found["mail transport smtp:127.0.0.1"]?.message.contains("offers no encryption") == true)
            #expect(server.mails.isEmpty)
        }
    }

    @Test
    func `a template that is broken, and one that is missing, is told`() async throws {
        try folder.write(["t/hi/subject.txt": "{{#x}}", "t/hi/body.txt": "b", "t/hi/sample.json": "{}"])
        var settings = EmailSettings()
        settings.templates = "t"
        let broken = await findings(settings, configuration: folder.path)["mail templates"]
        #expect(broken?.state == .error && broken?.message.contains("the section 'x' is never closed") == true)
        settings.templates = "nowhere"
        #expect(await findings(settings)["mail templates"]?.state == .warning)
    }

    @Test(.enabled(if: TestCertificate.isAvailable, "the openssl command is not installed"))
    func `a key is told with what the DNS must have, and mail that no key signs is a warning`() async throws {
        var settings = EmailSettings()
        settings.from = "no-reply@school.example"
        let remote = ["SMTP_URL": "smtp://127.0.0.1:\(try ClosedPort().number)"]
        #expect(await findings(settings, environment: remote)["mail signatures"]?.state == .warning)
        for algorithm in ["ed25519", "rsa"] {
            let key = try DKIMTestKey(algorithm, file: folder.path + "/\(algorithm).pem")
            settings.dkim = ["school.example": [DKIMSettings(selector: "cw", keyFile: key.file)]]
            let found = await findings(settings, environment: remote)["mail signatures"]
            #expect(
                found
                    == MailFinding(
                        "signatures", .ok,
                        "The DNS must have cw._domainkey.school.example TXT \"v=DKIM1; k=\(algorithm); p=\(key.publicKey)\"."
                    ))
        }
        settings.from = "no-reply@another.example"
        #expect(await findings(settings, environment: remote)["mail signatures"]?.state == .warning)
        settings.dkim = ["school.example": [DKIMSettings(selector: "cw", keyFile: "absent.pem")]]
        #expect(await findings(settings)["mail settings"]?.message.contains("absent.pem cannot be read") == true)
    }

    @Test
    func `a list without its key is an error, and with it the link is told`() async throws {
        var settings = EmailSettings()
        settings.unsubscribe = UnsubscribeSettings(url: "https://school.example/unsubscribe")
        #expect(await findings(settings)["mail settings"]?.message.contains("it needs a key") == true)
        let key = [UnsubscribeLinks.variable: TestComposer.key]
        #expect(
            await findings(settings, environment: key)["mail unsubscribing"]?.message
                == "Readers leave a list at https://school.example/unsubscribe")
    }
}

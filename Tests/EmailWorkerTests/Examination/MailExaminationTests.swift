import Foundation
import Jobs
import Platform
import Signing
import TestSupport
import Testing

@testable import EmailWorker

@Suite("The examination of mail", .timeLimit(.minutes(1)))
struct MailExaminationTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func findings(
        _ settings: EmailSettings = EmailSettings(), environment: [String: String] = [:],
        configuration: String = TestFolder.package + "/Config",
        lookUp: @escaping SignatureExamination.LookUp = { _ throws(DNSText.Failure) in throw .unavailable }
    ) async -> [String: MailFinding] {
        let surroundings = Surroundings(
            environment: environment, dataFolder: folder.path, configurationFolder: configuration)
        let findings = await MailExamination(settings, surroundings, lookUp: lookUp).findings()
        return Dictionary(uniqueKeysWithValues: findings.map { ($0.check, $0) })
    }

    @Test
    func `without settings all is in order`() async {
        let findings = await findings()
        #expect(findings.values.allSatisfy { $0.state == .ok } && findings.count == 4, "\(findings)")
    }

    @Test
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

    @Test(arguments: ["ed25519", "rsa"])
    func `a key is compared with its record in the DNS`(algorithm: String) async throws {
        let key = try await DKIMTestKey(algorithm, file: folder.path + "/key.pem")
        var settings = EmailSettings()
        settings.dkim = ["school.example": [DKIMSettings(selector: "cw", keyFile: key.file)]]
        let check = "mail signature cw._domainkey.school.example"
        let record = "v=DKIM1; k=\(algorithm); p=\(key.publicKey)"
        for (texts, state) in [
            (["v=spf1 -all", record], MailFinding.State.ok),
            (["k=\(algorithm);p = \(key.publicKey.prefix(9)) \(key.publicKey.dropFirst(9)) ;"], .ok),
            (["v=DKIM1; p="], .error), (["v=DKIM1"], .error), (["v=DKIM1; p=AAAA\(key.publicKey)"], .error),
        ] {
            let found = await findings(settings) { name in name == "cw._domainkey.school.example" ? texts : [] }[check]
            #expect(found?.state == state, "\(texts)")
            #expect(found?.message.contains(record) == (state == .error))
        }
        let absent = await findings(settings) { _ throws(DNSText.Failure) in throw .absent }[check]
        #expect(absent?.state == .error && absent?.message.hasSuffix("It must be: \(record)") == true)
        #expect(await findings(settings)[check]?.state == .warning)
    }

    @Test
    func `mail that no key signs is a warning, and a key that cannot be read an error`() async throws {
        var settings = EmailSettings()
        settings.from = "no-reply@school.example"
        let remote = ["SMTP_URL": "smtp://127.0.0.1:\(try ClosedPort().number)"]
        #expect(await findings(settings, environment: remote)["mail signatures"]?.state == .warning)
        settings.dkim = ["school.example": [DKIMSettings(selector: "cw", keyFile: "absent.pem")]]
        #expect(await findings(settings)["mail settings"]?.message.contains("absent.pem cannot be read") == true)
    }

    @Test
    func `SendGrid's events need a key that is one, and a record`() async throws {
        var settings = EmailSettings()
        #expect(await findings(settings)["mail events"] == nil)
        settings.sendGridEventKeys = [Data(try SigningKey.generate(.p256).publicKey.info).base64EncodedString()]
        #expect(await findings(settings)["mail events"]?.message.contains("set DATABASE_URL") == true)
        settings.sendGridEventKeys = ["MFkw"]
        #expect(await findings(settings)["mail settings"]?.message.contains("sendGridEventKeys") == true)
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

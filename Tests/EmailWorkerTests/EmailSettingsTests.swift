import Configuration
import Foundation
import JobTesting
import Jobs
import Platform
import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct EmailSettingsTests {
    private func server(
        _ json: String, _ environment: [String: String] = [:], configurationFolder: String = "/nowhere"
    ) throws -> SMTPServer? {
        let settings = try JSONDecoder().decode(EmailSettings.self, from: Data(json.utf8))
        let surroundings = Surroundings(
            environment: environment, dataFolder: "/nowhere", configurationFolder: configurationFolder)
        return try TransportSettings(onlyServerOf: settings, surroundings).map { try SMTPServer($0, surroundings) }
    }

    @Test
    func `without a server there is none`() throws {
        #expect(try server("{}") == nil)
        #expect(try server("{}", ["SMTP_URL": ""]) == nil)
    }

    @Test
    func `the environment wins over the configuration`() throws {
        let json = #"{"smtpURL":"smtp://configured.example"}"#
        #expect(try server(json)?.host == "configured.example")
        #expect(try server(json, ["SMTP_URL": "smtps://set.example"])?.host == "set.example")
    }

    @Test(arguments: [
        ("smtp://mail.example", "mail.example", 587, SMTPServer.Security.startTLS),
        ("smtp://mail.example:25/", "mail.example", 25, .startTLS),
        ("SMTPS://mail.example", "mail.example", 465, .implicit),
        ("smtp://localhost:1025", "localhost", 1025, .none),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, .none),
        ("smtp://[::1]:1025", "::1", 1025, .none),
        ("smtp://[2001:db8::1]", "2001:db8::1", 587, .startTLS),
        ("smtp://127.evil.example", "127.evil.example", 587, .startTLS),
    ])
    func `an address is read, and encryption required beyond this machine`(
        url: String, host: String, port: Int, security: SMTPServer.Security
    ) throws {
        let server = try #require(try server("{}", ["SMTP_URL": url]))
        #expect(server == SMTPServer(host: host, port: port, security: security))
    }

    @Test
    func `the operator decides about encryption of smtp`() throws {
        let url = ["SMTP_URL": "smtp://mail.example"]
        #expect(try server(#"{"smtpTLS":"none"}"#, url)?.security == SMTPServer.Security.none)
        #expect(try server(#"{"smtpTLS":"required"}"#, ["SMTP_URL": "smtp://localhost"])?.security == .startTLS)
        #expect(throws: InvalidSettings.self) { try server(#"{"smtpTLS":"maybe"}"#, url) }
    }

    @Test
    func `credentials are decoded and never described`() throws {
        let server = try #require(try server("{}", ["SMTP_URL": "smtp://ada%40school:p%40ss:w%2Frd@mail.example"]))
        #expect(server.credentials == SMTPCredentials(user: "ada@school", source: .text(Secret("p@ss:w/rd"))))
        #expect("\(server)" == "smtp://mail.example:587")
    }

    @Test
    func `the password may be in a file`() throws {
        let folder = try TestFolder()
        try folder.write(["password": "from file\n"])
        let json = #"{"smtpPasswordFile":"password"}"#
        let server = try server(json, ["SMTP_URL": "smtp://ada@mail.example"], configurationFolder: folder.path)
        #expect(try server?.credentials?.secret() == "from file")
        try folder.write(["password": "another\n"])
        #expect(try server?.credentials?.secret() == "another", "it is read anew for each connection")
    }

    @Test(arguments: [
        "mail.example", "http://mail.example", "smtp://", "smtp://:25", "smtp://host:0", "smtp://host:x",
        "smtp://host:99999", "smtp://secret@", "smtp://:secret@host", "smtp://u:secret@ho st",
        "smtp://u:%zzsecret@host",
        "smtp://u:secret@host/path", "smtp://u:secret@host?x=1", "smtp://[::1", "smtp://u:secret@host\r\nx",
    ])
    func `a wrong address is refused without repeating it`(url: String) {
        let error = #expect(throws: InvalidSettings.self) { try server("{}", ["SMTP_URL": url]) }
        #expect(error?.description.hasPrefix("SMTP_URL: it is no address of a mail server") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test
    func `a user without a password is refused`() {
        let error = #expect(throws: InvalidSettings.self) { try server("{}", ["SMTP_URL": "smtp://ada@host"]) }
        #expect(
            error?.description == "SMTP_URL: it has a user but no password; add one, or set smtpPasswordFile.")
    }

    @Test
    func `a wrong sender is refused at the start`() throws {
        var settings = EmailSettings()
        settings.from = "nobody"
        let error = #expect(throws: InvalidSettings.self) { try settings.defaultFrom(sendsByServer: true) }
        #expect(error?.description == "workers.email.from: A mail address has no '@'.")
    }

    @Test
    func `the shipped configuration is taken, and writes mail to files`() async throws {
        let path = TestFolder.package + "/Config/coursework.json5"
        let domains = ["certificate", EmailDomain.name, "quiz", "video"]
        let configuration = try Configuration.load(file: path, environment: [:], domains: domains)
        let settings = try configuration.settings(for: EmailDomain.name, as: EmailSettings.self)
        let payload = #"{"to":"ada@school.example","template":"welcome","data":{"url":"https://school.example"}}"#
        let folder = try TestFolder()
        #expect(try await TestJob().send(payload, settings: settings, in: folder).isSuccess)
        #expect(try folder.names(in: "mail").count == 1)
    }

    @Test
    func `the shipped configuration names every setting`() throws {
        let path = TestFolder.package + "/Config/coursework.json5"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for key in EmailSettings.keys { #expect(text.contains("            \(key): "), "\(key) is missing") }
    }
}

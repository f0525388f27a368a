import Foundation
import Jobs
import Testing

@testable import EmailWorker

extension OutgoingMail {
    /// A mail to so many people, the first of whom is ada.
    static func test(
        recipients: Int = 1, text: String = "Hello", token: String = "1-0"
    ) throws -> OutgoingMail {
        let ada = try EmailAddress("ada@school.example")
        let others = try (1..<max(1, recipients)).map { try EmailAddress("learner\($0)@school.example") }
        let message = try EmailMessage(
            from: ada, to: [ada] + others, content: EmailContent(subject: "Hi", text: text, html: nil))
        return OutgoingMail(
            jobID: try #require(JobID(queue: "emails", token: token)), message: message, date: Date())
    }
}

extension SMTPTransport {
    /// To a server of a test, without encryption, and with less patience for the server than life has; but a mail waits
    /// for its connection as long as any test lasts, however many others the machine runs.
    static func test(
        port: Int, connections: Int = 1, mailsPerConnection: Int = 100, credentials: SMTPCredentials? = nil,
        timeouts: SMTPTimeouts = SMTPTimeouts(connect: .seconds(5), command: .seconds(8), message: .seconds(8))
    ) -> SMTPTransport {
        SMTPTransport(
            server: SMTPServer(host: "127.0.0.1", port: port, security: .none, credentials: credentials),
            connections: connections, mailsPerConnection: mailsPerConnection, timeouts: timeouts,
            patience: .seconds(60))
    }
}

extension SendEmailHandler {
    /// With transports of a test.
    static func test(
        _ transports: any MailTransport..., order: MailRoute.Order = .failover, folder: TestFolder
    ) throws -> SendEmailHandler {
        var settings = EmailSettings()
        settings.from = "no-reply@school.example"
        let surroundings = Surroundings(
            environment: [:], dataFolder: folder.path, configurationFolder: TestFolder.package + "/Config")
        return SendEmailHandler(
            composer: try EmailComposer(settings, surroundings, sendsByServer: true),
            route: MailRoute(transports, order: order))
    }
}

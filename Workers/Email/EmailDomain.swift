package import Jobs
import Logging

/// Sends the platform's mail: the job type `email.send`.
package enum EmailDomain: JobDomain {
    package static let name = "email"

    package static let samples = [
        SampleJob(
            "email.send", queue: "emails",
            args:
                #"{"to":"Ada Lovelace <ada@example.org>","template":"welcome","data":{"name":"Ada","course":"Programming the Analytical Engine","url":"https://learn.example.org/start"}}"#,
            title: "a welcome mail to Ada")
    ]

    package static func register(
        in registry: inout JobRegistry, settings: EmailSettings, surroundings: Surroundings
    ) throws {
        let server = try SMTPServer(settings, surroundings)
        let composer = try EmailComposer(settings, surroundings, sendsByServer: server != nil)
        registry.register(SendEmailHandler(composer: composer, transport: transport(server, settings, surroundings)))
    }

    private static func transport(
        _ server: SMTPServer?, _ settings: EmailSettings, _ surroundings: Surroundings
    ) -> any MailTransport {
        guard let server else {
            let folder = surroundings.dataFolder + "/mail"
            surroundings.logger.debug("Mail is written to files: no SMTP server is set", [("folder", .string(folder))])
            return FileTransport(folder: folder)
        }
        surroundings.logger.debug("Mail goes to an SMTP server", [("server", .string("\(server)"))])
        return SMTPTransport(server: server, connections: settings.connections ?? 4)
    }
}

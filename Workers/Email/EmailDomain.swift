package import Jobs
import PostgresClient
import Storage

/// Sends the platform's mail: the job types `email.send` and `email.broadcast`.
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
        let route = try settings.route(surroundings)
        let composer = try EmailComposer(settings, surroundings, sendsByServer: route.isRemote)
        registry.register(
            SendEmailHandler(
                composer: composer, route: route, log: try settings.deliveryLog(surroundings),
                domains: DomainLimits(settings.domains)))
        registry.register(
            BroadcastHandler(
                client: surroundings.services[PostgresClient.self],
                storage: surroundings.storage, composer: composer))
    }
}

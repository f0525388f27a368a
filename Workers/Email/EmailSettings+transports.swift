import Jobs
import Logging

extension EmailSettings {
    /// The ways out for mail. With none in the configuration it is written to files.
    func route(_ surroundings: Surroundings) throws(InvalidSettings) -> MailRoute {
        let only = TransportSettings(onlyServerOf: self, surroundings)
        guard smtpURL == nil || transports == nil else {
            throw InvalidSettings(key: "smtpURL", "there are 'transports' as well; make it one of them.")
        }
        var ways: [any MailTransport] = []
        for settings in only.map({ [$0] }) ?? transports ?? [] {
            ways.append(try settings.transport(in: surroundings))
        }
        guard Set(ways.map(\.name)).count == ways.count else {
            throw InvalidSettings(key: "transports", "two of them have the same name.")
        }
        if ways.isEmpty { ways = [FileTransport(folder: surroundings.dataFolder + "/mail")] }
        surroundings.logger.debug(
            "Mail has ways out", [("transports", .string(ways.map(\.name).joined(separator: ", ")))])
        return MailRoute(ways, order: try order())
    }

    private func order() throws(InvalidSettings) -> MailRoute.Order {
        guard let order = MailRoute.Order(rawValue: transportOrder ?? "failover") else {
            throw InvalidSettings(key: "transportOrder", "it is 'failover' or 'round-robin'.")
        }
        return order
    }
}

extension TransportSettings {
    func transport(in surroundings: Surroundings) throws(InvalidSettings) -> any MailTransport {
        let connections = try number(.connections, connections, in: 1...64, else: 4)
        if let folder = url.dropping(prefix: "file:") {
            return FileTransport(name: name ?? "files", folder: surroundings.path(folder))
        }
        if url.hasPrefix("sendgrid") {
            return SendGridTransport(
                name: name ?? "sendgrid", api: try SendGridAPI(self, surroundings), connections: connections)
        }
        return SMTPTransport(
            name: name, server: try SMTPServer(self, surroundings), connections: connections,
            mailsPerConnection: try number(.mailsPerConnection, mailsPerConnection, in: 1...10_000, else: 100))
    }
}

extension String {
    /// What follows the prefix; nil without it.
    func dropping(prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}

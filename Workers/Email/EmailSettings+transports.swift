import Jobs
import Logging
import MailRecord
import PostgresClient

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
        let transport = try plainTransport(in: surroundings)
        guard let warmUp else { return transport }
        guard transport.isRemote else { throw invalid(.warmUp, "a folder takes any number of mails; remove it.") }
        let client = surroundings.services[PostgresClient.self]
        let (first, until) = (warmUp.first ?? 50, warmUp.until ?? 50_000)
        guard (1...1_000_000).contains(first), (first + 1...1_000_000_000).contains(until) else {
            throw invalid(.warmUp, "'first' is a number from 1 to 1000000, and 'until' a larger one.")
        }
        return WarmingTransport(
            transport, client.map { MailWarmUp($0, transport: transport.name, first: first, end: until) })
    }

    private func plainTransport(in surroundings: Surroundings) throws(InvalidSettings) -> any MailTransport {
        let returnPath = try checkedReturnPath()
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
            mailsPerConnection: try number(.mailsPerConnection, mailsPerConnection, in: 1...10_000, else: 100),
            returnPath: returnPath)
    }

    private func checkedReturnPath() throws(InvalidSettings) -> ReturnPath? {
        guard let returnPath else { return nil }
        guard url.lowercased().hasPrefix("smtp") else {
            throw invalid(.returnPath, "only an SMTP server takes it; remove it here.")
        }
        do { return try ReturnPath(returnPath) } catch { throw invalid(.returnPath, error.description) }
    }
}

extension String {
    /// What follows the prefix; nil without it.
    func dropping(prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}

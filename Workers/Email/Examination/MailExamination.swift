package import Jobs
import MailRecord
import Platform
import PostgresClient

/// Whether mail would go: its transports, templates, signatures, links and record. Sends nothing.
package struct MailExamination {
    private let settings: EmailSettings
    private let surroundings: Surroundings
    private let lookUp: SignatureExamination.LookUp

    package init(_ settings: EmailSettings, _ surroundings: Surroundings) {
        self.init(settings, surroundings, lookUp: DNSText.records)
    }

    /// - Parameter lookUp: the texts of a name in the DNS; it may block.
    init(_ settings: EmailSettings, _ surroundings: Surroundings, lookUp: @escaping SignatureExamination.LookUp) {
        (self.settings, self.surroundings, self.lookUp) = (settings, surroundings, lookUp)
    }

    package func findings() async -> [MailFinding] {
        do {
            let route = try settings.route(surroundings)
            return await transports(route) + [templates] + (try await signatures(route)) + [try unsubscribing]
                + (try events) + (await record(isRemote: route.isRemote))
        } catch {
            return [MailFinding("settings", .error, "\(error)")]
        }
    }

    private func transports(_ route: MailRoute) async -> [MailFinding] {
        var findings: [MailFinding] = []
        for transport in route.transports {
            let check = "transport \(transport.name)"
            do throws(TransportFailure) {
                findings.append(MailFinding(check, .ok, try await transport.probe()))
            } catch {
                findings.append(MailFinding(check, .error, "\(error)"))
            }
        }
        return findings
    }

    private var templates: MailFinding {
        let check = TemplateCheck(settings, surroundings)
        do {
            let names = try check.names()
            let problems = try names.flatMap { try check.problems(of: $0) }
            guard let first = problems.first else {
                return MailFinding("templates", .ok, "\(names.count) are in order.")
            }
            let others = problems.count > 1 ? " And \(problems.count - 1) more: coursework templates check." : ""
            return MailFinding("templates", .error, "\(first)\(others)")
        } catch {
            // Jobs may bring their own texts.
            return MailFinding("templates", .warning, "\(error) A job that names one becomes a dead letter.")
        }
    }

    private func signatures(_ route: MailRoute) async throws -> [MailFinding] {
        let signer = try settings.dkim.map { try DKIMSigner($0, surroundings) }
        let keys = await SignatureExamination(keys: signer?.allKeys ?? [], lookUp: lookUp).findings()
        guard route.isRemote, let sender = try settings.defaultFrom(sendsByServer: true) else { return keys }
        guard signer?.signs(for: sender.domain) == true else {
            return keys + [
                MailFinding(
                    "signatures", .warning,
                    "Mail from \(sender.domain) is not signed, and large providers refuse such mail: set workers.email.dkim."
                )
            ]
        }
        return keys
    }

    private var unsubscribing: MailFinding {
        get throws {
            guard let links = try settings.unsubscribe.map({ try UnsubscribeLinks($0, surroundings) }) else {
                return MailFinding("unsubscribing", .ok, "It is not set: no job may name a list.")
            }
            return MailFinding("unsubscribing", .ok, "Readers leave a list at \(links.url)")
        }
    }

    /// Nothing where none are to come.
    private var events: [MailFinding] {
        get throws {
            guard let signatures = try settings.sendGridSignatures() else { return [] }
            let keys = "\(signatures.count) \(signatures.count == 1 ? "key" : "keys")"
            guard surroundings.services[PostgresClient.self] != nil else {
                return [
                    MailFinding("events", .error, "SendGrid's have no record to go to: set DATABASE_URL.")
                ]
            }
            return [MailFinding("events", .ok, "SendGrid's are believed by \(keys).")]
        }
    }

    private func record(isRemote: Bool) async -> [MailFinding] {
        guard let client = surroundings.services[PostgresClient.self] else {
            return [
                MailFinding(
                    "record", isRemote ? .warning : .ok,
                    "There is no database, so mail is not recorded and may be sent twice: set DATABASE_URL.")
            ]
        }
        do {
            let count = try await MailRecord(client).ambiguousCount()
            guard count > 0 else { return [MailFinding("record", .ok, "No mail is in doubt.")] }
            return [
                MailFinding(
                    "record", .warning,
                    "Of \(count) mails nobody knows whether they were sent: coursework mail list --state ambiguous.")
            ]
        } catch let error as PostgresError where error.state == .undefinedTable {
            return [MailFinding("record", .error, "Its tables are missing: run coursework migrate.")]
        } catch {
            return [MailFinding("record", .error, "\(error)")]
        }
    }
}

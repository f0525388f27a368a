import Audit
import CLazyLibraries
import CertificateDrawing
import CertificateWorker
import DataProtection
import EmailWorker
import FoundationEssentials
import JobQueue
import Jobs
import Platform
import PostgresClient
import RedisClient
import RedisRoles
import Schedules
import Storage
import VideoWorker

/// The checks of `doctor`, in the order in which one depends on the other.
struct Examination {
    let setup: Setup
    /// Whether the workers know the jobs for trying things out.
    let diagnostics: Bool
    let client: RedisClient
    /// Nil when none is configured.
    let database: PostgresConfiguration?
    let loop: EventLoop

    func findings() async -> [Finding] {
        var findings = [configuration, libraries, drawing] + signing + [handlers, dataFolder] + (await storage())
        do {
            let facts = try await RedisServer(client: client).facts()
            findings.append(Finding(check: "redis", state: .ok, message: "\(client.configuration.endpoint) answers."))
            findings += server(facts)
            findings.append(await RedisAccessExamination(client: client).finding())
            findings.append(await library())
            let configuration = setup.configuration
            findings += await QueueExamination(queues: configuration.queues, client: client).findings()
            findings += await encryption()
            let schedules = Array(configuration.schedules.values)
            findings.append(await AuditExamination(trail: AuditTrail(client: client)).finding())
            if !schedules.isEmpty { findings.append(await state(of: schedules)) }
        } catch {
            findings.append(Finding(check: "redis", state: .error, message: error.description))
        }
        if let database {
            findings += await DatabaseExamination(
                configuration: database, queues: setup.configuration.queues, loop: loop,
                keepVersions: keepVersions
            ).findings()
        }
        findings += await ServerExamination(settings: setup.configuration.server).findings()
        findings += await TracingExamination(settings: setup.configuration.tracing, limit: setup.commandTimeout)
            .findings()
        return findings + (await mail()) + (await video())
    }

    private var configuration: Finding {
        let warnings = setup.configuration.warnings
        return Finding(
            check: "configuration", state: warnings.isEmpty ? .ok : .warning,
            message: warnings.isEmpty
                ? setup.file ?? "No file; the built-in defaults hold." : warnings.joined(separator: " "))
    }

    /// Those that are opened at their first use: without one a worker would end there.
    private var libraries: Finding {
        var package: UnsafePointer<CChar>?
        guard let reason = cw_lazy_missing(&package), let package else {
            return Finding(check: "libraries", state: .ok, message: "All can be opened.")
        }
        let remedy = "install Debian's package \(String(cString: package))"
        return Finding(check: "libraries", state: .error, message: "\(String(cString: reason)): \(remedy).")
    }

    /// Who issues no certificates needs nothing for it.
    private var drawing: Finding {
        do throws(DrawingFailure) {
            _ = try CertificateRenderer()
            return Finding(check: "drawing", state: .ok, message: "Certificates can be drawn.")
        } catch {
            return Finding(check: "drawing", state: .warning, message: error.description)
        }
    }

    /// Nothing where nobody signs certificates, or the settings are refused.
    private var signing: [Finding] {
        guard
            let settings = try? setup.configuration.settings(for: CertificateDomain.name, as: CertificateSettings.self),
            let seal = CertificateSeal(settings, setup.surroundings(logger: .silent))
        else { return [] }
        do {
            let signers = try seal.signers()
            let badges = signers.badges.map { ", and badges by \($0.issuerID)" } ?? ""
            let message = "Certificates are signed by '\(signers.document.name)'\(badges)."
            return [Finding(check: "signing", state: .ok, message: message)]
        } catch {
            return [Finding(check: "signing", state: .error, message: "\(error)")]
        }
    }

    /// Nothing where the settings are refused: the job types say so.
    private func storage() async -> [Finding] {
        guard let named = try? setup.storage else {
            let settings = setup.configuration.storage
            guard settings.s3 == nil else { return [] }
            let storage = setup.surroundings(logger: .silent).storage
            return [await StorageExamination(storage: storage, isNamed: false).finding()]
        }
        return [await StorageExamination(storage: named, isNamed: true).finding()]
    }

    /// Of each queue so many jobs are looked at, in each place.
    private static let jobsLookedAt = 500

    /// Nothing where nothing is sealed, and nothing is to be.
    private func encryption() async -> [Finding] {
        let check = "encryption"
        do {
            let (vault, queues) = (try setup.vault, try await setup.queues(in: client))
            let usage = try await KeyUsage.of(queues, client: client, atMost: Self.jobsLookedAt)
            let missing = Set(usage.sealed.keys).subtracting(vault.keys.map(\.id)).sorted()
            guard missing.isEmpty else {
                let message =
                    "Jobs are sealed with \(missing.joined(separator: ", ")), which encryption.keyFiles does not have."
                return [Finding(check: check, state: .error, message: message)]
            }
            guard let key = vault.keys.first else { return [] }
            var troubles = setup.exposedKeyFiles.map { "others can read \($0): chmod 600 it" }
            let clear = usage.clear.values.reduce(0, +)
            if clear > 0 {
                troubles.append(
                    "\(clear) jobs of types that are sealed came in the clear, past coursework's own clients")
            }
            let message = (["New payloads are sealed with the key \(key.id)"] + troubles).joined(separator: "; ")
            return [Finding(check: check, state: troubles.isEmpty ? .ok : .warning, message: message + ".")]
        } catch {
            // Of the rest others tell.
            let settings = setup.configuration.encryption
            guard !settings.types.isEmpty || !settings.keyFiles.isEmpty else { return [] }
            return [Finding(check: check, state: .error, message: "\(error)")]
        }
    }

    private var handlers: Finding {
        do {
            let services = try setup.services(on: loop)
            let types = try setup.registry(diagnostics: diagnostics, services: services, logger: .silent)
                .jobs.keys.map(\.name).sorted()
            return Finding(check: "job types", state: .ok, message: types.joined(separator: ", "))
        } catch {
            return Finding(check: "job types", state: .error, message: "\(error)")
        }
    }

    /// Nothing where the settings are refused: the job types say so.
    private func mail() async -> [Finding] {
        guard let settings = try? setup.configuration.settings(for: EmailDomain.name, as: EmailSettings.self),
            let services = try? setup.services(on: loop)
        else { return [] }
        defer { services[PostgresClient.self]?.close() }
        return await MailExamination(settings, setup.surroundings(services: services, logger: .silent)).findings()
            .map(Finding.init)
    }

    /// What goes without saying where the settings are refused: the job types say so.
    private var keepVersions: Duration {
        let settings = try? setup.configuration.settings(for: VideoDomain.name, as: VideoSettings.self)
        let rules = settings.flatMap { try? TranscodingRules($0, setup.surroundings(logger: .silent)) }
        return (rules ?? TranscodingRules(workFolder: "")).keepVersions
    }

    private func video() async -> [Finding] {
        guard let settings = try? setup.configuration.settings(for: VideoDomain.name, as: VideoSettings.self),
            let examination = try? VideoExamination(settings, setup.surroundings(logger: .silent), loop: loop)
        else { return [] }
        let answer = await examination.answer()
        return [Finding(check: "video", state: answer.isFine ? .ok : .warning, message: answer.message)]
    }

    private var dataFolder: Finding {
        let folder = setup.configuration.dataFolder
        if FileManager.default.isWritableFile(atPath: folder) {
            return Finding(check: "data folder", state: .ok, message: folder)
        }
        return Finding(
            check: "data folder", state: .warning,
            message: "\(folder) cannot be written by this user; mail without SMTP_URL goes there.")
    }

    private func server(_ facts: RedisServer.Facts) -> [Finding] {
        let unsuitable = UnsuitableServer(facts, endpoint: client.configuration.endpoint)
        return [
            Finding(
                check: "redis server", state: unsuitable == nil ? .ok : .error,
                message: unsuitable?.description ?? "version \(facts.version), maxmemory-policy noeviction"),
            Finding(
                check: "redis persistence", state: facts.appendOnly ? .ok : .warning,
                message: facts.appendOnly
                    ? "The append-only file is on."
                    : "There is no append-only file: jobs since the last snapshot are lost when Redis stops. Set appendonly yes."
            ),
        ]
    }

    private func library() async -> Finding {
        do {
            let remedy = "run coursework redis load."
            // Where programs have roles, no worker may bring them.
            let isClosed = client.configuration.user == RedisRole.operator.rawValue
            guard let version = try await FunctionLibrary(client: client).loadedVersion() else {
                return isClosed
                    ? Finding(check: "functions", state: .warning, message: "None are loaded: \(remedy)")
                    : Finding(check: "functions", state: .ok, message: "None are loaded; the first worker brings them.")
            }
            let own = FunctionLibrary.ownVersion.number
            if isClosed, version.number < own {
                let message =
                    "version \(version.number) is loaded, and workers of this program wait for \(own): \(remedy)"
                return Finding(check: "functions", state: .warning, message: message)
            }
            return Finding(check: "functions", state: .ok, message: "version \(version.number) is loaded.")
        } catch {
            return Finding(check: "functions", state: .error, message: "\(error)")
        }
    }

    private func state(of schedules: [Schedule]) async -> Finding {
        let check = "schedules"
        do {
            var paused: [String] = []
            for (queue, schedules) in Dictionary(grouping: schedules, by: \.queue) {
                let names = schedules.map(\.name)
                let statuses = try await JobQueue(queue, client: client).statuses(ofSchedules: names).schedules
                paused += zip(names, statuses).filter { $0.1.isPaused }.map(\.0)
            }
            guard !paused.isEmpty else { return Finding(check: check, state: .ok, message: "\(schedules.count)") }
            let names = paused.sorted().joined(separator: ", ")
            return Finding(check: check, state: .warning, message: "\(schedules.count), of which are paused: \(names)")
        } catch {
            return Finding(check: check, state: .error, message: "\(error)")
        }
    }
}

extension Finding {
    fileprivate init(_ finding: MailFinding) {
        let state: State =
            switch finding.state {
            case .ok: .ok
            case .warning: .warning
            case .error: .error
            }
        self.init(check: finding.check, state: state, message: finding.message)
    }
}

import Access
import Audit
import Configuration
import HTTPServer
import Jobs
import Platform
import RedisClient
import Signing

/// The checks of `doctor` that concern the HTTP server.
struct ServerExamination {
    /// Before which a certificate should have been renewed.
    private static let renewal = Duration.seconds(14 * 86_400)

    let settings: ServerSettings

    func findings() async -> [Finding] { [listener] + certificate + (await tokens()) }

    private var listener: Finding {
        let isPlain = settings.publicURL != nil && !settings.isBehindTLS && !settings.listen.isLoopback
        return Finding(
            check: "http server", state: isPlain ? .warning : .ok,
            message: "\(listening), \(reached)." + (isPlain ? " \(Self.advice)" : ""))
    }

    private var listening: String {
        let isFree = ListeningPort.isFree(settings.listen.port, of: settings.listen.host)
        return "\(isFree ? "Nobody" : "Somebody") listens on \(settings.listen)"
    }

    private var reached: String {
        settings.publicURL.map { "the world comes by \($0)" } ?? "server.publicURL is not set"
    }

    private static let advice =
        "What is not encrypted is read by others, codes and tokens in links as well: put a proxy with TLS before it."

    /// Nothing where a proxy speaks TLS.
    private var certificate: [Finding] {
        guard let tls = settings.tls else { return [] }
        let (state, message) = Self.state(of: tls)
        return [Finding(check: "http certificate", state: state, message: message)]
    }

    private static func state(of tls: TLSSettings) -> (Finding.State, String) {
        guard let certificates = try? InputFile.read(tls.certificateFile), let key = try? InputFile.read(tls.keyFile)
        else {
            return (.error, "A file of server.tls cannot be read; check its path and owner.")
        }
        guard let certificate = TLSCertificate(certificates: certificates, key: key) else {
            return (.error, "server.tls names no certificate and key in PEM.")
        }
        guard certificate.fitsKey else { return (.error, "The key of server.tls is not that of its certificate.") }
        let left = Duration.milliseconds(certificate.end * 1000 - WallClock.milliseconds)
        let end = "\(Timestamp(milliseconds: certificate.end * 1000))"
        guard left > .zero else { return (.error, "The certificate of server.tls has expired at \(end): renew it.") }
        guard left > renewal else {
            return (.warning, "The certificate of server.tls expires at \(end): renew it, and restart the server.")
        }
        return (.ok, "It holds until \(end).")
    }

    /// Nothing where nobody comes with tokens.
    private func tokens() async -> [Finding] {
        guard let jwt = settings.jwt else { return [] }
        let check = "http tokens"
        do {
            let count = try await ServerAccess.source(jwt).count()
            let keys = count == 1 ? "1 key" : "\(count) keys"
            return [Finding(check: check, state: .ok, message: "\(jwt.issuer) signs them with \(keys).")]
        } catch {
            return [Finding(check: check, state: .error, message: "No token can be believed: \(error)")]
        }
    }
}

/// The check of `doctor` that concerns the audit trail: a chain shows something only to those who look.
struct AuditExamination {
    private static let longest = Duration.seconds(35 * 86_400)
    private static let advice = "run coursework audit verify, best every night"

    let trail: AuditTrail

    func finding() async -> Finding {
        do {
            let (state, message) = try await state()
            return Finding(check: "audit trail", state: state, message: message)
        } catch {
            return Finding(check: "audit trail", state: .error, message: "\(error)")
        }
    }

    private func state() async throws -> (Finding.State, String) {
        let last = try await trail.latest(AuditFilter(), limit: 1).first
        guard let last else { return (.ok, "Nothing was changed so far.") }
        guard let verification = try await trail.lastVerification() else {
            return (.warning, "Nobody has verified its \(last.entry.number) entries so far: \(Self.advice).")
        }
        let age = Duration.milliseconds(WallClock.milliseconds - verification.milliseconds)
        let when =
            "entries up to \(verification.number) were verified at \(Timestamp(milliseconds: verification.milliseconds))"
        guard age < Self.longest else { return (.warning, "Its \(when): \(Self.advice).") }
        return (.ok, "Its \(when).")
    }
}

import CertificateBadges
import CertificateRecord
import FoundationEssentials
import Platform

/// The signed lists of what is revoked. Each is made once a minute at most, however often it is asked for.
actor StatusLists {
    private static let validity = Duration.seconds(60)
    private static let most = 100

    private let publisher: CredentialPublisher
    private let record: CertificateRecord
    private var made: [Int: (task: Task<String?, any Error>, time: MonotonicTime)] = [:]

    init(_ publisher: CredentialPublisher, _ record: CertificateRecord) {
        (self.publisher, self.record) = (publisher, record)
    }

    /// Nil for a list that no badge is in.
    func token(of list: Int) async throws -> String? {
        if let (task, time) = made[list], time + Self.validity > .now { return try await task.value }
        if made.count >= Self.most { made.removeAll() }
        let task = Task { try await make(list) }
        made[list] = (task, .now)
        do {
            let token = try await task.value
            // The first certificate may come at any moment.
            if token == nil { made[list] = nil }
            return token
        } catch {
            made[list] = nil
            throw error
        }
    }

    private func make(_ list: Int) async throws -> String? {
        guard try await record.hasCertificates(in: list) else { return nil }
        let revoked = BitstringStatusList(revoked: try await record.revoked(in: list))
        return publisher.authority.signer.sign(
            StatusListCredential(
                url: publisher.authority.statusListURL(list), issuer: publisher.issuer.id,
                validFrom: CredentialTime(seconds: Int(Date().timeIntervalSince1970)), list: revoked))
    }
}

package import CertificateBadges
package import CertificateSigning
import FoundationEssentials
package import Jobs
import Synchronization

/// Who signs certificates: the key is read when first used, and read again once it cannot be used, so that a new one needs no
/// new process.
package final class CertificateSeal: Sendable {
    package struct Signers: Sendable {
        /// Of the file.
        package let document: DocumentSigner
        /// Of the credential; nil where none are made.
        package let badges: BadgeAuthority?
    }

    private let settings: SigningSettings
    /// The page of certificates, for credentials; nil where none are made.
    private let badgeURL: String?
    private let issuerURL: String?
    private let loaded = Mutex<Signers?>(nil)

    /// Where the key is looked for that no setting names.
    package static func folder(in dataFolder: String) -> String { dataFolder + "/signing" }

    /// Nil where nobody is to sign.
    package init?(_ settings: CertificateSettings, _ surroundings: Surroundings) {
        badgeURL = settings.badges == false ? nil : settings.page(in: surroundings)
        issuerURL = settings.issuerURL
        guard var signing = settings.signing else {
            let folder = Self.folder(in: surroundings.dataFolder)
            guard FileManager.default.fileExists(atPath: folder + "/key.pem") else { return nil }
            self.settings = SigningSettings(keyFile: folder + "/key.pem", certificateFile: folder + "/certificate.pem")
            return
        }
        signing.keyFile = surroundings.path(signing.keyFile)
        signing.certificateFile = surroundings.path(signing.certificateFile)
        signing.timestampCAFile = signing.timestampCAFile.map(surroundings.path)
        signing.formerCertificateFiles = signing.formerCertificateFiles?.map(surroundings.path)
        self.settings = signing
    }

    /// What readers of PDF show.
    var reason: String? { settings.reason }

    /// Reads the key where that is not done yet.
    /// - Throws: ``UnusableSeal``, `InvalidIdentity`, `InvalidBadgeKey`.
    package func signers() throws -> Signers {
        if let signers = loaded.withLock({ $0 }) { return signers }
        let key = try Self.read(settings.keyFile)
        let identity = try SigningIdentity(key: key, chain: try Self.read(settings.certificateFile))
        let trusted = try settings.timestampCAFile.map(Self.read) ?? []
        let signers = Signers(
            document: DocumentSigner(
                identity, timestamps: settings.timestampURL.map { TimestampServer(url: $0, trusted: trusted) }),
            badges: try authority(key))
        loaded.withLock { $0 = signers }
        return signers
    }

    /// Certificates in PEM that vouch for what was signed here.
    package func trusted() throws(UnusableSeal) -> [UInt8] { try Self.read(settings.certificateFile) }

    /// Who awards badges; nil where none are made. Those that were made outlive the certificate of the key, so it is not
    /// looked at.
    /// - Throws: ``UnusableSeal``, `InvalidBadgeKey`.
    package func badgeAuthority() throws -> BadgeAuthority? { try authority(try Self.read(settings.keyFile)) }

    private func authority(_ key: [UInt8]) throws -> BadgeAuthority? {
        guard let badgeURL else { return nil }
        let former = try (settings.formerCertificateFiles ?? []).map { file in
            guard let key = SigningIdentity.publicKey(certificate: try Self.read(file)) else {
                throw UnusableSeal("The file \(file) is no certificate in PEM of a key that could sign badges.")
            }
            return key
        }
        return try BadgeAuthority(url: badgeURL, issuerURL: issuerURL, pem: key, formerKeys: former)
    }

    /// From now on it is read again: its certificate has expired.
    func forget() { loaded.withLock { $0 = nil } }

    private static func read(_ file: String) throws(UnusableSeal) -> [UInt8] {
        guard let bytes = try? Data(contentsOf: URL(filePath: file)) else {
            throw UnusableSeal("The file \(file), which signs certificates, cannot be read; check its path and owner.")
        }
        return [UInt8](bytes)
    }
}

/// Why nothing can be signed, and what to do.
package struct UnusableSeal: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

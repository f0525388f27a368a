package import CertificateSigning
import FoundationEssentials
package import Jobs
import Synchronization

/// Who signs certificates: the key is read when first used, and read again once it cannot be used, so that a new one needs no
/// new process.
package final class CertificateSeal: Sendable {
    private let settings: SigningSettings
    private let loaded = Mutex<DocumentSigner?>(nil)

    /// Nil where nobody is to sign.
    package init?(_ settings: CertificateSettings, _ surroundings: Surroundings) {
        func path(_ path: String) -> String {
            path.hasPrefix("/") ? path : "\(surroundings.configurationFolder)/\(path)"
        }
        guard var signing = settings.signing else {
            let folder = surroundings.dataFolder + "/signing"
            guard FileManager.default.fileExists(atPath: folder + "/key.pem") else { return nil }
            self.settings = SigningSettings(keyFile: folder + "/key.pem", certificateFile: folder + "/certificate.pem")
            return
        }
        signing.keyFile = path(signing.keyFile)
        signing.certificateFile = path(signing.certificateFile)
        signing.timestampCAFile = signing.timestampCAFile.map(path)
        self.settings = signing
    }

    /// What readers of PDF show.
    var reason: String? { settings.reason }

    /// Reads the key where that is not done yet.
    /// - Throws: ``UnusableSeal``, `InvalidIdentity`.
    package func signer() throws -> DocumentSigner {
        if let signer = loaded.withLock({ $0 }) { return signer }
        let identity = try SigningIdentity(
            key: try Self.read(settings.keyFile), chain: try Self.read(settings.certificateFile))
        let trusted = try settings.timestampCAFile.map(Self.read) ?? []
        let signer = DocumentSigner(
            identity, timestamps: settings.timestampURL.map { TimestampServer(url: $0, trusted: trusted) })
        loaded.withLock { $0 = signer }
        return signer
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

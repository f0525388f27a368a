import CertificateSigning
import CertificateWorker
import FoundationEssentials
import Glibc
import Platform

/// The folder `signing` in a data folder: a key and a certificate in which it vouches for itself.
struct SigningFolder {
    let path: String

    init(in dataFolder: String) { path = CertificateSeal.folder(in: dataFolder) }

    var exists: Bool { FileManager.default.fileExists(atPath: path + "/key.pem") }

    /// - Parameter name: of the school.
    func make(name: String, years: Int) throws {
        let pair = try SigningIdentity.selfSigned(name: name, years: years, from: time(nil))
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try write(pair.certificate, to: "certificate.pem", mode: 0o644)
            // Last, since whoever finds it expects the other.
            try write(pair.key, to: "key.pem", mode: 0o600)
        } catch {
            throw CommandFailure(.failed, "The folder \(path) cannot be written: \(error)")
        }
    }

    private func write(_ bytes: [UInt8], to name: String, mode: UInt32) throws {
        let folder = FileDescriptor(owning: open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        let file = try NewFile(in: folder, path, mode: mode)
        try file.write(bytes)
        try file.publish(as: name)
    }
}

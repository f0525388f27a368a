import CertificateRecord
import Storage

/// A certificate with its code and number, and the key under which this attempt writes its file.
struct Reserved: Sendable {
    let certificate: CertificateDescription
    let key: StorageKey
    /// Of files that earlier attempts of the job may have left.
    let stale: [StorageKey]
}

import CertificateRecord

/// A certificate whose file is in the storage.
struct Publication: Sendable {
    let reserved: Reserved
    /// In hexadecimal digits.
    let sha256: String
    let bytes: Int
    let badge: String?
    let job: String
    /// Why it replaces another; nil for a first one.
    let reason: String?
}

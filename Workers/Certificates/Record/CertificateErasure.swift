/// What an erasure took out.
package struct CertificateErasure: Sendable, Equatable {
    package let certificates: Int
    /// Keys of their files, which are to be deleted from the storage.
    package let files: [String]
}

/// Why a certificate cannot be issued as it is, and what to do: a sentence for the dead letter.
struct CertificateRefusal: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

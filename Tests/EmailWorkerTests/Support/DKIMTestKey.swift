import Foundation
import TestSupport

/// A key pair of OpenSSL's making.
struct DKIMTestKey {
    let file: String
    /// As it stands in the DNS: RSA keys with their wrapping, Ed25519 keys bare (RFC 8463, 4).
    let publicKey: String

    init(_ algorithm: String, file: String) async throws {
        let size = algorithm == "rsa" ? ["-pkeyopt", "rsa_keygen_bits:2048"] : []
        try await Tool.openssl.run(["genpkey", "-algorithm", algorithm] + size + ["-out", file])
        let wrapped = Data(try await Tool.openssl.run("pkey", "-in", file, "-pubout", "-outform", "DER"))
        self.file = file
        publicKey = (algorithm == "rsa" ? wrapped : wrapped.suffix(32)).base64EncodedString()
    }
}

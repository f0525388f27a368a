import Foundation
import TestSupport

/// A key pair of OpenSSL's making.
struct DKIMTestKey {
    let file: String
    /// As it stands in the DNS: RSA keys with their wrapping, Ed25519 keys bare (RFC 8463, 4).
    let publicKey: String

    init(_ algorithm: String, file: String) throws {
        let size = algorithm == "rsa" ? ["-pkeyopt", "rsa_keygen_bits:2048"] : []
        guard succeeds("/usr/bin/openssl", ["genpkey", "-algorithm", algorithm] + size + ["-out", file]),
            succeeds("/usr/bin/openssl", ["pkey", "-in", file, "-pubout", "-outform", "DER", "-out", file + ".der"])
        else { throw TestFailure("openssl made no key") }
        let wrapped = try Data(contentsOf: URL(fileURLWithPath: file + ".der"))
        self.file = file
        publicKey = (algorithm == "rsa" ? wrapped : wrapped.suffix(32)).base64EncodedString()
    }
}

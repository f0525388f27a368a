internal import CCrypto

/// A secret that both marks and recognises what we wrote ourselves: HMAC-SHA256 (RFC 2104).
package struct AuthenticationKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// Shorter keys could be guessed; a longer one adds nothing beyond the hash's block of 64 bytes.
    package static let minBytes = 32

    private let bytes: [UInt8]

    /// - Throws: ``SigningError`` for a key of fewer than ``minBytes`` bytes.
    package init(_ bytes: [UInt8]) throws(SigningError) {
        guard bytes.count >= Self.minBytes else {
            throw SigningError("The key has \(bytes.count) bytes; it needs at least \(Self.minBytes).")
        }
        self.bytes = bytes
    }

    /// - Returns: 32 bytes.
    package func code(for message: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SHA256.length) { code, count in
            _ = HMAC(EVP_sha256(), bytes, Int32(bytes.count), message, message.count, code.baseAddress, nil)
            count = SHA256.length
        }
    }

    /// Whether the code is that of the message. Takes as long for a wrong one as for the right one, whichever byte it is.
    package func recognizes(_ code: [UInt8], for message: [UInt8]) -> Bool {
        code.count == SHA256.length && CRYPTO_memcmp(code, self.code(for: message), SHA256.length) == 0
    }

    package var description: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

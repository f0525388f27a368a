internal import CCrypto

/// Owns a key of OpenSSL's, of one half or both.
///
/// `@unchecked Sendable`: OpenSSL 3 lets any number of threads use one key at once, each with a context of its own
/// (openssl-threads(7)), and nothing changes the key after it was made.
final class OpenKey: @unchecked Sendable {
    let algorithm: KeyAlgorithm
    let pointer: OpaquePointer

    /// Takes the key over, also when it throws.
    /// - Throws: ``SigningError`` for kinds of keys that are not known here, and RSA keys of less than 2048 bits.
    init(owning pointer: OpaquePointer) throws(SigningError) {
        guard let algorithm = Self.algorithm(of: pointer) else {
            EVP_PKEY_free(pointer)
            throw SigningError("It is neither an RSA key of at least 2048 bits nor one of P-256, P-384 or Ed25519.")
        }
        (self.algorithm, self.pointer) = (algorithm, pointer)
    }

    deinit { EVP_PKEY_free(pointer) }

    var digest: OpaquePointer? { algorithm == .ed25519 ? nil : EVP_sha256() }

    /// The public half with its wrapping: SubjectPublicKeyInfo of X.509 (RFC 5280, 4.1.2.7), in DER.
    var publicKeyInfo: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(max(0, i2d_PUBKEY(pointer, nil))))
        bytes.withUnsafeMutableBufferPointer { room in
            // It moves the pointer that it is given.
            var next = room.baseAddress
            _ = i2d_PUBKEY(pointer, &next)
        }
        return bytes
    }

    private static func algorithm(of key: OpaquePointer) -> KeyAlgorithm? {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA where EVP_PKEY_get_bits(key) >= 2048: .rsa
        case EVP_PKEY_ED25519: .ed25519
        case EVP_PKEY_EC:
            switch curve(of: key) {
            case "prime256v1": .p256
            case "secp384r1": .p384
            default: nil
            }
        default: nil
        }
    }

    private static func curve(of key: OpaquePointer) -> String {
        String(
            unsafeUninitializedCapacity: 64,
            initializingUTF8With: { room in
                room.withMemoryRebound(to: CChar.self) { name in
                    var length = 0
                    let isThere = EVP_PKEY_get_group_name(key, name.baseAddress, name.count, &length) == 1
                    return isThere ? length : 0
                }
            })
    }
}

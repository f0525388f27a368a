internal import CCMS
internal import Glibc

/// A time-stamp that is whole (RFC 3161, 2.4.2): its own signature holds, and it is of the imprint.
struct TimestampToken {
    /// Seconds since 1970.
    let time: Int
    /// Who says so.
    let authority: String
    /// Whether somebody vouches for it who is trusted.
    let isTrusted: Bool

    /// - Parameters:
    ///   - imprint: the hash of what existed at that time.
    ///   - nonce: what the request had, without zeros before it.
    init(
        _ token: [UInt8], imprint: [UInt8], nonce: [UInt8]? = nil, trusted: [X509Certificate]
    ) throws(InvalidTimestamp) {
        let parsed = token.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            return d2i_PKCS7(nil, &next, bytes.count)
        }
        defer {
            PKCS7_free(parsed)
            ERR_clear_error()
        }
        guard let parsed else { throw InvalidTimestamp("it sent a token that is none") }
        let own = TrustStore(X509Certificate.list(cw_token_certificates(parsed)))
        guard let signer = Self.signer(of: parsed, own) else {
            throw InvalidTimestamp("the signature of its token does not hold")
        }
        try Self.check(parsed, imprint, nonce)
        guard let time = Self.time(of: parsed), signer.validity.contains(time) else {
            throw InvalidTimestamp("the certificate of its token is not of the token's time")
        }
        (self.time, authority) = (time, signer.name)
        isTrusted = !trusted.isEmpty && Self.signer(of: parsed, TrustStore(trusted, at: time)) != nil
    }

    /// The certificate that signed, if it is one for time-stamps (2.3) and the store trusts it.
    private static func signer(of token: UnsafeMutablePointer<PKCS7>, _ store: TrustStore) -> X509Certificate? {
        var signer: OpaquePointer?
        guard TS_RESP_verify_signature(token, nil, store.pointer, &signer) == 1, let signer else { return nil }
        defer { X509_free(signer) }
        return X509Certificate(sharing: signer)
    }

    private static func check(
        _ token: UnsafeMutablePointer<PKCS7>, _ imprint: [UInt8], _ nonce: [UInt8]?
    ) throws(InvalidTimestamp) {
        guard let context = TS_VERIFY_CTX_new() else { preconditionFailure("OpenSSL has no memory left") }
        defer { TS_VERIFY_CTX_free(context) }
        // The context frees it.
        TS_VERIFY_CTX_set_imprint(context, cw_copied(imprint, imprint.count), imprint.count)
        TS_VERIFY_CTX_set_flags(context, Int32(TS_VFY_VERSION | TS_VFY_IMPRINT))
        guard TS_RESP_verify_token(context, token) == 1, nonce == nil || Self.nonce(of: token) == nonce else {
            throw InvalidTimestamp("its token is not of this request")
        }
    }

    /// Without zeros before it.
    private static func nonce(of token: UnsafeMutablePointer<PKCS7>) -> [UInt8]? {
        guard let info = PKCS7_to_TS_TST_INFO(token) else { return nil }
        defer { TS_TST_INFO_free(info) }
        guard let nonce = TS_TST_INFO_get_nonce(info), let number = ASN1_INTEGER_to_BN(nonce, nil) else { return nil }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return bytes
    }

    private static func time(of token: UnsafeMutablePointer<PKCS7>) -> Int? {
        guard let info = PKCS7_to_TS_TST_INFO(token) else { return nil }
        defer { TS_TST_INFO_free(info) }
        return UnixSeconds.of(TS_TST_INFO_get_time(info))
    }
}

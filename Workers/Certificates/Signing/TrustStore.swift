internal import CCMS
internal import Glibc

/// Owns a list of certificates that are trusted, whoever else vouches for them.
final class TrustStore {
    let pointer: OpaquePointer

    /// - Parameter time: for which certificates must be valid, in seconds since 1970; nil for none.
    init(_ certificates: [X509Certificate], at time: Int? = nil) {
        guard let pointer = X509_STORE_new(), let rules = X509_VERIFY_PARAM_new() else {
            preconditionFailure("OpenSSL has no memory left")
        }
        defer { X509_VERIFY_PARAM_free(rules) }
        self.pointer = pointer
        for certificate in certificates { X509_STORE_add_cert(pointer, certificate.pointer) }
        var flags = UInt(X509_V_FLAG_PARTIAL_CHAIN)
        if time == nil { flags |= UInt(X509_V_FLAG_NO_CHECK_TIME) }
        X509_VERIFY_PARAM_set_flags(rules, flags)
        if let time { X509_VERIFY_PARAM_set_time(rules, time) }
        X509_STORE_set1_param(pointer, rules)
        ERR_clear_error()
    }

    deinit { X509_STORE_free(pointer) }

    /// Whether somebody of this list vouches for a certificate, perhaps through others.
    func trusts(_ certificate: X509Certificate, through others: [X509Certificate]) -> Bool {
        guard let context = X509_STORE_CTX_new(), let list = cw_new_certificates() else {
            preconditionFailure("OpenSSL has no memory left")
        }
        defer {
            X509_STORE_CTX_free(context)
            cw_free_certificates(list)
            ERR_clear_error()
        }
        for other in others { _ = cw_add_certificate(list, other.pointer) }
        return X509_STORE_CTX_init(context, pointer, certificate.pointer, list) == 1
            && X509_verify_cert(context) == 1
    }
}

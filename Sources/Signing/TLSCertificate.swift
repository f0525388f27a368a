internal import CCrypto
internal import Glibc

/// What is to be known of a certificate and its key before a server uses them.
package struct TLSCertificate {
    /// Until when the first one holds, in seconds since 1970: that is the server's own.
    package let end: Int
    /// Whether the key is that certificate's.
    package let fitsKey: Bool

    /// Nil for what is no certificate, or no key, in PEM.
    package init?(certificates: [UInt8], key: [UInt8]) {
        defer { ERR_clear_error() }
        guard let certificate = Self.read(certificates, { PEM_read_bio_X509($0, nil, nil, nil) }) else { return nil }
        defer { X509_free(certificate) }
        guard let key = Self.read(key, { PEM_read_bio_PrivateKey($0, nil, nil, nil) }) else { return nil }
        defer { EVP_PKEY_free(key) }
        var parts = tm()
        guard ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) == 1 else { return nil }
        end = timegm(&parts)
        fitsKey = X509_check_private_key(certificate, key) == 1
    }

    private static func read(_ pem: [UInt8], _ body: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
        guard let count = Int32(exactly: pem.count), let source = BIO_new_mem_buf(pem, count) else { return nil }
        defer { BIO_free(source) }
        return body(source)
    }
}

internal import CCMS
internal import Glibc

/// Owns a certificate (RFC 5280).
///
/// `@unchecked Sendable`: nothing changes it after it was read, and what OpenSSL computes of it at its first use has a
/// lock.
final class X509Certificate: @unchecked Sendable {
    let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer) {
        self.pointer = pointer
        // OpenSSL reads the extensions now, not when the first thread asks for one.
        X509_check_purpose(pointer, -1, 0)
    }

    /// Keeps one that is another's.
    convenience init(sharing pointer: OpaquePointer) {
        X509_up_ref(pointer)
        self.init(owning: pointer)
    }

    deinit { X509_free(pointer) }

    /// All of a text in PEM, in their order.
    static func list(pem: [UInt8]) -> [X509Certificate] {
        guard let count = Int32(exactly: pem.count), let source = BIO_new_mem_buf(pem, count) else { return [] }
        defer {
            BIO_free(source)
            ERR_clear_error()
        }
        var list: [X509Certificate] = []
        while let pointer = PEM_read_bio_X509(source, nil, nil, nil) { list.append(X509Certificate(owning: pointer)) }
        return list
    }

    /// All of a list of OpenSSL's.
    static func list(_ stack: OpaquePointer?) -> [X509Certificate] {
        (0..<cw_certificate_count(stack)).compactMap { cw_certificate(stack, $0).map(X509Certificate.init(sharing:)) }
    }

    // MARK: What it says

    var der: [UInt8] { encoded { i2d_X509(pointer, $0) } }
    /// Name and number by which others mean it (RFC 5652, 10.2.4), in DER.
    var issuer: [UInt8] { encoded { i2d_X509_NAME(X509_get_issuer_name(pointer), $0) } }
    var serialNumber: [UInt8] { encoded { i2d_ASN1_INTEGER(X509_get0_serialNumber(pointer), $0) } }
    /// SubjectPublicKeyInfo, in DER.
    var publicKeyInfo: [UInt8] { encoded { i2d_X509_PUBKEY(X509_get_X509_PUBKEY(pointer), $0) } }

    /// In seconds since 1970.
    var validity: ClosedRange<Int> {
        let start = UnixSeconds.of(X509_get0_notBefore(pointer)) ?? .max
        return start...max(start, UnixSeconds.of(X509_get0_notAfter(pointer)) ?? 0)
    }

    /// Whose it is: the common name, or the organisation's.
    var name: String {
        let subject = X509_get_subject_name(pointer)
        for kind in [NID_commonName, NID_organizationName] {
            let index = X509_NAME_get_index_by_NID(subject, kind, -1)
            guard index >= 0, let entry = X509_NAME_get_entry(subject, index) else { continue }
            var text: UnsafeMutablePointer<UInt8>?
            let count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry))
            guard count > 0, let text else { continue }
            defer { CRYPTO_free(text, nil, 0) }
            return PlainName.of(String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self))
        }
        return "somebody without a name"
    }

    /// Whether it is for signing documents; one that does not say what it is for is for everything (RFC 5280, 4.2.1.3).
    var maySign: Bool {
        let usage = X509_get_key_usage(pointer)
        return usage & UInt32(KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION) != 0
    }

    func isIssued(by issuer: X509Certificate) -> Bool {
        defer { ERR_clear_error() }
        return X509_check_issued(issuer.pointer, pointer) == X509_V_OK
            && X509_verify(pointer, X509_get0_pubkey(issuer.pointer)) == 1
    }

    private func encoded(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(max(0, write(nil)))) { room, count in
            // It moves the pointer that it is given.
            var next = room.baseAddress
            count = Int(max(0, write(&next)))
        }
    }
}

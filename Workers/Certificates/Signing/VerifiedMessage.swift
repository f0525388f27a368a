internal import CCMS
internal import Signing

/// SignedData of CMS with one signature, which holds (RFC 5652, 5.6; of the signer's certificate itself: RFC 5035).
struct VerifiedMessage {
    let signer: X509Certificate
    /// All that came with it.
    let certificates: [X509Certificate]
    private let signature: [UInt8]
    private let token: [UInt8]?

    init(_ der: [UInt8], of content: [UInt8]) throws(InvalidSignature) {
        let message = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var next = bytes.baseAddress
            guard let message = d2i_CMS_ContentInfo(nil, &next, bytes.count), let start = bytes.baseAddress,
                let next
            else { return nil }
            // What fills a hole that is larger than the signature.
            guard bytes[(next - start)...].allSatisfy({ $0 == 0 }) else {
                CMS_ContentInfo_free(message)
                return nil
            }
            return message
        }
        defer {
            CMS_ContentInfo_free(message)
            ERR_clear_error()
        }
        guard let message, cw_signer_count(message) == 1, let info = cw_signer(message, 0) else { throw .broken }
        let stack = CMS_get1_certs(message)
        defer { cw_free_certificates(stack) }
        certificates = X509Certificate.list(stack)
        guard Self.holds(message, content, certificates) else { throw .broken }
        var signer: OpaquePointer?
        CMS_SignerInfo_get0_algs(info, nil, &signer, nil, nil)
        guard let signer else { throw .broken }
        self.signer = X509Certificate(sharing: signer)
        signature = Self.bytes(CMS_SignerInfo_get0_signature(info))
        token = Self.token(of: info)
    }

    /// The time-stamp on the signature; nil without one.
    func timestamp(trusted: [X509Certificate]) throws(InvalidSignature) -> TimestampToken? {
        guard let token else { return nil }
        do throws(InvalidTimestamp) {
            return try TimestampToken(token, imprint: SHA256.hash(signature), trusted: trusted)
        } catch {
            throw .brokenTimestamp
        }
    }

    /// Whoever signed: whether that is somebody who is trusted is asked elsewhere.
    private static func holds(
        _ message: OpaquePointer, _ content: [UInt8], _ certificates: [X509Certificate]
    ) -> Bool {
        guard let count = Int32(exactly: content.count) else { return false }
        let store = TrustStore(certificates)
        X509_STORE_set_purpose(store.pointer, X509_PURPOSE_ANY)
        return content.withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, count) else { return false }
            defer { BIO_free(source) }
            return CMS_verify(message, nil, store.pointer, source, nil, UInt32(CMS_BINARY | CMS_CADES)) == 1
        }
    }

    private static func token(of info: OpaquePointer) -> [UInt8]? {
        let index = CMS_unsigned_get_attr_by_NID(info, NID_id_smime_aa_timeStampToken, -1)
        guard index >= 0, let attribute = CMS_unsigned_get_attr(info, index),
            let value = X509_ATTRIBUTE_get0_data(attribute, 0, V_ASN1_SEQUENCE, nil)
        else { return nil }
        return bytes(value.assumingMemoryBound(to: ASN1_STRING.self))
    }

    private static func bytes(_ string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
        guard let string, let data = ASN1_STRING_get0_data(string) else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(string))))
    }
}

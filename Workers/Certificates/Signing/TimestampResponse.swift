internal import CCMS

/// What a time-stamp server answers: TimeStampResp (RFC 3161, 2.4.2).
enum TimestampResponse {
    /// - Returns: the token as it came, since its signature is of these very bytes.
    static func token(in response: [UInt8]) throws(InvalidTimestamp) -> [UInt8] {
        defer { ERR_clear_error() }
        let parsed = response.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            return d2i_TS_RESP(nil, &next, bytes.count)
        }
        guard let parsed else { throw InvalidTimestamp("it sent something that is no time-stamp") }
        defer { TS_RESP_free(parsed) }
        let status = TS_RESP_get_status_info(parsed)
        let code = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status))
        guard [Int(TS_STATUS_GRANTED), Int(TS_STATUS_GRANTED_WITH_MODS)].contains(code) else {
            throw InvalidTimestamp("it refused with status \(code)\(text(of: status))")
        }
        guard let token = last(in: response) else { throw InvalidTimestamp("it sent no token") }
        return token
    }

    private static func text(of status: OpaquePointer?) -> String {
        guard let text = cw_status_text(status), let data = ASN1_STRING_get0_data(text) else { return "" }
        let bytes = UnsafeBufferPointer(start: data, count: Int(min(200, ASN1_STRING_length(text))))
        return " ('\(PlainName.of(String(decoding: bytes, as: UTF8.self)))')"
    }

    /// The second element of a sequence, which reaches to its end.
    private static func last(in sequence: [UInt8]) -> [UInt8]? {
        sequence.withUnsafeBufferPointer { bytes -> [UInt8]? in
            var next = bytes.baseAddress
            var (length, tag, kind) = (0, Int32(0), Int32(0))
            guard let start = next, ASN1_get_object(&next, &length, &tag, &kind, bytes.count) & 0x80 == 0,
                let body = next
            else { return nil }
            let end = min(bytes.count, (body - start) + length)
            guard ASN1_get_object(&next, &length, &tag, &kind, end - (body - start)) & 0x80 == 0, let status = next
            else { return nil }
            let token = (status - start) + length
            return token < end ? Array(bytes[token..<end]) : nil
        }
    }
}

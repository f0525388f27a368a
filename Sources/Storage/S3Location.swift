/// Where a bucket is, in S3 or in what speaks like it.
package struct S3Location: Sendable, Equatable {
    package enum Style: String, Sendable {
        /// `https://host/bucket/key`: MinIO, Ceph and others.
        case path
        /// `https://bucket.host/key`: Amazon's own.
        case virtualHost = "virtual-host"
    }

    let scheme: String
    let host: String
    package let bucket: String
    package let region: String
    private let style: Style
    /// Before every key: empty, or ends with a slash.
    private let prefix: String

    /// Nil for what is no address of a bucket.
    /// - Parameters:
    ///   - endpoint: `https://s3.eu-central-1.amazonaws.com`, with a port perhaps, and nothing behind.
    ///   - prefix: a folder in the bucket, so that several programs may share it; nil for none.
    package init?(endpoint: String, bucket: String, region: String, style: Style, prefix: String? = nil) {
        let parts = endpoint.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 4 && parts[3].isEmpty, ["http:", "https:"].contains(parts[0]),
            parts[1].isEmpty, Self.isName(parts[2], besides: ".-:[]"), Self.isName(bucket[...], besides: ".-"),
            (3...63).contains(bucket.utf8.count), Self.isName(region[...], besides: "-"),
            prefix == nil || prefix.flatMap({ StorageKey($0) }) != nil
        else { return nil }
        (scheme, host) = (String(parts[0].dropLast()), String(parts[2]))
        (self.bucket, self.region, self.style) = (bucket, region, style)
        self.prefix = prefix.map { $0 + "/" } ?? ""
    }

    func url(of key: StorageKey, query: String = "") -> String {
        let path = Self.encoded(prefix + key.text)
        let base = style == .path ? "\(scheme)://\(host)/\(bucket)/" : "\(scheme)://\(bucket).\(host)/"
        return base + path + (query.isEmpty ? "" : "?\(query)")
    }

    /// What a path may hold as it is (RFC 3986, 2.3), and nothing more: the signature is made of this very text.
    private static func encoded(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in path.utf8 {
            if isPlain(byte) || "-._~/".utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a text may stand in an address as it is.
    static func isPlain(_ text: String) -> Bool { isName(text[...], besides: "-._~") }

    private static func isName(_ text: Substring, besides others: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isPlain($0) || others.utf8.contains($0) }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

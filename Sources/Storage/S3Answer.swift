internal import Curl
internal import FoundationEssentials
internal import Signing

/// What S3 says to a call.
struct S3Answer: Sendable {
    /// What went wrong, in the storage's words.
    struct Fault: CustomStringConvertible {
        let code: String
        let message: String

        var description: String { message.isEmpty ? code : "\(code): \(message)" }
    }

    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    init(_ response: HTTPExchange.Response) {
        (status, headers, body) = (response.status, response.headers, response.body)
    }

    /// Of the whole object, also where a piece of it was asked for: `Content-Range: bytes 0-99/4711` (RFC 9110, 14.4).
    var objectSize: Int? {
        guard let range = headers["content-range"] else { return headers["content-length"].flatMap { Int($0) } }
        return range.lastIndex(of: "/").flatMap { Int(range[range.index(after: $0)...]) }
    }

    /// Whether a whole object is what was written; true where the storage keeps no checksum, or only one of parts.
    var isIntact: Bool {
        guard let checksum = headers["x-amz-checksum-sha256"], !checksum.contains("-") else { return true }
        return checksum == Data(SHA256.hash(body)).base64EncodedString()
    }

    var error: Fault? {
        text(of: "Code").map { Fault(code: Self.printable($0), message: Self.printable(text(of: "Message") ?? "")) }
    }

    /// The text of the first element of that name. Answers are flat, and their texts plain.
    func text(of element: String) -> String? {
        let text = String(decoding: body.prefix(16 << 10), as: UTF8.self)
        guard let start = text.firstRange(of: "<\(element)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(element)>")
        else { return nil }
        return String(text[start.upperBound..<end.lowerBound])
    }

    private static func printable(_ text: String) -> String {
        String(text.prefix(200).map { $0.isNewline || $0.isASCII && $0 < " " ? " " : $0 })
    }
}

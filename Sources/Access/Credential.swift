internal import HTTPServer

/// What a request shows (RFC 6750, section 2.1): `Authorization: Bearer …`, once. A query is no place for it: those are in
/// the logs of proxies.
enum Credential {
    case key(APIKey)
    case token(String)
    /// What is neither, and so nobody's.
    case other

    init(_ fields: HTTPFields) {
        guard fields.count(of: "Authorization") == 1, let text = fields["Authorization"],
            let credential = Self.bearer(text)
        else {
            self = .other
            return
        }
        if let key = APIKey(credential) {
            self = .key(key)
        } else {
            self = credential.utf8.contains(UInt8(ascii: ".")) ? .token(String(credential)) : .other
        }
    }

    private static func bearer(_ text: String) -> Substring? {
        let scheme = text.utf8.prefix(7)
        guard scheme.count == 7, zip(scheme, "bearer ".utf8).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
        return text[scheme.endIndex...].drop { $0 == " " }
    }
}

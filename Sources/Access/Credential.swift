internal import HTTPServer

/// What a request shows (RFC 6750, section 2.1): `Authorization: Bearer …`, once. A query is no place for it: those are in
/// the logs of proxies.
enum Credential {
    case key(APIKey)
    case token(String)
    /// What is neither, and so nobody's.
    case other

    /// - Parameter authorization: the field of that name.
    init(_ authorization: HTTPFields.Occurrence) {
        guard let credential = authorization.value.flatMap(Self.bearer) else {
            self = .other
            return
        }
        if let key = APIKey(credential) {
            self = .key(key)
        } else if credential.contains(UInt8(ascii: ".")), let token = String(validating: credential, as: UTF8.self) {
            self = .token(token)
        } else {
            self = .other
        }
    }

    private static func bearer(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let scheme = field.prefix(7)
        guard scheme.elementsEqual("bearer ".utf8, by: { $0 | 0x20 == $1 }) else { return nil }
        return field[scheme.endIndex...].drop { $0 == UInt8(ascii: " ") }
    }
}

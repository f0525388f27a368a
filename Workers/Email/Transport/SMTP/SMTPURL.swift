/// The parts of `smtp://user:password@host:587`. Without a port it is the one for submission: 587, or 465 for `smtps`.
struct SMTPURL: Equatable {
    let isImplicitTLS: Bool
    let user: String?
    let password: String?
    let host: String
    let port: Int

    /// `nil` when it is no such address; the text is not repeated, as it may hold a password.
    init?(_ text: String) {
        guard let (isImplicitTLS, rest) = Self.scheme(text) else { return nil }
        let place = rest.hasSuffix("/") ? rest.dropLast() : rest
        let at = place.lastIndex(of: "@")
        guard let (host, port) = Self.authority(at.map { place[place.index(after: $0)...] } ?? place),
            let userInfo = Self.userInfo(at.map { place[..<$0] })
        else { return nil }
        self.isImplicitTLS = isImplicitTLS
        self.host = host
        self.port = port ?? (isImplicitTLS ? 465 : 587)
        (user, password) = userInfo
    }

    /// Whether the way to the host never leaves this machine.
    var isLoopback: Bool {
        host == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || Self.isDigit($0) })
    }

    private static func scheme(_ text: String) -> (isImplicitTLS: Bool, rest: Substring)? {
        for (scheme, isImplicitTLS) in [("smtp://", false), ("smtps://", true)]
        where text.lowercased().hasPrefix(scheme) {
            return (isImplicitTLS, text.dropFirst(scheme.count))
        }
        return nil
    }

    private static func userInfo(_ text: Substring?) -> (user: String?, password: String?)? {
        guard let text else { return (nil, nil) }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let user = percentDecoded(parts[0]), !user.isEmpty else { return nil }
        guard parts.count == 2 else { return (user, nil) }
        guard let password = percentDecoded(parts[1]) else { return nil }
        return (user, password)
    }

    /// `nil` when a `%` is not followed by two hexadecimal digits.
    private static func percentDecoded(_ text: Substring) -> String? {
        let parts = text.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
        var bytes = Array(parts[0])
        for part in parts.dropFirst() {
            let digits = String(decoding: part.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let byte = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(byte)
            bytes += part.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func authority(_ text: Substring) -> (host: String, port: Int?)? {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let host = text[text.index(after: text.startIndex)..<end]
            return port(text[text.index(after: end)...]).flatMap { isHost(host, ":.") ? (String(host), $0) : nil }
        }
        let host = text.prefix { $0 != ":" }
        return port(text[host.endIndex...]).flatMap { isHost(host, "-._") ? (String(host), $0) : nil }
    }

    /// Reads nothing, or a colon with a number; `nil` for all else.
    private static func port(_ text: Substring) -> Int?? {
        guard !text.isEmpty else { return .some(nil) }
        guard text.hasPrefix(":"), let port = Int(text.dropFirst()), (1...65535).contains(port) else { return nil }
        return .some(port)
    }

    private static func isHost(_ host: Substring, _ punctuation: String) -> Bool {
        !host.isEmpty
            && host.utf8.allSatisfy { byte in
                isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || punctuation.utf8.contains(byte)
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

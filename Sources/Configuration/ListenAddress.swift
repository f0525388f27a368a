/// Where a server listens: `127.0.0.1:8080`, `[::1]:8080`.
public struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// An IP address, without brackets.
    public let host: String
    /// 0 for any that is free.
    public let port: UInt16

    /// Nil when the text is no IP address and port.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let (host, digits) = (text[..<colon], text[colon...].dropFirst())
        guard let port = UInt16(digits), digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else { return nil }
        self.port = port
        if host.hasPrefix("["), host.hasSuffix("]") {
            guard host.contains(":"), host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || ":.".contains($0) })
            else {
                return nil
            }
            self.host = String(host.dropFirst().dropLast())
        } else {
            let parts = host.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) else { return nil }
            self.host = String(host)
        }
    }

    public init(host: String, port: UInt16) { (self.host, self.port) = (host, port) }

    /// Whether it is reached from this machine alone.
    public var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

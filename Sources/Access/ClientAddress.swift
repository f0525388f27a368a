internal import Glibc
internal import HTTPServer

/// Where a request comes from, for limits and for nothing else: whoever can choose it gains no right by it.
enum ClientAddress {
    /// An IPv4 address, or the first half of one of IPv6, which is what one customer of a network has.
    ///
    /// What connects from this machine is taken for a proxy: the last address of its `X-Forwarded-For` is the client, for
    /// that one it has written itself. Nil where it has not: then nobody knows who of all its clients it is.
    static func of(_ fields: HTTPFields, _ connection: String) -> String? {
        guard let address = network(connection) else { return connection }
        guard address.isLoopback else { return address.text }
        let field = fields["X-Forwarded-For"] ?? ""
        let last = field.split(separator: ",").last.map { $0.filter { $0 != " " } } ?? ""
        return network(last)?.text
    }

    private static func network(_ text: String) -> (text: String, isLoopback: Bool)? {
        var (v4, v6) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, text, &v4) == 1 { return (text, text.hasPrefix("127.")) }
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: v6) { Array($0) }
        // An IPv4 address, as a socket for both has it.
        if bytes.starts(with: [UInt8](repeating: 0, count: 10) + [255, 255]) {
            let text = bytes.suffix(4).map { "\($0)" }.joined(separator: ".")
            return (text, bytes[12] == 127)
        }
        let isLoopback = bytes == [UInt8](repeating: 0, count: 15) + [1]
        let groups = stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
        return ("\(groups.joined(separator: ":"))::/64", isLoopback)
    }
}

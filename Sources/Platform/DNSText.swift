internal import CLinux

/// Texts that a domain publishes in the DNS (TXT, RFC 1035), as the machine's resolver finds them.
public enum DNSText {
    public enum Failure: Error, Equatable {
        /// The DNS has no such name, or no text for it.
        case absent
        /// Nobody answered, or what makes no sense.
        case unavailable
    }

    private static let mostBytes = 16 << 10
    // As <netdb.h> has them.
    private static let (hostNotFound, noData): (Int32, Int32) = (1, 4)

    /// Asks the resolver for the texts of a name. It blocks, for a few seconds at most.
    public static func records(of name: String) throws(Failure) -> [String] {
        var answer = [UInt8](repeating: 0, count: mostBytes)
        var reason: Int32 = 0
        let count = Int(linux_dns_text(name, &answer, Int32(answer.count), &reason))
        guard count >= 0 else { throw [hostNotFound, noData].contains(reason) ? .absent : .unavailable }
        guard let found = DNSTextAnswer(answer.prefix(count)) else { throw .unavailable }
        guard !found.texts.isEmpty else { throw .absent }
        return found.texts
    }
}

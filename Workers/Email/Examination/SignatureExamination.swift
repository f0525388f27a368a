import Platform

/// Whether the keys that sign mail fit their records in the DNS: mail that is signed with another one looks forged.
struct SignatureExamination {
    /// The texts of a name in the DNS; it may block.
    typealias LookUp = @Sendable (String) throws(DNSText.Failure) -> [String]

    let keys: [DKIMKey]
    let lookUp: LookUp

    /// One for each key.
    func findings() async -> [MailFinding] {
        await withTaskExecutorPreference(BlockingExecutor(label: "coursework.email.dns", width: 1)) {
            keys.map(finding)
        }
    }

    private func finding(_ key: DKIMKey) -> MailFinding {
        let check = "signature \(key.recordName)"
        let remedy = "It must be: \(key.record)"
        do throws(DNSText.Failure) {
            guard try lookUp(key.recordName).contains(where: { Self.publicKey(in: $0) == key.publicText }) else {
                return MailFinding(check, .error, "The DNS has another key there, so the mail looks forged. \(remedy)")
            }
            return MailFinding(check, .ok, "The DNS has this key.")
        } catch {
            switch error {
            case .absent:
                return MailFinding(check, .error, "The DNS has no such record, so nobody can check the mail. \(remedy)")
            case .unavailable:
                return MailFinding(check, .warning, "The DNS does not answer, so the record was not checked. \(remedy)")
            }
        }
    }

    /// The tag p of a record (RFC 6376, 3.6.1), without the white space that may be in it.
    private static func publicKey(in record: String) -> String? {
        for tag in record.split(separator: ";") {
            let sides = tag.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].filter({ !$0.isWhitespace }) == "p" else { continue }
            return sides[1].filter { !$0.isWhitespace }
        }
        return nil
    }
}

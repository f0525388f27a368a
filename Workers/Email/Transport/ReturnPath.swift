import Jobs

/// Where mail that cannot be delivered returns to: an address that names the mail (VERP), so that a report leads to it even
/// when it quotes nothing of it. `bounces@school.example` becomes `bounces+emails.1731999999999-0@school.example`.
struct ReturnPath: Sendable, Equatable {
    /// Of the part before the @ (RFC 5321, 4.5.3.1.1).
    private static let longestLocalPart = 64

    private let localPart: Substring
    private let domain: String
    private let plain: EmailAddress

    /// - Parameter text: an address in ASCII without a name, and without a `+`.
    init(_ text: String) throws(InvalidEmail) {
        plain = try EmailAddress(text)
        localPart = plain.address.prefix { $0 != "@" }
        domain = plain.domain
        guard plain.name == nil, !plain.needsSMTPUTF8, !localPart.contains("+") else {
            throw InvalidEmail("\(InvalidEmail.quoted(text)) is no return path; write it as bounces@example.com.")
        }
    }

    /// Without the name of the mail where that makes it too long.
    func address(for job: JobID) -> EmailAddress {
        let local = "\(localPart)+\(job.queue).\(job.token)"
        guard local.utf8.count <= Self.longestLocalPart, let address = try? EmailAddress("\(local)@\(domain)") else {
            return plain
        }
        return address
    }
}

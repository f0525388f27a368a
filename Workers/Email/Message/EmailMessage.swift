/// A mail that can be sent: everything in it has been checked.
struct EmailMessage: Sendable, Equatable {
    /// Servers must take at least this many in one go (RFC 5321, 4.5.3.1.8).
    static let maxRecipients = 100

    let from: EmailAddress
    let to: [EmailAddress]
    let cc: [EmailAddress]
    /// Receive the mail without being named in it.
    let bcc: [EmailAddress]
    let replyTo: EmailAddress?
    let content: EmailContent
    let attachments: [AttachedFile]
    /// Nil for a mail that concerns its reader alone.
    let list: MailingList?

    init(
        from: EmailAddress, to: [EmailAddress], cc: [EmailAddress] = [], bcc: [EmailAddress] = [],
        replyTo: EmailAddress? = nil, content: EmailContent, attachments: [AttachedFile] = [],
        list: MailingList? = nil
    ) throws(InvalidEmail) {
        guard !to.isEmpty else { throw InvalidEmail("The mail has no recipient; give at least one address in 'to'.") }
        self.from = from
        self.to = to
        self.cc = cc
        self.bcc = bcc
        self.replyTo = replyTo
        self.content = content
        self.attachments = attachments
        self.list = list
        guard recipients.count <= Self.maxRecipients else {
            throw InvalidEmail("The mail has more than \(Self.maxRecipients) recipients; enqueue one job for each.")
        }
    }

    /// Everyone who gets the mail, each once, in the order given.
    var recipients: [EmailAddress] {
        if to.count == 1, cc.isEmpty, bcc.isEmpty { return to }
        var seen: Set<String> = []
        return (to + cc + bcc).filter { seen.insert($0.address).inserted }
    }

    /// Whether an address in it can only be written in UTF-8, which a server has to offer (RFC 6531).
    var needsSMTPUTF8: Bool {
        from.needsSMTPUTF8 || replyTo?.needsSMTPUTF8 ?? false || (to + cc + bcc).contains(where: \.needsSMTPUTF8)
    }
}

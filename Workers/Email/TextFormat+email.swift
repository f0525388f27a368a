import Jobs

/// Each is what reads such a text.
extension TextFormat {
    static let mailbox = TextFormat(
        "mailbox", "a mail address, such as ada@example.org or Ada Lovelace <ada@example.org>",
        ["Ada Lovelace <ada@example.org>", "ada@example.org", "\"Lovelace, Ada\" <ada@example.org>"]
    ) { text in isGood { () throws(InvalidEmail) in _ = try EmailAddress(text) } }

    static let templateName = TextFormat(
        "template-name", "1 to 64 lower-case letters, digits, '-' and '_', no '_' first", ["welcome"],
        accepts: TemplateStore.isName)

    static let listName = TextFormat(
        "list-name", "1 to 64 lower-case letters, digits, '-' and '_'", ["weekly-digest"], accepts: Identifier.isOne)

    static let locale = TextFormat("locale", "a locale such as de or de-AT", ["de-AT", "de"]) { text in
        isGood { () throws(InvalidEmail) in _ = try LocaleTag(text) }
    }

    static let subject = TextFormat(
        "mail-subject", "a subject: on one line, not empty, of at most \(EmailContent.maxSubjectBytes) bytes",
        ["Your receipt"]
    ) { text in
        isGood { () throws(InvalidEmail) in _ = try EmailContent(subject: text, text: [], html: nil) }
    }

    static let fileName = TextFormat(
        "file-name", "a name of 1 to \(AttachedFile.maxNameBytes) bytes without slashes and control characters",
        ["Certificate.pdf"], accepts: AttachedFile.isName)

    static let mediaType = TextFormat(
        "media-type", "the type of an attachment, such as application/pdf", ["application/pdf"]
    ) { text in isGood { () throws(InvalidEmail) in _ = try MediaType(text) } }

    private static func isGood(_ read: () throws(InvalidEmail) -> Void) -> Bool {
        do throws(InvalidEmail) { try read() } catch { return false }
        return true
    }
}

import MailRecord

/// Words that name a mail or an address.
enum MailArgument {
    static func name(_ arguments: inout Arguments) throws -> String {
        return try arguments.word(orSay: "Name a mail: its number, its job's id, or its Message-ID in <>.")
    }

    static func address(_ arguments: inout Arguments) throws -> String {
        let word = try arguments.word(orSay: "The address is missing.")
        guard word.contains("@"), !word.contains(where: { $0.isWhitespace || $0 == "<" }) else {
            throw CommandFailure(.usage, "'\(Terminal.line(word, atMost: 200))' is no mail address.")
        }
        return word
    }

    /// Its rows, at least one.
    static func find(_ name: String, in record: MailRecord) async throws -> [MailDescription] {
        let mails = try await record.find(MailName(name))
        guard !mails.isEmpty else {
            throw CommandFailure(
                .failed,
                "There is no record of a mail '\(Terminal.line(name, atMost: 200))': it was never handed over, or it is forgotten already."
            )
        }
        return mails
    }
}

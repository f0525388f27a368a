import Foundation
import TestSupport

/// Debian's spamassassin with the rules it brings, without asking anybody on the net.
enum SpamAssassin {
    /// One process scores them all.
    static func scores(of mails: [[UInt8]]) async throws -> [Double] {
        let folder = try TestFolder()
        var mailbox = Data()
        for mail in mails {
            mailbox += Data("From no-reply@localhost Fri Nov 21 10:04:00 2025\n".utf8)
            mailbox += Data(mail.filter { $0 != 0x0D }) + Data("\n".utf8)
        }
        let program = Tool(
            "/usr/bin/spamassassin",
            environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
        let answer = try await program.run(
            "--local", "--mbox", "--cf=use_bayes 0", "--cf=use_auto_whitelist 0", input: [UInt8](mailbox))
        let output = String(decoding: answer, as: UTF8.self)
        return output.matches(of: /\nX-Spam-Status: \w+, score=(-?[0-9.]+)/).compactMap { Double($0.1) }
    }
}

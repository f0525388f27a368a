import Foundation
import TestSupport

/// Debian's spamassassin with the rules it brings, without asking anybody on the net.
enum SpamAssassin {
    private static let program = "/usr/bin/spamassassin"

    static let isAvailable = succeeds(program, ["--version"])

    /// One process scores them all.
    static func scores(of mails: [[UInt8]]) async throws -> [Double] {
        let folder = try TestFolder()
        var mailbox = Data()
        for mail in mails {
            mailbox += Data("From no-reply@localhost Fri Nov 21 10:04:00 2025\n".utf8)
            mailbox += Data(mail.filter { $0 != 0x0D }) + Data("\n".utf8)
        }
        try mailbox.write(to: URL(fileURLWithPath: folder.path + "/input"))
        try folder.write(["output": ""])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["--local", "--mbox", "--cf=use_bayes 0", "--cf=use_auto_whitelist 0"]
        process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.path + "/input"))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/output"))
        try await process.runToEnd()
        guard process.terminationStatus == 0 else { throw TestFailure("spamassassin ended with an error") }
        let output = String(decoding: try folder.read("output"), as: UTF8.self)
        return output.matches(of: /\nX-Spam-Status: \w+, score=(-?[0-9.]+)/).compactMap { Double($0.1) }
    }
}

import Foundation
import ProgramSupport
import TestSupport

extension Site {
    /// Names of the files in the mail folder.
    var mail: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/data/mail")) ?? []).sorted()
    }

    func read(mail file: String) async throws -> ReadMail {
        let finished = try await run(
            program: "/usr/bin/python3", [Product.root + "/Tests/Tools/read_mail.py"], input: .file(file))
        guard finished.exit == .code(0) else { throw TestFailure("Python cannot read \(file): \(finished)") }
        return try JSONDecoder().decode(ReadMail.self, from: Data(finished.output.utf8))
    }
}

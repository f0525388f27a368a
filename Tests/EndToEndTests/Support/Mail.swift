import Foundation
import ProgramSupport
import TestSupport

/// A mail as Python's `email` package understands it.
struct Mail: Decodable {
    struct Part: Decodable {
        let type: String
        let text: String
    }

    let headers: [String: String]
    let type: String
    let parts: [Part]
    let defects: [String]
}

extension Site {
    /// Names of the files in the mail folder.
    var mail: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/data/mail")) ?? []).sorted()
    }

    func read(mail file: String) async throws -> Mail {
        let finished = try await run(
            program: "/usr/bin/python3", [Product.root + "/Tests/Tools/read_mail.py"], input: .file(file))
        guard finished.exit == .code(0) else { throw TestFailure("Python cannot read \(file): \(finished)") }
        return try JSONDecoder().decode(Mail.self, from: Data(finished.output.utf8))
    }
}

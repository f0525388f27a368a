import Foundation
import TestSupport

/// A script of Tests/Tools that reads lines and answers each with one of JSON.
struct PythonTool {
    let script: String
    var arguments: [String] = []

    /// One process answers for all mails.
    func answers<Answer: Decodable>(for mails: [[UInt8]], as: Answer.Type = Answer.self) async throws -> [Answer] {
        let lines = mails.map { Data($0).base64EncodedString() + "\n" }.joined()
        let output = try await Tool.python.run(
            ["\(TestFolder.package)/Tests/Tools/\(script)"] + arguments, input: Array(lines.utf8))
        return try Data(output).split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Answer.self, from: $0)
        }
    }
}

import Foundation
import TestSupport

/// A script of Tests/Tools that reads lines and answers each with one of JSON.
struct PythonTool {
    private static let python = "/usr/bin/python3"

    let script: String
    var arguments: [String] = []

    static func has(module: String) -> Bool { succeeds(python, ["-c", "import \(module)"]) }

    /// One process answers for all mails.
    func answers<Answer: Decodable>(for mails: [[UInt8]], as: Answer.Type = Answer.self) async throws -> [Answer] {
        let folder = try TestFolder()
        let lines = mails.map { Data($0).base64EncodedString() + "\n" }.joined()
        try folder.write(["input": lines, "output": ""])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.python)
        process.arguments = ["\(TestFolder.package)/Tests/Tools/\(script)"] + arguments
        // Files, not pipes: neither side ever waits for the other.
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.path + "/input"))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/output"))
        try await process.runToEnd()
        guard process.terminationStatus == 0 else { throw TestFailure("\(script) ended with an error") }
        let output = Data(try folder.read("output"))
        return try output.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Answer.self, from: $0) }
    }
}

import Foundation
import TestSupport

/// A program that looks at files.
enum Tool {
    /// - Returns: what it printed.
    /// - Throws: when it does not end with 0.
    @discardableResult
    static func run(_ program: String, _ arguments: [String], in folder: TemporaryFolder) async throws -> String {
        let output = folder.file("output-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardInput = FileHandle.nullDevice
        guard let file = FileHandle(forWritingAtPath: output) else { throw TestFailure("There is no \(output).") }
        process.standardOutput = file
        process.standardError = file
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        let text = try String(contentsOfFile: output, encoding: .utf8)
        guard process.terminationStatus == 0 else {
            throw TestFailure("\(program) \(arguments) ends with \(process.terminationStatus): \(text)")
        }
        return text
    }
}

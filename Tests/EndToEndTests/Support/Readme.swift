import Foundation
import ProgramSupport

enum Readme {
    /// The code blocks of one language.
    static func blocks(_ language: String) throws -> [String] {
        let text = try String(contentsOfFile: Product.root + "/README.md", encoding: .utf8)
        return text.split(separator: "```\(language)\n").dropFirst().compactMap { rest in
            rest.range(of: "```").map { String(rest[..<$0.lowerBound]) }
        }
    }
}

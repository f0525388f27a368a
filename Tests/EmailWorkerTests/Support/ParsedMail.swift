import Foundation

/// A mail as Python's `email` package understands it: see Tests/Tools/parse_mails.py.
struct ParsedMail: Decodable {
    struct Part: Decodable {
        let type: String
        let charset: String?
        let disposition: String?
        let filename: String?
        let contentID: String?
        let content: Data
    }

    let names: [String]
    let values: [String]
    /// The types of all parts, each before those within it.
    let structure: [String]
    let parts: [Part]
    let defects: [String]
    let longestLine: Int

    subscript(name: String) -> String? { names.firstIndex(of: name).map { values[$0] } }

    static func parse(_ mails: [[UInt8]]) async throws -> [ParsedMail] {
        try await PythonTool(script: "parse_mails.py").answers(for: mails)
    }
}

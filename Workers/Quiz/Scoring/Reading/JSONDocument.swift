import FoundationEssentials

/// A document that the web tier stores as JSON: a ``Quiz``, a ``Submission``, a ``Grade``.
package protocol JSONDocument: Codable {}

extension JSONDocument {
    /// - Throws: the first thing that is wrong, with its place.
    package init(json: [UInt8]) throws(InvalidDocument) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(json))
        } catch let error as DecodingError {
            throw InvalidDocument(error)
        } catch {
            throw InvalidDocument(path: "", "cannot be read as JSON")
        }
    }

    /// The same value always gives the same bytes.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try Array(encoder.encode(self))
    }
}

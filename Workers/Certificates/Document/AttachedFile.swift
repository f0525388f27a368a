internal import Signing

/// A file that a document carries.
package struct AttachedFile: Sendable {
    /// What it is to the document (ISO 19005-3, annex E).
    package enum Relationship: String, Sendable {
        /// What the document was made from.
        case source = "Source"
        /// What belongs to it, such as a table's figures.
        case data = "Data"
        /// The same in another form.
        case alternative = "Alternative"
        case supplement = "Supplement"
    }

    package let name: String
    package let description: String
    /// `application/json`.
    package let mediaType: String
    package let relationship: Relationship
    package let bytes: [UInt8]

    /// - Parameters:
    ///   - name: letters of ASCII, digits, `.`, `-` and `_`.
    ///   - mediaType: the same, with `/` and `+`.
    package init(
        name: String, description: String, mediaType: String, relationship: Relationship, bytes: [UInt8]
    ) {
        precondition(Self.isPlain(name) && Self.isPlain(mediaType.filter { $0 != "/" && $0 != "+" }))
        (self.name, self.description, self.mediaType) = (name, description, mediaType)
        (self.relationship, self.bytes) = (relationship, bytes)
    }

    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }
    }

    /// The entries of its stream (ISO 32000-1, 7.11.4).
    func streamEntries(date: String) -> String {
        let checksum = PDFText.hexadecimal(MD5.hash(bytes))
        let times = "/CreationDate (\(date)) /ModDate (\(date))"
        return """
            /Type /EmbeddedFile /Subtype /\(mediaType.replacing("/", with: "#2F")) /Filter /FlateDecode \
            /Params << /Size \(bytes.count) /CheckSum \(checksum) \(times) >>
            """
    }

    /// Its file specification (7.11.3).
    func specification(stream: Int) -> String {
        """
        << /Type /Filespec /F (\(name)) /UF (\(name)) /Desc \(PDFText.string(description))
           /AFRelationship /\(relationship.rawValue) /EF << /F \(stream) 0 R /UF \(stream) 0 R >> >>

        """
    }
}

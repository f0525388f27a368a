/// A file with a hole for the signature of everything else (ISO 32000-1, 12.8.1).
package struct SignableDocument: Sendable {
    private var file: [UInt8]
    /// `<…>`, the digits of the signature with what encloses them.
    private let hole: Range<Int>

    /// - Parameter start: of the object with the signature, the only one there that has contents and a range.
    init(_ file: [UInt8], signatureAt start: Int) throws(UnexpectedPDF) {
        guard let key = file[start...].range(of: SignatureField.rangeKey),
            let opening = file[key.upperBound...].range(of: "/Contents <"),
            let closing = file[opening.upperBound...].firstIndex(of: UInt8(ascii: ">"))
        else { throw UnexpectedPDF("signature") }
        hole = (opening.upperBound - 1)..<(closing + 1)
        let range = Array(SignatureField.range(hole, in: file.count).utf8)
        self.file = file
        self.file.replaceSubrange(key.upperBound..<(key.upperBound + range.count), with: range)
    }

    /// What the signature is of.
    package var signedBytes: [UInt8] { Array(file[..<hole.lowerBound] + file[hole.upperBound...]) }

    /// Bytes that the signature may have.
    package var capacity: Int { (hole.count - 2) / 2 }

    /// - Returns: the file with its signature; nil when that is larger than the hole.
    package func file(signed signature: [UInt8]) -> [UInt8]? {
        guard signature.count <= capacity else { return nil }
        var file = file
        for (index, digit) in PDFText.digits(signature).enumerated() { file[hole.lowerBound + 1 + index] = digit }
        return file
    }
}

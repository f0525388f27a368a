/// What a file says of the signature that it has room for. Nothing of it is seen on the page.
package struct SignatureField: Sendable {
    /// Who signs, as the certificate of the key has it.
    package var name: String
    package var reason: String?
    /// When it is signed, as the signer says: seconds since 1970.
    package var time: Int
    /// Bytes that the signature may have.
    package var capacity: Int

    package init(name: String, reason: String? = nil, time: Int, capacity: Int) {
        (self.name, self.reason, self.time, self.capacity) = (name, reason, time, capacity)
    }

    static let rangeKey = "/ByteRange "

    /// The signature dictionary (ISO 32000-1, 12.8.1; ETSI EN 319 142-1, 5.3 and 6.3), its range and its contents still
    /// without their values.
    var dictionary: String {
        """
        << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached
           /Name \(PDFText.string(name))
           \(reason.map { "/Reason \(PDFText.string($0)) " } ?? "")/M (\(PDFText.date(time)))
           \(Self.rangeKey)\(Self.range(0..<0, in: 0))
           /Contents <\(String(repeating: "0", count: 2 * capacity))>
        >>

        """
    }

    /// All of a file but the hole; as long for every file.
    static func range(_ hole: Range<Int>, in count: Int) -> String {
        let numbers = [hole.lowerBound, hole.upperBound, count - hole.upperBound].map { number in
            let digits = "\(number)"
            return String(repeating: " ", count: max(0, 10 - digits.count)) + digits
        }
        return "[ 0 \(numbers.joined(separator: " ")) ]"
    }

    /// Printed and locked, of no size (12.5.5, 12.7.4.5): PDF/A wants no appearance of such a widget.
    static func widget(for signature: Int, on page: Int) -> String {
        "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /F 132 /Rect [ 0 0 0 0 ] /P \(page) 0 R /V \(signature) 0 R >>\n"
    }
}

/// How texts are written in a PDF file.
enum PDFText {
    /// `<FEFF…>`: UTF-16 in hexadecimal digits, which nothing in the text can end.
    static func string(_ text: String) -> String {
        var digits = "<FEFF"
        for unit in text.utf16 {
            for shift in [12, 8, 4, 0] as [UInt16] {
                let nibble = UInt8(unit >> shift & 15)
                digits.unicodeScalars.append(Unicode.Scalar(nibble < 10 ? 48 + nibble : 55 + nibble))
            }
        }
        return digits + ">"
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        "<"
            + bytes.map { String($0 >> 4, radix: 16, uppercase: true) + String($0 & 15, radix: 16, uppercase: true) }
            .joined() + ">"
    }

    /// What XML needs escaped in an element or attribute.
    static func xml(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

internal import FoundationEssentials

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
        "<\(String(decoding: digits(bytes), as: UTF8.self))>"
    }

    static func digits(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.flatMap { byte in
            [byte >> 4, byte & 15].map { $0 < 10 ? UInt8(ascii: "0") + $0 : UInt8(ascii: "A") + $0 - 10 }
        }
    }

    /// In thousandths, without an exponent.
    static func number(_ value: Double) -> String {
        let thousandths = Int((value.magnitude * 1000).rounded())
        let digits = "\(thousandths % 1000)"
        return
            "\(value < 0 ? "-" : "")\(thousandths / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    }

    /// `D:20261201120000Z` (ISO 32000-1, 7.9.4).
    /// - Parameter time: seconds since 1970.
    static func date(_ time: Int) -> String {
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        return "D:" + Date(timeIntervalSince1970: Double(time)).formatted(style).filter { $0 != "T" }
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

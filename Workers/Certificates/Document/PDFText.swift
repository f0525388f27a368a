internal import FoundationEssentials

/// How texts are written in a PDF file.
enum PDFText {
    /// `<FEFF…>`: UTF-16 in hexadecimal digits, which nothing in the text can end.
    static func string(_ text: String) -> String {
        var bytes: [UInt8] = [0xFE, 0xFF]
        bytes.reserveCapacity(2 + 2 * text.utf8.count)
        for unit in text.utf16 {
            bytes.append(UInt8(unit >> 8))
            bytes.append(UInt8(unit & 255))
        }
        return hexadecimal(bytes)
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        "<\(String(decoding: digits(bytes), as: UTF8.self))>"
    }

    static func digits(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 15))
        }
        return digits
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
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

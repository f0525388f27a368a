/// Text from outside, as certificates show it. Spaces and line breaks of any kind become one space; what is invisible or
/// steers the direction of text is taken out, except the joiners that scripts and emoji need. Nothing else is changed:
/// `<b>` and `%%EOF` are letters like others.
package enum CleanText {
    package static let longest = 300
    /// Marks on one letter. Vietnamese and Sanskrit need three; hundreds are drawn over other lines.
    private static let mostMarks = 6

    /// - Throws: for a text that is empty, too long, or has what no name has.
    package static func of(_ text: String, _ title: String) throws(InvalidCertificate) -> String {
        guard text.utf8.count <= 16 * longest else { throw tooLong(title) }
        var clean = "", marks = 0, space = false
        for scalar in text.unicodeScalars {
            if isSpace(scalar) {
                space = true
                continue
            }
            if isDropped(scalar) { continue }
            guard isKnown(scalar) else {
                throw InvalidCertificate("\(title) has U+\(hexadecimal(scalar)), which is no character; remove it.")
            }
            marks = isMark(scalar) ? marks + 1 : 0
            guard marks <= mostMarks else {
                throw InvalidCertificate("\(title) has more than \(mostMarks) marks on one letter; remove some.")
            }
            if space, !clean.isEmpty { clean.unicodeScalars.append(" ") }
            space = false
            clean.unicodeScalars.append(scalar)
        }
        guard clean.unicodeScalars.contains(where: isVisible) else {
            throw InvalidCertificate("\(title) is empty; write one.")
        }
        guard clean.unicodeScalars.count <= longest else { throw tooLong(title) }
        return clean
    }

    package static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func tooLong(_ title: String) -> InvalidCertificate {
        InvalidCertificate("\(title) is longer than \(longest) characters; shorten it.")
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "\u{1C}" || scalar == "\u{1D}" || scalar == "\u{1E}"
            || scalar == "\u{1F}"
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        !isMark(scalar) && !scalar.properties.isDefaultIgnorableCodePoint
    }

    /// Zero width joiner and non-joiner, variation selectors and the tags of flags stay.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C, 0x200D, 0xFE00...0xFE0F, 0xE0020...0xE007F: false
        case 0xFFF9...0xFFFB: true
        default:
            scalar.properties.generalCategory == .control || scalar.properties.isDefaultIgnorableCodePoint
                || scalar.properties.isBidiControl
        }
    }

    private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .unassigned, .privateUse, .surrogate: false
        default: scalar != "\u{FFFD}"
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: !(0xFE00...0xFE0F).contains(scalar.value)
        default: false
        }
    }
}

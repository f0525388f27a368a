/// The drawing operators of a page. Each thing that says something gets the text that it stands for, in reading order,
/// since letters that join, stack or change places do not give it back; everything else is marked as decoration.
///
/// cairo writes each operator that begins or ends a mark on a line of its own, and no line of a text can look like one:
/// texts are broken with a backslash at the end of the line.
enum MarkedContent {
    /// - Parameter marks: in the order they were drawn.
    static func rewrite(_ operators: [UInt8], _ marks: [Mark], _ font: LetterFont?) -> [UInt8] {
        var written: [UInt8] = []
        written.reserveCapacity(operators.count + 1000)
        written += artifact
        var count = 0, mark: Mark?
        read(operators) { line, place in
            switch place {
            case .beginning:
                mark = count < marks.count ? marks[count] : nil
                written += Array("EMC\n".utf8) + line + [newline]
                if let text = mark?.actualText {
                    written += Array("/Span << /ActualText \(PDFText.string(text)) >> BDC\n".utf8)
                }
                count += 1
            case .end:
                if let mark { written += mark.drawing }
                if let font, let mark, !mark.letters.isEmpty { written += font.operators(mark.letters) }
                written += Array((mark?.actualText != nil ? "EMC\nEMC\n" : "EMC\n").utf8) + artifact
            case .inside, .outside: written += line + [newline]
            }
        }
        return written + Array("EMC\n".utf8)
    }

    /// The lines that draw each thing.
    static func parts(_ operators: [UInt8]) -> [[ArraySlice<UInt8>]] {
        var parts: [[ArraySlice<UInt8>]] = []
        read(operators) { line, place in
            if place == .beginning { parts.append([]) }
            if place == .inside { parts[parts.count - 1].append(line) }
        }
        return parts
    }

    /// Where a line is, seen from what is marked.
    private enum Place { case outside, beginning, inside, end }

    private static func read(_ operators: [UInt8], _ body: (ArraySlice<UInt8>, Place) -> Void) {
        var depth = 0
        for line in operators.split(separator: newline) {
            let ends = line.elementsEqual("EMC".utf8)
            let place: Place =
                switch depth {
                case 0: isBegin(line) ? .beginning : .outside
                case 1 where ends: .end
                default: .inside
                }
            if place == .beginning || place == .inside && line.suffix(3).elementsEqual("BDC".utf8) { depth += 1 }
            if ends, depth > 0 { depth -= 1 }
            body(line, place)
        }
    }

    private static let newline = UInt8(ascii: "\n")
    private static let artifact = Array("/Artifact BMC\n".utf8)

    /// `/P << /MCID 0 >> BDC`.
    private static func isBegin(_ line: ArraySlice<UInt8>) -> Bool {
        line.first == UInt8(ascii: "/") && line.suffix(4).elementsEqual(" BDC".utf8)
            && line.range(of: " << /MCID ") != nil
    }
}

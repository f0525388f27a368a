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
        var count = 0, inner = 0, mark: Mark?
        for line in operators.split(separator: newline) {
            if isBegin(line) {
                mark = count < marks.count ? marks[count] : nil
                written += Array("EMC\n".utf8) + line + [newline]
                if let text = mark?.actualText {
                    written += Array("/Span << /ActualText \(PDFText.string(text)) >> BDC\n".utf8)
                }
                count += 1
            } else if line.elementsEqual("EMC".utf8), inner == 0 {
                if let code = mark?.code { written += code.operators }
                if let font, let mark, !mark.letters.isEmpty { written += font.operators(mark.letters) }
                written += Array((mark?.actualText != nil ? "EMC\nEMC\n" : "EMC\n").utf8) + artifact
            } else {
                if line.suffix(3).elementsEqual("BDC".utf8) { inner += 1 }
                if line.elementsEqual("EMC".utf8) { inner -= 1 }
                written += line
                written.append(newline)
            }
        }
        return written + Array("EMC\n".utf8)
    }

    private static let newline = UInt8(ascii: "\n")
    private static let artifact = Array("/Artifact BMC\n".utf8)

    /// `/P << /MCID 0 >> BDC`.
    private static func isBegin(_ line: ArraySlice<UInt8>) -> Bool {
        line.first == UInt8(ascii: "/") && line.suffix(4).elementsEqual(" BDC".utf8)
            && line.range(of: " << /MCID ") != nil
    }
}

/// A font of letters that nobody sees, of the letters that a page's marks have; see ``Mark/letters``.
struct LetterFont {
    /// Its name in the page's resources.
    static let name = "/Letters"

    private let codes: [Unicode.Scalar: Int]
    private let scalars: [Unicode.Scalar]

    /// One byte stands for a letter, and texts are short: there are never more.
    private static let most = 255

    /// nil when no mark has letters.
    init?(_ marks: [Mark]) {
        let scalars = Array(Set(marks.flatMap(\.letters).map(\.scalar)).sorted().prefix(Self.most))
        guard !scalars.isEmpty else { return nil }
        self.scalars = scalars
        codes = Dictionary(uniqueKeysWithValues: scalars.enumerated().map { ($1, $0 + 1) })
    }

    /// The operators that put letters in their places. The page's axis points down, as cairo leaves it.
    func operators(_ letters: [PlacedLetter]) -> [UInt8] {
        var text = "q BT 3 Tr \(Self.name) 1 Tf\n"
        for letter in letters {
            guard let code = codes[letter.scalar] else { continue }
            text += "\(PDFText.number(letter.width)) 0 0 \(PDFText.number(-letter.size)) \(PDFText.number(letter.x))"
            text += " \(PDFText.number(letter.y)) Tm \(PDFText.hexadecimal([UInt8(code)])) Tj\n"
        }
        return Array((text + "ET Q\n").utf8)
    }

    /// A font of type 3 (ISO 32000-1, 9.6.5), whose glyphs are all an em wide and empty.
    /// - Returns: the number of its object.
    func write(to objects: inout PDFObjects) -> Int {
        let glyph = objects.append(Self.stream("1000 0 d0"))
        let map = objects.append(Self.stream(unicodeMap))
        return objects.append(
            Array(
                """
                << /Type /Font /Subtype /Type3 /BaseFont /UNSEEN+Letters /Name \(Self.name)
                   /FontBBox [ 0 0 1000 1000 ] /FontMatrix [ 0.001 0 0 0.001 0 0 ] /Resources << >>
                   /FirstChar 1 /LastChar \(scalars.count) /Widths [ \(repeated("1000")) ]
                   /Encoding << /Type /Encoding /Differences [ 1 \(repeated("/e")) ] >>
                   /CharProcs << /e \(glyph) 0 R >> /ToUnicode \(map) 0 R
                >>

                """.utf8))
    }

    /// ISO 32000-1, 9.10.3.
    private var unicodeMap: String {
        var map = """
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap
            /CMapName /Letters def /CMapType 2 def
            1 begincodespacerange <00> <FF> endcodespacerange

            """
        for start in stride(from: 0, to: scalars.count, by: 100) {
            let part = scalars[start..<min(start + 100, scalars.count)]
            map += "\(part.count) beginbfchar\n"
            for (code, scalar) in zip(part.indices, part) {
                let units = String(scalar).utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
                map += "\(PDFText.hexadecimal([UInt8(code + 1)])) \(PDFText.hexadecimal(units))\n"
            }
            map += "endbfchar\n"
        }
        return map + "endcmap CMapName currentdict /CMap defineresource pop end end"
    }

    private func repeated(_ word: String) -> String {
        Array(repeating: word, count: scalars.count).joined(separator: " ")
    }

    private static func stream(_ text: String) -> [UInt8] {
        Array("<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream\n".utf8)
    }
}

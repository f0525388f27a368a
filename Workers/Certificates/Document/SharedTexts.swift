/// Texts that many pages have: drawn once, and their fonts made and compressed once.
package struct SharedTexts: Sendable {
    /// What draws each text, wherever it stands among other operators.
    package let drawings: [[UInt8]]
    /// The page's resources of the key `/Font`: names, and places in the objects.
    private let fonts: [(name: String, place: Int)]
    private let objects: CopiedObjects

    /// - Parameters:
    ///   - file: a page that cairo drew, on which no text is the first to be drawn.
    ///   - colors: of each text that was tagged: red, green and blue, each from 0 to 1.
    /// - Returns: nil for a page that has more than letters, such as an emoji.
    package init?(from file: [UInt8], colors: [[Double]], compression: Compression) throws(UnexpectedPDF) {
        let file = try PDFObjects(file), page = try file.page.body
        let resources = try file.resources(of: page).body
        let content = try file.inflated(PDFObjects.reference("/Contents ", in: page), compression)
        let texts = MarkedContent.parts(content)
        guard resources.range(of: "/XObject") == nil, texts.count == colors.count,
            !texts.joined().contains(where: Self.changesState)
        else { return nil }
        drawings = zip(texts, colors).map(Self.drawing)
        let fonts = Self.fonts(in: resources)
        objects = try CopiedObjects(fonts.map(\.id), from: file)
        self.fonts = fonts.enumerated().map { ($1.name, $0) }
    }

    /// Puts the fonts into a file.
    /// - Returns: the entries of `/Font`.
    func write(to file: inout PDFObjects) -> [UInt8] {
        let first = objects.append(to: &file)
        return Array(fonts.map { " /\($0.name) \(first + $0.place) 0 R " }.joined().utf8)
    }

    /// cairo leaves out the color that the text before it has.
    private static func drawing(_ lines: [ArraySlice<UInt8>], _ color: [Double]) -> [UInt8] {
        var drawing = Array("q \(color.map(PDFText.number).joined(separator: " ")) rg\n".utf8)
        for line in lines { drawing += renamed(line) + [UInt8(ascii: "\n")] }
        return drawing + Array("Q\n".utf8)
    }

    /// `/f-0-0 1 Tf`, as cairo takes a font, would take another of the page.
    private static func renamed(_ line: ArraySlice<UInt8>) -> [UInt8] {
        let takesFont = line.starts(with: "/f-".utf8) && line.suffix(5).elementsEqual(" 1 Tf".utf8)
        return takesFont ? Array("/s".utf8) + line.dropFirst(2) : Array(line)
    }

    /// Whether a line needs what other operators have set, or sets it for others.
    private static func changesState(_ line: ArraySlice<UInt8>) -> Bool {
        line.suffix(3).elementsEqual(" gs".utf8) || line.suffix(3).elementsEqual(" cm".utf8)
            || line.elementsEqual("q".utf8) || line.elementsEqual("Q".utf8)
    }

    /// `/Font << /f-0-0 20 0 R … >>`
    private static func fonts(in resources: ArraySlice<UInt8>) -> [(name: String, id: Int)] {
        guard let start = resources.range(of: "/Font <<")?.upperBound,
            let end = resources[start...].range(of: ">>")?.lowerBound
        else { return [] }
        return resources[start..<end].split(separator: UInt8(ascii: "/")).compactMap { entry in
            let words = entry.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
            guard words.count == 4, words[0].starts(with: "f-".utf8) else { return nil }
            var reader = PDFReader(words[1], at: words[1].startIndex)
            return reader.integer().map { ("s" + String(decoding: words[0].dropFirst(), as: UTF8.self), $0) }
        }
    }
}

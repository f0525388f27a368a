import Signing

/// A file of cairo's, made into one that lasts: PDF/A-2b (ISO 19005-2), or 3b with files attached (ISO 19005-3), with
/// what readers need who do not see it.
package struct ArchivalDocument {
    var objects: PDFObjects
    let compression: Compression

    package static func make(
        from page: DrawnPage, _ properties: DocumentProperties, attachments: [AttachedFile] = [],
        compression: Compression
    ) throws(UnexpectedPDF) -> [UInt8] {
        try complete(page, properties, attachments, compression).written().file
    }

    /// The same, with room for a signature.
    package static func makeSignable(
        from page: DrawnPage, _ properties: DocumentProperties, attachments: [AttachedFile] = [],
        signature: SignatureField, compression: Compression
    ) throws(UnexpectedPDF) -> SignableDocument {
        var document = try complete(page, properties, attachments, compression)
        let id = try document.add(signature)
        let (file, offsets) = document.written()
        return try SignableDocument(file, signatureAt: offsets[id])
    }

    private static func complete(
        _ page: DrawnPage, _ properties: DocumentProperties, _ attachments: [AttachedFile], _ compression: Compression
    ) throws(UnexpectedPDF) -> ArchivalDocument {
        var document = try ArchivalDocument(objects: PDFObjects(page.file), compression: compression)
        try document.describe(properties, part: attachments.isEmpty ? 2 : 3)
        try document.rewriteContent(page)
        try document.amendObjects(page.marks)
        try document.attach(attachments, date: properties.time)
        return document
    }

    /// - Parameter part: of ISO 19005.
    private mutating func describe(_ properties: DocumentProperties, part: Int) throws(UnexpectedPDF) {
        let metadata = objects.append(stream("/Type /Metadata /Subtype /XML", properties.xmp(part: part)))
        let profile = objects.append(
            stream("/N 3 /Alternate /DeviceRGB /Filter /FlateDecode", compression.colorProfile))
        let intent =
            "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB) /DestOutputProfile \(profile) 0 R >>"
        try amend(
            objects.root,
            """
               /Lang (\(properties.language))
               /Metadata \(metadata) 0 R
               /OutputIntents [ \(intent) ]
               /ViewerPreferences << /DisplayDocTitle true >>

            """)
        objects.replace(objects.info, by: properties.information)
    }

    /// Puts entries into a dictionary, at its end.
    mutating func amend(_ id: Int, _ entries: String) throws(UnexpectedPDF) {
        let body = try objects[id]
        guard let end = body.range(of: ">>", backwards: true) else { throw UnexpectedPDF("object \(id)") }
        objects.replace(id, by: Array(body[..<end.lowerBound]) + Array(entries.utf8) + Array(body[end.lowerBound...]))
    }

    private mutating func rewriteContent(_ drawn: DrawnPage) throws(UnexpectedPDF) {
        let page = try objects.page.body
        guard let content = PDFObjects.reference("/Contents ", in: page) else { throw UnexpectedPDF("content") }
        let font = LetterFont(drawn.marks)
        let operators = MarkedContent.rewrite(try objects.inflated(content, compression), drawn.marks, font)
        objects.replace(content, by: stream("/Filter /FlateDecode", compression.deflate(operators)))
        try clean(page)
        if let font {
            try addResources("/Font", Array(" \(LetterFont.name) \(font.write(to: &objects)) 0 R ".utf8))
        }
        if let texts = drawn.texts { try addResources("/Font", texts.write(to: &objects)) }
        if let layer = drawn.layer { try put(layer, below: content) }
    }

    private mutating func put(_ layer: PageLayer, below content: Int) throws(UnexpectedPDF) {
        let below = objects.append(stream("/Filter /FlateDecode", layer.content))
        let (id, page) = try objects.page
        guard let entry = page.range(of: "/Contents \(content) 0 R") else { throw UnexpectedPDF("content") }
        let contents = Array("/Contents [ \(below) 0 R \(content) 0 R ]".utf8)
        objects.replace(id, by: page[..<entry.lowerBound] + contents + page[entry.upperBound...])
        try addResources("/ExtGState", layer.states)
    }

    /// Puts entries into a dictionary of the page's resources, which has none of what cairo did not draw.
    private mutating func addResources(_ key: String, _ entries: [UInt8]) throws(UnexpectedPDF) {
        let (id, resources) = try objects.resources(of: objects.page.body)
        guard let start = resources.range(of: "\(key) <<")?.upperBound else {
            return try amend(id, "   \(key) <<\(String(decoding: entries, as: UTF8.self))>>\n")
        }
        objects.replace(id, by: resources[..<start] + entries + resources[start...])
    }

    /// cairo names a picture as often as it is drawn, which no dictionary may.
    private mutating func clean(_ page: ArraySlice<UInt8>) throws(UnexpectedPDF) {
        let (id, resources) = try objects.resources(of: page)
        guard let start = resources.range(of: "/XObject <<")?.upperBound,
            let end = resources[start...].range(of: ">>")?.lowerBound
        else { return }
        let names = Set(
            resources[start..<end].split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) })
        let entries = names.filter { $0.hasPrefix("x") }.sorted().map { "/\($0)" }.joined()
        objects.replace(id, by: resources[..<start] + Array(" \(entries) ".utf8) + resources[end...])
    }

    /// PDF/A wants links to be printed (6.3.2); pictures say what they show.
    private mutating func amendObjects(_ marks: [Mark]) throws(UnexpectedPDF) {
        for id in objects.bodies.indices.dropFirst() {
            guard let body = objects.bodies[id] else { continue }
            if Self.isDictionary("/Type /Annot", body) {
                try amend(id, "\n   /F 4\n")
            } else if Self.isDictionary("/Type /StructElem", body), body.range(of: "/S /Figure") != nil,
                let mark = PDFObjects.reference("/K ", in: body), marks.indices.contains(mark),
                let alternative = marks[mark].alternative
            {
                try amend(id, "   /Alt \(PDFText.string(alternative))\n")
            }
        }
    }

    private static func isDictionary(_ type: String, _ body: ArraySlice<UInt8>) -> Bool {
        body.starts(with: "<< \(type)".utf8)
    }

    func stream(_ entries: String, _ bytes: [UInt8]) -> [UInt8] {
        Array("<< \(entries) /Length \(bytes.count) >>\nstream\n".utf8) + bytes + Array("\nendstream\n".utf8)
    }

    /// - Returns: with the places of the objects.
    private func written() -> (file: [UInt8], offsets: [Int]) {
        var file = Array("%PDF-1.7\n%".utf8) + [0xB5, 0xED, 0xAE, 0xFB, 0x0A]
        file.reserveCapacity(objects.bodies.reduce(2000) { $0 + ($1?.count ?? 0) + 50 })
        var table = "0000000000 65535 f \n"
        var offsets = [0]
        for (id, body) in objects.bodies.enumerated().dropFirst() {
            offsets.append(file.count)
            guard let body else {
                table += "0000000000 65535 f \n"
                continue
            }
            table += Self.padded(file.count) + " 00000 n \n"
            file += "\(id) 0 obj\n".utf8
            file += body
            file += "endobj\n".utf8
        }
        let identifier = PDFText.hexadecimal(SHA256.hash(file).prefix(16))
        let start = file.count
        file += "xref\n0 \(objects.bodies.count)\n\(table)trailer\n<< /Size \(objects.bodies.count)".utf8
        file += " /Root \(objects.root) 0 R /Info \(objects.info) 0 R /ID [ \(identifier) \(identifier) ] >>\n".utf8
        file += "startxref\n\(start)\n%%EOF\n".utf8
        return (file, offsets)
    }

    private static func padded(_ number: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: 10 - digits.count) + digits
    }
}

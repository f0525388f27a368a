import CertificateDocument
import Testing

struct ArchivalDocumentTests {
    private let properties = DocumentProperties(
        title: "T", author: "A", subject: "S", language: "en", date: "2026-12-01")
    private let plain = Compression(deflate: { $0 }, inflate: { $0 })

    /// A file as cairo lays one out, with its operators not compressed.
    private func file(content: String, reference: String = "2 0 R") -> [UInt8] {
        let objects = [
            "<< /Type /Page % 1\n   /Contents 2 0 R\n   /Resources 3 0 R\n>>\n",
            "<< /Length 9 >>\nstream\n\(content)endstream\n",
            "<< /Font << /f 9 0 R >>\n /XObject << /x8 8 0 R /x8 8 0 R >>\n>>\n",
            "<< /Type /StructElem\n   /S /Figure\n   /K 0\n>>\n", "<< /Type /Annot\n   /BS << /W 0 >>>>\n",
            "<< /Title (x) >>\n", "<< /Type /Catalog\n>>\n",
        ]
        var file = "%PDF-1.5\n", table = "0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let offset = "\(file.utf8.count)"
            table += String(repeating: "0", count: 10 - offset.count) + "\(offset) 00000 n \n"
            file += "\(index + 1) 0 obj\n\(object)endobj\n"
        }
        let start = file.utf8.count
        file +=
            "xref\n0 8\n\(table)trailer\n<< /Size 8\n   /Root 7 0 R\n   /Info 6 0 R\n>>\nstartxref\n\(start)\n%%EOF\n"
        return Array(file.utf8)
    }

    @Test func `marks get their texts, and everything else is decoration`() throws {
        let content = "0 g\n/P << /MCID 0 >> BDC\n(EMC) Tj\n/Span << /ActualText <FE> >> BDC\n(y) Tj\nEMC\nEMC\n1 g\n"
        let made = try ArchivalDocument.make(
            from: DrawnPage(file: file(content: content), marks: [Mark(actualText: "(x", alternative: "p>i")]),
            properties, compression: plain)
        let text = String(decoding: made, as: UTF8.self)
        let expected = """
            /Artifact BMC
            0 g
            EMC
            /P << /MCID 0 >> BDC
            /Span << /ActualText <FEFF00280078> >> BDC
            (EMC) Tj
            /Span << /ActualText <FE> >> BDC
            (y) Tj
            EMC
            EMC
            EMC
            /Artifact BMC
            1 g
            EMC

            """
        #expect(text.contains("stream\n\(expected)\nendstream"), "\(text)")
        #expect(text.contains("/K 0\n   /Alt <FEFF0070003E0069>\n>>"))
        #expect(text.contains("/BS << /W 0 >>\n   /F 4\n>>"))
        #expect(text.contains("/XObject << /x8 8 0 R  >>"))
        #expect(text.hasPrefix("%PDF-1.7\n") && text.contains("<pdfaid:part>2</pdfaid:part>"))
    }

    @Test func `letters that nobody sees get a font`() throws {
        let letter = PlacedLetter(scalar: "ب", x: 1.5, y: 2, width: 3.25, size: 10)
        let made = try ArchivalDocument.make(
            from: DrawnPage(file: file(content: "/P << /MCID 0 >> BDC\nf\nEMC\n"), marks: [Mark(letters: [letter])]),
            properties, compression: plain)
        let text = String(decoding: made, as: UTF8.self)
        #expect(text.contains("f\nq BT 3 Tr /Letters 1 Tf\n3.250 0 0 -10.000 1.500 2.000 Tm <01> Tj\nET Q\nEMC\n"))
        #expect(text.contains("/Font << /Letters 12 0 R  /f 9 0 R >>"), "\(text)")
        #expect(text.contains("1 beginbfchar\n<01> <0628>\nendbfchar"))
    }

    @Test func `the dark modules of a code are rectangles of one shape`() throws {
        let dark = [true, true, false, true, false, true, true, true, true]
        let code = ModuleGrid(dark: dark, inRowsOf: 3, x: 10, y: 20.5, width: 6, color: [0, 0.5, 1])
        let made = try ArchivalDocument.make(
            from: DrawnPage(
                file: file(content: "/Figure << /MCID 0 >> BDC\nEMC\n"),
                marks: [Mark(alternative: "c", drawing: code.operators)]), properties, compression: plain)
        let expected = """
            /Figure << /MCID 0 >> BDC
            q 0.000 0.500 1.000 rg
            2.000 0 0 2.000 10.000 20.500 cm
            0 0 2 1 re
            0 1 1 1 re
            2 1 1 1 re
            0 2 3 1 re
            f
            Q
            EMC

            """
        #expect(String(decoding: made, as: UTF8.self).contains(expected))
    }

    @Test func `a file that cairo did not write is refused, wherever it is cut`() throws {
        let file = file(content: "f\n")
        for count in stride(from: 0, to: file.count - 8, by: 7) {
            #expect(throws: UnexpectedPDF.self) {
                try ArchivalDocument.make(
                    from: DrawnPage(file: Array(file.prefix(count)), marks: []), properties, compression: plain)
            }
        }
        let whole = DrawnPage(file: file, marks: [])
        #expect(try ArchivalDocument.make(from: whole, properties, compression: plain).count > file.count)
    }
}

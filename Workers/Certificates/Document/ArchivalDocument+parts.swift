/// What some documents have and others do not.
extension ArchivalDocument {
    /// Files, found by their names and associated with the whole document: with them it is PDF/A-3 (ISO 19005-3, 6.8).
    mutating func attach(_ files: [AttachedFile], date: String) throws(UnexpectedPDF) {
        guard !files.isEmpty else { return }
        let references = files.sorted { $0.name < $1.name }.map { file in
            let stream = objects.append(stream(file.streamEntries(date: date), compression.deflate(file.bytes)))
            let specification = objects.append(Array(file.specification(stream: stream).utf8))
            return (name: file.name, reference: "\(specification) 0 R")
        }
        let names = references.map { "(\($0.name)) \($0.reference)" }.joined(separator: " ")
        try amend(
            objects.root,
            """
               /AF [ \(references.map(\.reference).joined(separator: " ")) ]
               /Names << /EmbeddedFiles << /Names [ \(names) ] >> >>

            """)
    }

    /// - Returns: the object with the signature.
    mutating func add(_ field: SignatureField) throws(UnexpectedPDF) -> Int {
        let (page, body) = try objects.page
        let signature = objects.append(Array(field.dictionary.utf8))
        let widget = objects.append(Array(SignatureField.widget(for: signature, on: page).utf8))
        if let annotations = body.range(of: "/Annots [") {
            let entry = Array(" \(widget) 0 R".utf8)
            objects.replace(page, by: body[..<annotations.upperBound] + entry + body[annotations.upperBound...])
        } else {
            try amend(page, "   /Annots [ \(widget) 0 R ]\n")
        }
        // Signed, and to be changed by additions alone (ISO 32000-1, 12.7.2).
        try amend(objects.root, "   /AcroForm << /SigFlags 3 /Fields [ \(widget) 0 R ] >>\n")
        return signature
    }
}

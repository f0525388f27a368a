internal import CertificateDocument
internal import CertificateTemplates

extension Artist {
    func set(
        _ field: ContentField, _ box: Box, _ style: TextStyle, _ page: CertificatePage, _ canvas: Canvas,
        _ marks: inout [Mark]
    ) throws(InvalidCertificate) {
        guard let text = page.content.text(of: field, language: page.language) else { return }
        guard field == .url else { return try set(text, field.title, box, style, page, canvas, &marks) }
        // Letters of a URL are none that end the attribute: see `CertificateContent`.
        try canvas.tagged("Link", "uri='\(text)'") { () throws(InvalidCertificate) in
            try set(text, field.title, box, style, page, canvas, &marks)
        }
    }

    /// - Parameter title: what the text is, for a person who must change it.
    func set(
        _ text: String, _ title: String, _ box: Box, _ style: TextStyle, _ page: CertificatePage, _ canvas: Canvas,
        _ marks: inout [Mark]
    ) throws(InvalidCertificate) {
        let box = page.place(box)
        let layout = TextLayout(typesetter, text, style, language: page.language)
        guard layout.fit(box, style, scale: page.scale) else {
            throw InvalidCertificate(
                "\(title) is too long for its box in the template '\(page.template.name)', even at \(style.smallest) points; shorten it or change the template."
            )
        }
        if layout.lacksGlyphs { throw lack(of: text, title, style, page.language) }
        canvas.set(style.color)
        try canvas.tagged(style.tag) { () throws(InvalidCertificate) in
            marks.append(layout.draw(on: canvas, in: box))
        }
    }

    /// Names the characters that no font has.
    private func lack(
        of text: String, _ title: String, _ style: TextStyle, _ language: String
    ) -> InvalidCertificate {
        let lacking = Set(text.unicodeScalars).sorted().filter { scalar in
            let layout = TextLayout(typesetter, String(scalar), style, language: language)
            layout.set(size: style.size)
            return layout.lacksGlyphs
        }
        let names = lacking.prefix(5).map { "\($0) (U+\(CleanText.hexadecimal($0)))" }.joined(separator: ", ")
        return InvalidCertificate(
            "\(title) has characters that no installed font of Noto has: \(names); write it in others.")
    }
}

extension TextStyle {
    /// Of the document's structure.
    var tag: String { heading ? "H1" : "P" }
}

extension ContentField {
    fileprivate var title: String {
        switch self {
        case .learner: "The learner's name"
        case .course: "The course's title"
        case .date: "The date"
        case .expiry: "The date of expiry"
        case .grade: "The grade"
        case .instructor: "The instructor's name"
        case .issuer: "The issuer's name"
        case .code: "The code"
        case .url: "The verification page's URL"
        case .signature: "The signature"
        }
    }
}

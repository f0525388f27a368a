internal import CertificateDocument
internal import CertificateTemplates

extension Artist {
    /// The texts that a page shares with many others, drawn once for all of them.
    /// - Returns: nil for a page whose texts are all drawn with it.
    func sharedTexts(_ page: CertificatePage) throws -> DrawnTexts? {
        guard let key = CourseTexts(page) else { return nil }
        if let known = texts.value(for: key) { return known }
        let drawn = try draw(key, page)
        texts.keep(drawn, for: key)
        return drawn
    }

    private func draw(_ shared: CourseTexts, _ page: CertificatePage) throws -> DrawnTexts? {
        let canvas = Canvas(libraries, width: page.size.width, height: page.size.height)
        typesetter.prepare(for: canvas)
        // Takes the state of the page, so that no text has to.
        canvas.fill(Box(x: 0, y: 0, width: 1, height: 1))
        var marks: [Mark] = [], styles: [TextStyle?] = []
        try canvas.tagged("Document") { () throws(InvalidCertificate) in
            for element in shared.elements {
                let count = marks.count
                try draw(element.figure, page, canvas, &marks)
                styles.append(marks.count > count ? element.style : nil)
            }
        }
        let colors = styles.compactMap { $0?.color }.map { [$0.red, $0.green, $0.blue] }
        guard let texts = try SharedTexts(from: canvas.finish(), colors: colors, compression: .zlib) else { return nil }
        for index in marks.indices { marks[index].drawing = texts.drawings[index] }
        var rest = marks[...]
        return DrawnTexts(texts: texts, marks: styles.map { $0.map { ($0.tag, rest.removeFirst()) } })
    }
}

extension TemplateElement {
    fileprivate var style: TextStyle? {
        switch figure {
        case .text(_, let style, _), .field(_, _, let style): style
        default: nil
        }
    }
}

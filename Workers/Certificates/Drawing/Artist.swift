internal import CertificateDocument
internal import CertificateTemplates

/// Draws one certificate after another, with fonts and images that stay open.
///
/// Sendable since it is made, used and left in turn: see ``DrawingLibraries/inTurn(_:)``.
final class Artist: @unchecked Sendable {
    let libraries: DrawingLibraries
    let typesetter: Typesetter
    // Some tens of kilobytes each.
    private var layers = RecentlyUsed<Decorations, PageLayer>(most: 32)
    var texts = RecentlyUsed<CourseTexts, DrawnTexts?>(most: 64)
    private var pictures: [ObjectIdentifier: (image: TemplateImage, picture: Picture)] = [:]

    init(_ libraries: DrawingLibraries, _ fonts: FontSet) {
        self.libraries = libraries
        typesetter = Typesetter(libraries, fonts)
    }

    func draw(_ page: CertificatePage) throws -> DrawnPage {
        let shared = try sharedTexts(page)
        let canvas = Canvas(libraries, width: page.size.width, height: page.size.height)
        typesetter.prepare(for: canvas)
        var marks: [Mark] = [], known = shared?.marks[...] ?? []
        try canvas.tagged("Document") { () throws(InvalidCertificate) in
            for element in page.sayings {
                if shared == nil || !element.isShared {
                    try draw(element.figure, page, canvas, &marks)
                } else if let (tag, mark) = known.removeFirst() {
                    try canvas.tagged(tag) {}
                    marks.append(mark)
                }
            }
        }
        return DrawnPage(file: try canvas.finish(), marks: marks, layer: try layer(page), texts: shared?.texts)
    }

    /// The decorations of a page, drawn once for all certificates that have the same.
    private func layer(_ page: CertificatePage) throws -> PageLayer? {
        let decorations = Decorations(elements: page.decorations, sizes: [page.size, page.template.page])
        guard !decorations.elements.isEmpty else { return nil }
        if let known = layers.value(for: decorations) { return known }
        let canvas = Canvas(libraries, width: page.size.width, height: page.size.height)
        var marks: [Mark] = []
        for element in decorations.elements { try draw(element.figure, page, canvas, &marks) }
        let layer = try PageLayer(from: canvas.finish(), compression: .zlib)
        layers.keep(layer, for: decorations)
        return layer
    }

    func draw(
        _ figure: TemplateElement.Figure, _ page: CertificatePage, _ canvas: Canvas, _ marks: inout [Mark]
    ) throws(InvalidCertificate) {
        switch figure {
        case .background(let color):
            canvas.set(color)
            canvas.fill(Box(x: 0, y: 0, width: page.size.width, height: page.size.height))
        case .border(let style, let inset, let width, let color):
            canvas.set(color)
            canvas.draw(style, on: page.size, inset: inset * page.scale, width: width * page.scale)
        case .line(let box, let color), .rectangle(let box, let color):
            canvas.set(color)
            canvas.fill(page.place(box))
        case .ornament(let ornament, let box, let color): canvas.draw(ornament, in: page.place(box), color)
        case .text(let box, let style, let text):
            try set(text.text(for: page.language), "A text of the template", box, style, page, canvas, &marks)
        case .field(let field, let box, let style): try set(field, box, style, page, canvas, &marks)
        case .image(let box, let image, let description):
            try show(try picture(image), description?.text(for: page.language), page.place(box), canvas, &marks)
        case .signature(let box):
            guard let png = page.content.signature else { return }
            let picture = try Picture(libraries, png: png)
            try show(picture, page.content.instructor ?? "", page.place(box), canvas, &marks)
        case .qr(let box, let color): try drawCode(box, color, page, canvas, &marks)
        }
    }

    private func drawCode(
        _ box: Box, _ color: Color, _ page: CertificatePage, _ canvas: Canvas, _ marks: inout [Mark]
    ) throws(InvalidCertificate) {
        let symbol = try QRSymbol(libraries, page.content.url)
        let place = page.place(box)
        canvas.set(color)
        // Its first module, which is always dark: cairo forgets the tags of a page on which it draws nothing.
        try canvas.tagged("Figure") { () throws(InvalidCertificate) in canvas.fill(symbol.corner(in: place)) }
        marks.append(Mark(alternative: page.content.url, drawing: symbol.grid(in: place, color).operators))
    }

    private func show(
        _ picture: Picture, _ description: String?, _ box: Box, _ canvas: Canvas, _ marks: inout [Mark]
    ) throws(InvalidCertificate) {
        guard let description else { return picture.draw(on: canvas, in: box) }
        try canvas.tagged("Figure") { () throws(InvalidCertificate) in picture.draw(on: canvas, in: box) }
        marks.append(Mark(alternative: description))
    }

    private func picture(_ image: TemplateImage) throws(InvalidCertificate) -> Picture {
        if let known = pictures[ObjectIdentifier(image)] { return known.picture }
        let picture = try Picture(libraries, png: image.png)
        pictures[ObjectIdentifier(image)] = (image, picture)
        return picture
    }
}

/// One thing that a template draws.
package struct TemplateElement: Sendable, Equatable {
    package enum Figure: Sendable, Equatable {
        case background(Color)
        case border(BorderStyle, inset: Double, width: Double, Color)
        case line(Box, Color)
        case rectangle(Box, Color)
        case ornament(Ornament, Box, Color)
        case text(Box, TextStyle, LocalizedText)
        case field(ContentField, Box, TextStyle)
        /// - Parameter description: what it shows; decoration when there is none.
        case image(Box, TemplateImage, description: LocalizedText?)
        case signature(Box)
        case qr(Box, Color)
    }

    package var figure: Figure

    /// Whether it says nothing, and is the same on each certificate that has it.
    package var isDecoration: Bool {
        switch figure {
        case .background, .border, .line, .rectangle, .ornament: true
        case .text, .field, .image, .signature, .qr: false
        }
    }

    /// Drawn only when the certificate has this.
    package var condition: ContentField?

    package init(figure: Figure, condition: ContentField? = nil) {
        self.figure = figure
        self.condition = condition
    }
}

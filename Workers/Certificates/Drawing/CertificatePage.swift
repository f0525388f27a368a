internal import CertificateTemplates

/// One certificate on its paper.
struct CertificatePage {
    let content: CertificateContent
    let template: CertificateTemplate
    let size: PageSize

    var language: String { content.language ?? template.language }

    /// What this certificate says.
    var sayings: [TemplateElement] { elements.filter { !$0.isDecoration } }

    /// What is drawn below that.
    var decorations: [TemplateElement] { elements.filter(\.isDecoration) }

    private var elements: [TemplateElement] {
        template.elements.filter { $0.condition.map(content.has) ?? true }
    }

    /// Of letters and lines.
    var scale: Double { min(stretch.x, stretch.y) }

    /// Where a box of the template is on this paper.
    func place(_ box: Box) -> Box {
        Box(x: box.x * stretch.x, y: box.y * stretch.y, width: box.width * stretch.x, height: box.height * stretch.y)
    }

    private var stretch: (x: Double, y: Double) {
        (size.width / template.page.width, size.height / template.page.height)
    }
}

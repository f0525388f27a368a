internal import CertificateTemplates

/// What tells the decorations of one page from those of another.
struct Decorations: Equatable {
    let elements: [TemplateElement]
    /// The paper, and that which the template was made for.
    let sizes: [PageSize]
}

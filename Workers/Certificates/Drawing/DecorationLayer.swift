internal import CertificateDocument
internal import CertificateTemplates

/// What an artist keeps of decorations it has drawn.
struct DecorationLayer {
    /// Some tens of kilobytes each.
    static let most = 32

    let decorations: [TemplateElement]
    /// The paper, and that which the template was made for.
    let sizes: [PageSize]
    let layer: PageLayer
}

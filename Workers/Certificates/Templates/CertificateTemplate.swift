/// How certificates look. A value: the files it was read from are not needed any more.
public struct CertificateTemplate: Sendable, Equatable {
    public let name: String
    /// The page it was designed for; another is filled by stretching its boxes, while letters and images keep their shape.
    public let page: PageSize
    /// The language of texts that name none.
    public let language: String
    /// Of the document.
    package let title: LocalizedText
    package let elements: [TemplateElement]

    /// The languages it speaks beside its own.
    public var languages: Set<String> {
        elements.reduce(title.languages) { languages, element in
            guard case .text(_, _, let text) = element.figure else { return languages }
            return languages.union(text.languages)
        }.subtracting([""])
    }
}

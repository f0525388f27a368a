internal import CertificateTemplates

/// What tells the texts that the certificates of one course have in common, on one day, from others.
struct CourseTexts: Equatable {
    /// What the elements say; nil for one that this page has not.
    let texts: [String?]
    let language: String
    let elements: [TemplateElement]
    /// The paper, and that which the template was made for.
    let sizes: [PageSize]

    /// nil for a page that has nothing else: cairo forgets the tags of a page on which it draws nothing.
    init?(_ page: CertificatePage) {
        guard page.sayings.contains(where: \.isOnesOwn) else { return nil }
        elements = page.sayings.filter(\.isShared)
        guard !elements.isEmpty else { return nil }
        texts = elements.map { $0.text(on: page) }
        language = page.language
        sizes = [page.size, page.template.page]
    }
}

extension TemplateElement {
    /// Whether all certificates of a course and a day say the same there.
    var isShared: Bool {
        switch figure {
        case .text: true
        case .field(let field, _, _): [.course, .issuer, .instructor, .date, .expiry].contains(field)
        default: false
        }
    }

    /// Whether each certificate has something else there.
    fileprivate var isOnesOwn: Bool {
        switch figure {
        case .qr: true
        case .field(let field, _, _): [.learner, .code, .url].contains(field)
        default: false
        }
    }

    fileprivate func text(on page: CertificatePage) -> String? {
        switch figure {
        case .text(_, _, let text): text.text(for: page.language)
        case .field(let field, _, _): page.content.text(of: field, language: page.language)
        default: nil
        }
    }
}

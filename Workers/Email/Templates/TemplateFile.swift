import Mustache

/// A compiled file of a template, and the images it shows.
struct TemplateFile: Sendable {
    let template: MustacheTemplate
    let images: Set<String>

    init(_ source: String, contentType: MustacheContentType) throws(MustacheSyntaxError) {
        switch contentType {
        case .text:
            template = try MustacheTemplate(source, contentType: .text)
            images = []
        case .html:
            let (addressed, names) = InlineImages.addressed(in: source)
            template = try MustacheTemplate(addressed, contentType: .html)
            images = names
        }
    }

    /// The images of this file and of the partials it includes, and they include.
    func imagesWithPartials(_ partials: [String: TemplateFile]) -> Set<String> {
        var images = images
        var seen: Set<String> = []
        var names = Array(template.partialNames)
        while let name = names.popLast() {
            guard seen.insert(name).inserted, let partial = partials[name] else { continue }
            images.formUnion(partial.images)
            names += partial.template.partialNames
        }
        return images
    }
}
